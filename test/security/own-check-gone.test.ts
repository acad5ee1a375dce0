import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askInVain, problemOf } from '../parts/refused.ts'
import { fileOne, type OwnStack, startRunning } from '../parts/running-stack.ts'
import { telltaleFiling } from '../parts/telltale.ts'
import { bodies } from '../parts/todays-bodies.ts'

let running: OwnStack
let ret = ''
let rome = ''
beforeAll(async () => {
  running = await startRunning({
    replace: { 'functions/api/returns/membership.ts': 'test/parts/replacements/everyone-may-ask.ts' },
  })
  ret = await fileOne(await running.desk('istanbul'), telltaleFiling)
  rome = await running.stack.signIn('rome')
  await running.settled()
})
afterAll(() => running.stop())

const post = (body: unknown) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
  body: JSON.stringify(body),
})

test.each<[string, string, object]>([
  ['view', '', {}],
  ['read the events of', '/events', {}],
  ['export', '/export', {}],
  ['take a record of', '/htcds?reason=review', {}],
  ['open', '/open', post({ classes: ['identity'], reason: 'review' })],
  ['command', '/commands/cancel', post(bodies.cancel)],
  ['strike in', '/commands/strike', post(bodies.strike)],
])(
  'a mission may not %s a return of another: with our own check gone the policies still refuse',
  async (_, rest, how) => {
    const answer = await askInVain(running, {
      ...how,
      token: rome,
      path: `/v1/mission/returns/${ret}${rest}`,
    })
    // Not "not found": it was the denial of a call, and nothing had been read when it came.
    problemOf(answer, 'internal')
    expect(answer.text).not.toContain(ret)
    expect(running.logs()).toMatch(/"error":"AccessDeniedException"/)
  },
)

test('and each works on its own as before', async () => {
  const desk = await running.desk('rome')
  const own = await fileOne(desk)
  expect((await desk.open(own, ['identity'])).sections).toHaveLength(1)
  expect((await (await running.desk('istanbul')).open(ret, ['identity'])).sections).toHaveLength(1)
})
