import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect } from 'vitest'
import * as z from 'zod/mini'
import type { InjectedFault, PendingCall } from '../../../infra/local/edge/edge.ts'
import { commandAnswer, filedAnswer, problem } from '../../../schemas/api/answers.ts'
import type { ProblemCode } from '../../../schemas/api/problems.ts'
import { filingWith, istanbul } from '../../parts/bodies.ts'
import type { Desk } from '../../parts/desk.ts'
import { keepingAt } from '../../parts/people.ts'
import { askInVain, problemOf } from '../../parts/refused.ts'
import { fileOne, type RawResponse, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { telltaleFiling } from '../../parts/telltale.ts'
import { bodies } from '../../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
const tokens: Record<'istanbul' | 'iom' | 'colleague', string> = { istanbul: '', iom: '', colleague: '' }
type User = keyof typeof tokens

const none = () => undefined
let fault: (call: PendingCall) => InjectedFault | 'lose' | undefined = none
test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall((call) => fault(call))
  mission = await running.desk('istanbul')
  tokens.istanbul = await running.stack.signIn('istanbul')
  tokens.iom = await running.stack.signIn('iom')
  const invited = { name: 'Doina Exemplescu', signIn: 'colleague', role: 'officer' }
  await keepingAt(await running.desk('iom-administrator')).onList('invite', invited)
  tokens.colleague = await running.stack.signIn('colleague')
  // Two at once wait for each other: neither of the two threads of a function may be cold.
  const desks = [mission, mission, ...(await Promise.all([running.desk('iom'), running.desk('iom')]))]
  await Promise.all(desks.map((desk) => desk.list()))
})
afterEach(() => {
  fault = none
})

interface Posted {
  user: User
  path: string
  body: unknown
  key?: string
  ifMatch?: number
}

const asked = ({ user, path, body, key = randomUUID(), ifMatch }: Posted) => ({
  method: 'POST' as const,
  path: `/v1/${user === 'istanbul' ? 'mission' : 'iom'}/${path}`,
  token: tokens[user],
  headers: {
    'content-type': 'application/json',
    'idempotency-key': key,
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  },
  body: JSON.stringify(body),
})
const post = (posted: Posted): Promise<RawResponse> => running.ask(asked(posted))

const question = (text = 'Where is she?') => ({ for: istanbul, talk: { text } })
const asks = (ret: string, user: User = 'iom', more: Partial<Posted> = {}): Posted => ({
  user,
  path: `returns/${ret}/commands/ask`,
  body: user === 'istanbul' ? { for: 'iom', talk: { text: 'Where is she?' } } : question(),
  ...more,
})

const takes = (ret: string, user: User, more: Partial<Posted> = {}): Posted => ({
  user,
  path: `returns/${ret}/commands/take`,
  body: {},
  ...more,
})

const transaction = z.object({
  ClientRequestToken: z.string(),
  TransactStatements: z.array(z.object({ Statement: z.string() })),
})
const cancelled = (code: string): InjectedFault => ({
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: 'Transaction cancelled: kanar.',
    CancellationReasons: [{ Code: code, Message: 'kanar' }],
  },
})
const conflict = cancelled('TransactionConflict')

/** Nobody's transaction goes through before `count` different ones have come: all of them have read by then. */
function together(count: number): (call: PendingCall) => InjectedFault | undefined {
  const come = new Set<string>()
  return ({ operation, body }) => {
    if (operation !== 'ExecuteTransaction' || come.size >= count) return undefined
    come.add(transaction.parse(body).ClientRequestToken)
    return come.size < count ? conflict : undefined
  }
}

/** A return's events, whose seqs have to be contiguous and whose chain has to hold. */
async function eventsOf(ret: string) {
  const { events } = await mission.events(ret)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
  const prevs = events.slice(1).map(({ prev }) => prev)
  expect(prevs).toEqual(events.slice(0, -1).map(({ hash }) => hash))
  return events
}

