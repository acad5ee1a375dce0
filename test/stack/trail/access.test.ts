import { type AttributeValue, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendAccess, readAccess } from '../../../functions/trail/access.ts'
import type { AccessRecord } from '../../../functions/trail/access-record.ts'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { accessHash, genesis } from '../../../functions/trail/chain.ts'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import { cancelled, openDoor } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { iom } from '../../parts/trails.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const accessTo = (subject: string): Omit<AccessRecord, 'n' | 'prev'> => ({
  subject,
  at: '2026-11-21T09:00:00.000Z',
  by: { party: iom, role: 'officer', user: 'officer-2' },
  kind: 'open',
  classes: ['travel', 'safety'],
  reason: 'prepare-travel',
  sections: [newSectionId()],
})
const record = (subject: string, url?: string) =>
  appendAccess(dynamodb.client(url), dynamodb.names.access, accessTo(subject))
const accesses = (subject: string) => readAccess(dynamodb.client(), dynamodb.names.access, subject)

test('each record names the one before, and the records of a subject begin anew', async () => {
  const subject = newReturnId('K7QX')
  const first = await record(subject)
  const second = await record(subject)
  expect(first).toMatchObject({ n: 0, prev: genesis })
  expect(second).toMatchObject({ n: 1, prev: accessHash(canonicalBytes(first)) })
  expect(await accesses(subject)).toEqual([first, second])
  expect(await record('search#iom')).toMatchObject({ n: 0, prev: genesis })
  expect(await accesses(newReturnId('K7QX'))).toEqual([])
})

test('accesses at the same moment are recorded one behind the other, and none is missing', async () => {
  const subject = newReturnId('K7QX')
  await Promise.all(Array.from({ length: 5 }, () => record(subject)))
  expect((await accesses(subject)).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4])
})

test('a writer whose place is always taken gets busy', async () => {
  const subject = newReturnId('K7QX')
  const door = await openDoor(dynamodb.url, ({ operation }) =>
    operation === 'ExecuteTransaction' ? cancelled(['DuplicateItem']) : undefined,
  )
  await expect(record(subject, door.url)).rejects.toMatchObject({ code: 'busy' })
  await door.stop()
  expect(await accesses(subject)).toEqual([])
})

test('a conflict is tried again with the same bytes and token', async () => {
  const subject = newReturnId('K7QX')
  let asked = 0
  const door = await openDoor(dynamodb.url, ({ operation }) =>
    operation === 'ExecuteTransaction' && asked++ === 0 ? cancelled(['TransactionConflict']) : undefined,
  )
  await record(subject, door.url)
  await readAccess(dynamodb.client(door.url), dynamodb.names.access, subject)
  await door.stop()
  const read = door.passed.filter(({ operation }) => operation === 'Query')
  for (const { body } of read) expect(JSON.parse(body)).toMatchObject({ ConsistentRead: true })
  const sent = door.passed.filter(({ operation }) => operation === 'ExecuteTransaction')
  expect(sent).toHaveLength(2)
  expect(sent[0]?.body).toBe(sent[1]?.body)
  expect(await accesses(subject)).toHaveLength(1)
})

test.each<[string, (record: AccessRecord) => Partial<AccessRecord>]>([
  ['its reason was changed', () => ({ reason: 'review' })],
  ['it names another before', () => ({ prev: genesis.replace('0', '1') })],
  ['it is of another subject', () => ({ subject: 'search#iom' })],
  ['it has another number', () => ({ n: 5 })],
])('records are refused when, of one in the middle, %s', async (_, change) => {
  const subject = newReturnId('K7QX')
  await record(subject)
  const middle = await record(subject)
  await record(subject)
  await put(subject, middle.n, canonicalBytes({ ...middle, ...change(middle) }))
  await expect(accesses(subject)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('the records of another subject do not pass for those of this one', async () => {
  const [mine, other] = [newReturnId('K7QX'), newReturnId('K7QX')]
  await put(mine, 0, canonicalBytes(await record(other)))
  await expect(accesses(mine)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('records are refused when one is left out and those behind name the one before it', async () => {
  const subject = newReturnId('K7QX')
  const first = await record(subject)
  await put(subject, 2, canonicalBytes({ ...first, n: 2, prev: accessHash(canonicalBytes(first)) }))
  await expect(accesses(subject)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('nothing goes behind a record that is no record', async () => {
  const subject = newReturnId('K7QX')
  await record(subject)
  await put(subject, 1, canonicalBytes({ seen: 'nothing' }))
  await expect(record(subject)).rejects.toMatchObject({ code: 'trail-broken' })
})

test('an access with an unknown reason is not recorded', async () => {
  const subject = newReturnId('K7QX')
  const loose = Object.assign(accessTo(subject), { reason: 'because' })
  await expect(appendAccess(dynamodb.client(), dynamodb.names.access, loose)).rejects.toThrow()
  const stored = await dynamodb.client().send(new QueryCommand(queryOf(subject)))
  expect(stored.Items).toEqual([])
})

function queryOf(subject: string) {
  return {
    TableName: dynamodb.names.access,
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: subject } },
  }
}

async function put(subject: string, n: number, record: Uint8Array): Promise<void> {
  const Item: Record<string, AttributeValue> = {
    subject: { S: subject },
    n: { N: String(n) },
    record: { B: record },
  }
  await dynamodb.client().send(new PutItemCommand({ TableName: dynamodb.names.access, Item }))
}
