import { randomUUID } from 'node:crypto'
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect } from 'vitest'
import { type PostChange, post, postChanges, postsAnswer } from '../../../schemas/api/posts.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { clientsOf, outcomeOf, sessionOf } from '../../parts/function-clients.ts'
import { problemOf } from '../../parts/refused.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'

const [rome, madrid, lisbon] = ['mission:19B6', 'mission:6HKJ', 'mission:7NN6'] as const
let running: RunningStack
let consular: Desk
let oversight: Desk
let token = ''
test.beforeAll(async ({ shared }) => {
  running = shared
  consular = await running.desk('consular')
  oversight = await running.desk('oversight')
  token = await running.stack.signIn('consular')
})

const officer = randomUUID()
const duty = randomUUID()
const asIs: PostChange = { covers: [], staff: [], duty: [], open: true }

async function keep(id: string, change: Partial<PostChange>, ifMatch: number) {
  const body = { ...asIs, ...change }
  return post.parse(await consular.call('POST', `/v1/consular/posts/${id}`, body, { ifMatch }))
}
const list = async (desk = consular) => postsAnswer.parse(await desk.call('GET', `/v1/${desk.kind}/posts`))
const postOf = async (id: string) => (await list()).posts.find((found) => found.post === id)
const versionOf = async (id: string) => (await postOf(id))?.version ?? 0

test('every post of the deployment is listed as it stands, and every country without one', async () => {
  const { posts, uncovered } = await list()
  expect(posts).toHaveLength(44)
  expect(await postOf(rome)).toMatchObject({
    version: 0,
    open: true,
    staff: [],
    countries: ['IT', 'MT', 'SM'],
  })
  expect(uncovered).toEqual(expect.arrayContaining(['AM', 'AL', 'BR']))
  for (const country of ['IT', 'SM', 'GE', 'MD']) expect(uncovered).not.toContain(country)
})