describe('two at once', () => {
  const pairs: [string, User, User][] = [
    ['of two parties', 'istanbul', 'iom'],
    ['of one party', 'iom', 'colleague'],
    ['who are one and the same', 'iom', 'iom'],
  ]

  test.each(pairs.slice(1))(
    '%s, who both read the same version and do the same: one is written, the other told what changed',
    async (_, a, b) => {
      const ret = await fileOne(mission)
      fault = together(2)
      const answers = await Promise.all([a, b].map((user) => post(takes(ret, user, { ifMatch: 1 }))))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
      const late = answers.find(({ status }) => status === 412)
      expect(problem.parse(JSON.parse(late?.text ?? ''))).toMatchObject({
        code: 'version-stale',
        version: 2,
        changed: [{ seq: 1, type: 'taken', party: 'iom', own: a === b, slots: [] }],
      })
      expect(await eventsOf(ret)).toHaveLength(2)
    },
  )

  test.each(pairs)('%s, who do what does not touch the same: both are written', async (_, a, b) => {
    const ret = await fileOne(mission)
    fault = together(2)
    const answers = await Promise.all([a, b].map((user) => post(asks(ret, user, { ifMatch: 1 }))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await eventsOf(ret)).toHaveLength(3)
  })

  test.each(pairs)('%s, who name no version: both are written, one after the other', async (_, a, b) => {
    const ret = await fileOne(mission)
    fault = together(2)
    const answers = await Promise.all([a, b].map((user) => post(asks(ret, user))))
    const versions = answers.map(({ text }) => commandAnswer.parse(JSON.parse(text)).version)
    expect(versions.sort()).toEqual([2, 3])
    expect(await eventsOf(ret)).toHaveLength(3)
  })

  test('decided anew, the second is refused when the first has left it nothing to do', async () => {
    const ret = await fileOne(mission)
    fault = together(2)
    const cancel = { path: `returns/${ret}/commands/cancel`, body: bodies.cancel }
    const answers = await Promise.all((['istanbul', 'iom'] as const).map((user) => post({ user, ...cancel })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.map(({ text }) => text).join()).toContain('nothing-to-do')
    expect((await eventsOf(ret)).map(({ type }) => type)).toEqual(['filed', 'cancelled'])
  })

  test('twenty of four hands are all written in the end, each once', async () => {
    const ret = await fileOne(mission)
    const users = ['istanbul', 'iom', 'colleague', 'iom'] as const
    const all = Array.from({ length: 20 }, (_, index) => asks(ret, users[index % 4], { key: randomUUID() }))
    for (let left = all, round = 0; left.length > 0; round++) {
      expect(round).toBeLessThan(20)
      const answers = await Promise.all(left.map(post))
      // Who lost three times in a row is told to come again, with the same key.
      expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true)
      left = left.filter((_, index) => answers[index]?.status === 503)
    }
    expect(await eventsOf(ret)).toHaveLength(21)
  })
})

describe('a command sent again', () => {
  test('with the same key and body gets the same answer, later and at the same moment, and is one event', async () => {
    const ret = await fileOne(mission)
    const key = randomUUID()
    fault = together(2)
    const first = await Promise.all([post(asks(ret, 'iom', { key })), post(asks(ret, 'iom', { key }))])
    fault = none
    await mission.command(ret, 'ask', { for: 'iom', talk: { text: 'And now?' } })
    const later = await post(asks(ret, 'iom', { key }))
    const answers = [...first, later].map(({ status, text, headers }) => [status, text, headers.get('etag')])
    expect(answers).toEqual(Array(3).fill([200, first[0]?.text, '"2"']))
    expect(await eventsOf(ret)).toHaveLength(3)
  })

  test('with the same key for another body, at the same moment, is refused once', async () => {
    const ret = await fileOne(mission)
    const key = randomUUID()
    fault = together(2)
    const answers = await Promise.all(
      ['One.', 'Two.'].map((text) => post(asks(ret, 'iom', { key, body: question(text) }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(answers.map(({ text }) => text).join()).toContain('key-reused')
    expect(await eventsOf(ret)).toHaveLength(2)
  })

  test('by a colleague under the same key is another command', async () => {
    const ret = await fileOne(mission)
    const key = randomUUID()
    for (const user of ['iom', 'colleague'] as const)
      expect((await post(asks(ret, user, { key }))).status).toBe(200)
    expect(await eventsOf(ret)).toHaveLength(3)
  })

  test('by the SDK, because the answer was lost on its way, is one event', async () => {
    const ret = await fileOne(mission)
    let lost = 0
    fault = ({ operation }) => (operation === 'ExecuteTransaction' && lost++ === 0 ? 'lose' : undefined)
    expect((await post(asks(ret))).status).toBe(200)
    expect(lost).toBeGreaterThan(1)
    expect(await eventsOf(ret)).toHaveLength(2)
  })
})

describe('a request of three persons', () => {
  const request = { persons: [filingWith(), telltaleFiling, filingWith()] }
  const isFiling = ({ operation, body }: PendingCall) =>
    operation === 'ExecuteTransaction' && transaction.parse(body).TransactStatements.length > 20
  const file = (key: string, body: unknown = request) =>
    post({ user: 'istanbul', path: 'requests', body, key })
  const broken: InjectedFault = {
    status: 400,
    body: { __type: 'com.amazon.coral.validate#ValidationException' },
  }

  test.each([0, 1, 2])('broken off after %i of them, goes on where it stopped', async (done) => {
    const key = randomUUID()
    const before = (await running.stored.rows('heads')).length
    let come = 0
    fault = (call) => (isFiling(call) && come++ === done ? broken : undefined)
    expect(problemOf(await file(key), 'internal').code).toBe('internal')
    expect(await running.stored.rows('heads')).toHaveLength(before + done)
    if (done > 0) problemOf(await file(key, { persons: request.persons.slice(0, done) }), 'key-reused')

    const answers = [await file(key), await file(key)].map(({ status, text }) => [status, text])
    expect(answers[1]).toEqual(answers[0])
    const { returns } = filedAnswer.parse(JSON.parse(String(answers[0]?.[1])))
    expect(new Set(returns.map(({ ret }) => ret)).size).toBe(3)
    expect(await running.stored.rows('heads')).toHaveLength(before + 3)
    const seen = await Promise.all(returns.map(({ ret }) => mission.see(ret)))
    expect(new Set(seen.map(({ request: id }) => id)).size).toBe(1)
    expect(seen.map(({ label }) => label?.initials)).toEqual(['P. E.', 'K. K.', 'P. E.'])
  })

  test('sent twice at the same moment, gives each person one return', async () => {
    const key = randomUUID()
    const before = (await running.stored.rows('heads')).length
    fault = together(2)
    const answers = await Promise.all([file(key), file(key)])
    expect(answers[1]?.text).toBe(answers[0]?.text)
    expect(await running.stored.rows('heads')).toHaveLength(before + 3)
  })
})

describe('when DynamoDB', () => {
  const failure = (name: string, status: number): InjectedFault => ({
    status,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'Kanar.' },
  })
  test.each<[string, InjectedFault, ProblemCode]>([
    ['keeps reporting a conflict', conflict, 'busy'],
    ['has no capacity', failure('ThrottlingException', 400), 'busy'],
    ['fails inside', failure('InternalServerError', 500), 'busy'],
    ['finds fault with a statement', failure('ValidationException', 400), 'internal'],
    ['denies', failure('AccessDeniedException', 400), 'internal'],
    ['says what nobody knows', cancelled('Kanar'), 'internal'],
  ])('%s, a filing, a command and a look fail without a trace', async (_, broken, code) => {
    const ret = await fileOne(mission)
    await running.settled()
    fault = ({ operation }) => (operation === 'ExecuteTransaction' ? broken : undefined)
    for (const posted of [
      { user: 'istanbul', path: 'requests', body: { persons: [telltaleFiling] } },
      asks(ret, 'iom', { body: question('Kanar?') }),
      { user: 'iom', path: `returns/${ret}/open`, body: { classes: ['identity'], reason: 'review' } },
    ] as const)
      problemOf(await askInVain(running, asked(posted)), code)
  })
})
