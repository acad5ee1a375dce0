import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { accessHash, eventHash, genesis, postHash } from '../../../functions/trail/chain.ts'
import {
  appendChange,
  readChanges,
  readLastChange,
  readPost,
  readRouting,
} from '../../../functions/trail/posts.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'

const rome = partyId.parse('mission:19B6')
const baku = partyId.parse('mission:QP5N')
let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const of = (post: PartyId, version: number, covers: string[] = []) => ({
  post,
  version,
  covers,
  staff: [] as string[],
  duty: [],
  open: true,
  at: '2026-11-21T09:00:00.000Z',
  by: { party: partyId.parse('consular'), role: 'officer' as const, user: 'officer-3' },
})
const db = () => dynamodb.client()
const table = () => dynamodb.names.posts
const last = () => readLastChange(db(), table())
const append = async (change: ReturnType<typeof of>) =>
  appendChange(db(), table(), await last(), change, answering(change))
/** What a change says of the countries that its post answers for. */
const answering = ({ post, covers, open }: ReturnType<typeof of>) => [{ post, covers, open }]
const page = (n: number, limit = 100) => readChanges(db(), table(), n, limit)

/** What an intruder would do to a row. */
async function rowsOf(post: string) {
  const { Items: items = [] } = await db().send(
    new QueryCommand({
      TableName: table(),
      KeyConditionExpression: 'post = :post',
      ExpressionAttributeValues: { ':post': { S: post } },
    }),
  )
  return items
}
async function remove(post: string, version: string) {
  const Key = { post: { S: post }, version: { N: version } }
  await db().send(new DeleteItemCommand({ TableName: table(), Key }))
}

beforeEach(async () => {
  for (const post of ['register', 'routing', rome, baku])
    for (const { version } of await rowsOf(post)) await remove(post, version?.N ?? '')
})

test('a post that was never changed has no row, and the register begins empty', async () => {
  expect(await readPost(db(), table(), rome)).toBeUndefined()
  expect(await last()).toEqual({ n: 0, hash: genesis })
  expect(await page(1)).toEqual([])
})

test('the newest change of a post counts, and each names the one before it, of whichever post', async () => {
  await append(of(rome, 1, ['AL']))
  await append(of(baku, 1))
  await append(of(rome, 2, []))
  expect(await readPost(db(), table(), rome)).toMatchObject({ version: 2, n: 3, covers: [] })
  expect(await readPost(db(), table(), baku)).toMatchObject({ version: 1, n: 2 })
  const all = await page(1)
  expect(all.map(({ n, post, version }) => [n, post, version])).toEqual([
    [1, rome, 1],
    [2, baku, 1],
    [3, rome, 2],
  ])
  for (const [index, { hash, ...record }] of all.entries()) {
    expect(record.prev).toBe(all[index - 1]?.hash ?? genesis)
    expect(hash).toBe(postHash(canonicalBytes(record)))
  }
})

test('a page begins anywhere, and ends where it is full', async () => {
  for (let version = 1; version <= 5; version++) await append(of(rome, version))
  expect((await page(2, 2)).map(({ n }) => n)).toEqual([2, 3])
  expect((await page(6)).map(({ n }) => n)).toEqual([])
})

test('each change stores which countries posts answer for, and nothing about the people who work there', async () => {
  expect(await readRouting(db(), table())).toEqual([])
  await append({ ...of(rome, 1, ['AL']), staff: ['00000000-0000-4000-8000-000000000001'] })
  await append(of(baku, 1, ['AM']))
  expect(await readRouting(db(), table())).toEqual([{ post: baku, covers: ['AM'], open: true }])
  const rows = await rowsOf('routing')
  expect(rows).toHaveLength(2)
  const stored = rows.map(({ record }) => Buffer.from(record?.B ?? []).toString()).join()
  expect(stored).toContain('AL')
  expect(stored).not.toMatch(/00000000-|officer/)
})

test('two changes at the same moment: one is written, whether of the same post or of two', async () => {
  const before = await last()
  const changes = [of(rome, 1), of(rome, 1, ['AL']), of(baku, 1, ['AL'])]
  const written = await Promise.all(
    changes.map((change) => appendChange(db(), table(), before, change, answering(change))),
  )
  expect(written.filter(Boolean)).toHaveLength(1)
  expect(await page(1)).toHaveLength(1)
  expect([...(await rowsOf(rome)), ...(await rowsOf(baku))]).toHaveLength(1)
})

test('a version that exists is never written again', async () => {
  await append(of(rome, 1))
  expect(await append(of(rome, 1, ['AL']))).toBe(false)
  expect(await readPost(db(), table(), rome)).toMatchObject({ covers: [] })
})

test.each<[string, (row: Record<string, { N?: string; B?: Uint8Array }>) => object | undefined]>([
  ['is gone', () => undefined],
  ['holds another record', (row) => ({ ...row, record: { B: Buffer.from('{}') } })],
  ['holds nothing', ({ record: _, ...row }) => row],
])('a row that %s breaks the chain', async (_, change) => {
  for (let version = 1; version <= 3; version++) await append(of(rome, version))
  const row = (await rowsOf('register'))[1] ?? {}
  const Item = change(row as Parameters<typeof change>[0])
  if (Item)
    await db().send(
      new PutItemCommand({
        TableName: table(),
        Item: { ...row, ...Item, ...('record' in Item ? {} : { record: { NULL: true } }) },
      }),
    )
  else await remove('register', '2')
  await expect(page(1)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('a record under another post, or under another version, is not taken for its own', async () => {
  await append(of(rome, 1))
  const [row = {}] = await rowsOf(rome)
  const put = (Item: typeof row) => db().send(new PutItemCommand({ TableName: table(), Item }))
  await put({ ...row, post: { S: baku } })
  await expect(readPost(db(), table(), baku)).rejects.toMatchObject({ code: 'trail-broken' })
  await put({ ...row, version: { N: '2' } })
  await expect(readPost(db(), table(), rome)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('a change is never mistaken for an event or an access record', () => {
  const bytes = canonicalBytes({ n: 1 })
  expect(new Set([postHash(bytes), eventHash(bytes), accessHash(bytes)]).size).toBe(3)
})