describe('a change', () => {
  test('gives an uncovered country to a post, with its staff and who is on duty', async () => {
    const given = { covers: ['AL'], staff: [officer, duty], duty: [duty], open: true }
    expect(await keep(rome, given, 0)).toEqual({ post: rome, version: 1, ...given })
    expect(await postOf(rome)).toMatchObject({ version: 1, ...given })
    expect((await list()).uncovered).not.toContain('AL')
  })

  test('leaves the countries of a post that closes without one, for another to take', async () => {
    await keep(lisbon, { open: false }, 0)
    expect((await list()).uncovered).toContain('PT')
    await keep(madrid, { covers: ['PT'] }, 0)
    expect((await list()).uncovered).not.toContain('PT')
    // Lisbon opens again all the same, and Madrid may still change its staff.
    await keep(lisbon, {}, 1)
    await keep(madrid, { covers: ['PT'], staff: [officer] }, 1)
  })

  test.each<[string, Partial<PostChange>, string[]]>([
    ['a country that another post covers', { covers: ['BR', 'AL'] }, ['covers.1']],
    ['the country of another post', { covers: ['IT'] }, ['covers.0']],
    ['its own country', { covers: ['ES'] }, ['covers.0']],
    ['somebody on duty who is not of the staff', { duty: [duty] }, ['duty']],
    ['a name', { staff: ['Maria Exemplescu'] }, ['staff.0']],
  ])('with %s is refused, naming the field', async (_, change, fields) => {
    const before = running.stored.contents()
    const refused = await refusalOf(keep(madrid, change, await versionOf(madrid)))
    expect(refused).toMatchObject({ code: 'bad-input', problem: { fields } })
    expect(running.stored.contents()).toEqual(before)
  })

  test('on an older version is refused with the one that is current', async () => {
    const version = await versionOf(rome)
    const refused = await refusalOf(keep(rome, {}, version - 1))
    expect(refused).toMatchObject({ code: 'version-stale', problem: { version } })
  })

  test('names a version: without one nothing is changed', async () => {
    const answer = await running.ask({
      method: 'POST',
      path: `/v1/consular/posts/${rome}`,
      token,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asIs),
    })
    expect(problemOf(answer, 'bad-header').fields).toEqual(['If-Match'])
  })

  test.each(['mission:ZZZZ', 'centre:S0DS', 'register', 'consular', '__proto__'])(
    'of %s, which is no post, is not found',
    async (id) => {
      expect(await refusalOf(keep(id, {}, 0))).toMatchObject({ status: 404, code: 'not-found' })
    },
  )

  test('made twice at once is made once; two of different posts are both made, unless they want the same', async () => {
    const version = await versionOf(rome)
    const twice = await Promise.allSettled([
      keep(rome, { covers: ['AL'] }, version),
      keep(rome, { covers: [] }, version),
    ])
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [ofMadrid, ofLisbon] = [await versionOf(madrid), await versionOf(lisbon)]
    const both = await Promise.allSettled([
      keep(madrid, { covers: ['BR'] }, ofMadrid),
      keep(lisbon, { covers: ['BR'] }, ofLisbon),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const covering = (await list()).posts.filter(({ covers }) => covers.includes('BR'))
    expect(covering).toHaveLength(1)
  })
})

describe('who may', () => {
  test('a mission sees its own post, and has no way to another', async () => {
    const desk = await running.desk('rome')
    const own = post.parse(await desk.call('GET', '/v1/mission/post'))
    expect(own.post).toBe(rome)
    expect(own.version).toBeGreaterThan(0)
    expect((await refusalOf(desk.call('GET', '/v1/mission/posts'))).status).toBe(404)
    expect((await refusalOf(desk.call('GET', '/v1/consular/posts'))).status).toBe(403)
    expect((await refusalOf(desk.call('POST', `/v1/consular/posts/${rome}`, asIs))).status).toBe(403)
  })

  test('oversight reads what the consular department reads, and changes nothing', async () => {
    expect(await list(oversight)).toEqual(await list())
    const changing = oversight.call('POST', `/v1/consular/posts/${rome}`, asIs, { ifMatch: 1 })
    expect((await refusalOf(changing)).status).toBe(403)
  })

  test('who keeps a return knows nothing of posts', async () => {
    for (const name of ['iom', 'centre', 'ministry', 'guardianship']) {
      const desk = await running.desk(name)
      expect((await refusalOf(desk.call('GET', '/v1/consular/posts'))).status).toBe(403)
      expect((await refusalOf(desk.call('GET', `/v1/${desk.kind}/posts`))).status).toBe(404)
    }
  })
})

describe('every change', () => {
  const path = (kind: string, cursor?: string) =>
    `/v1/${kind}/posts/changes${cursor ? `?cursor=${cursor}` : ''}`

  test('is told with who made it and when, in one chain, by ids alone', async () => {
    const parsed = postChanges.parse(await oversight.call('GET', path('oversight')))
    expect(parsed.changes.map(({ n }) => n)).toEqual(parsed.changes.map((_, index) => index + 1))
    for (const [index, { prev }] of parsed.changes.entries())
      if (index > 0) expect(prev).toBe(parsed.changes[index - 1]?.hash)
    expect(parsed.changes[0]).toMatchObject({
      post: rome,
      version: 1,
      by: { party: 'consular' },
      staff: [officer, duty],
    })
    expect(postChanges.parse(await consular.call('GET', path('consular')))).toEqual(parsed)
    expect(postChanges.parse(await consular.call('GET', path('consular', '2'))).changes[0]?.n).toBe(2)
    expect(await refusalOf(consular.call('GET', path('consular', 'x')))).toMatchObject({ code: 'bad-cursor' })
  })

  test('stays: no role can overwrite or remove one, and a lone write outside a transaction is denied', async () => {
    const { db } = clientsOf(running.stack, 'consular')
    const TableName = running.stack.template.nameOf('PostsTable')
    const Item = { post: { S: rome }, version: { N: '1' } }
    expect(await outcomeOf(db.send(new PutItemCommand({ TableName, Item })))).toBe('AccessDeniedException')
    expect(await outcomeOf(db.send(new GetItemCommand({ TableName, Key: Item })))).toBe(
      'AccessDeniedException',
    )
  })

  test('is closed to another post by the tag of its session', async () => {
    const { db } = await sessionOf(running.stack, 'mission', '6HKJ')
    const read = (hash: string) =>
      outcomeOf(
        db.send(
          new QueryCommand({
            TableName: running.stack.template.nameOf('PostsTable'),
            KeyConditionExpression: 'post = :post',
            ExpressionAttributeValues: { ':post': { S: hash } },
          }),
        ),
      )
    expect(await read(madrid)).toBe('allowed')
    for (const hash of [rome, 'register']) expect(await read(hash)).toBe('AccessDeniedException')
  })
})
