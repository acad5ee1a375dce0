import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { callText } from '../../../schemas/deployment/call-text.ts'
import { filingWith } from '../../parts/bodies.ts'
import { daysAhead } from '../../parts/days-ahead.ts'
import { type Desk, lineOf, refusalOf, wholeList } from '../../parts/desk.ts'
import { rota } from '../../parts/rota.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { telltale, telltaleFiling } from '../../parts/telltale.ts'
import { bodies, happened } from '../../parts/todays-bodies.ts'
import { day } from '../../scenarios/journey.ts'

let running: OwnStack
let clock: ReturnType<typeof daysAhead.open>
let mission: Desk
let iom: Desk
let centre: Desk
let consular: Desk

/** Two lines at once, nothing more for an hour, and every hour is night. */
const impatient = {
  ...rota,
  calls: [
    { line: 'duty', afterMinutes: 0 },
    { line: 'head', afterMinutes: 0 },
  ],
  night: { from: 0, to: 24 },
  parties: { consular: { calls: [{ line: 'department', afterMinutes: 0 }] } },
}

beforeAll(async () => {
  clock = daysAhead.open()
  running = await startRunning({ context: { rota: impatient }, replace: daysAhead.replace })
  ;[mission, iom, centre, consular] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
    running.desk('consular'),
  ])
})
beforeEach(() => clock.be(0))
afterAll(() => running.stop())

/** Everybody gets what was written; the clock strikes; whom it called. */
async function strike(): Promise<string[]> {
  await running.settled()
  const before = running.stack.outbox().length
  await running.stack.tick('watch')
  await running.settled()
  return running.stack
    .outbox()
    .slice(before)
    .map(({ attributes: { party, line } }) => `${party} ${line}`)
    .sort()
}

const listed = lineOf

describe('danger today', () => {
  let ret = ''

  test('calls IOM and the consular department, by the lines of the rota', async () => {
    ret = await fileOne(mission, {
      ...telltaleFiling,
      case: { ...telltaleFiling.case, urgency: 'danger-today' },
    })
    expect(await strike()).toEqual(['consular department', 'iom duty', 'iom head'])
    expect(await strike()).toEqual([])
  })

  test('stands on the lists, above all else for who is called', async () => {
    const calls = [
      { seq: 0, party: 'iom' },
      { seq: 0, party: 'consular' },
    ]
    for (const desk of [iom, consular, mission]) {
      expect((await desk.see(ret)).calls.toSorted((a, b) => b.party.localeCompare(a.party))).toEqual(calls)
      expect((await listed(desk, ret))?.calls).toHaveLength(2)
    }
    expect((await wholeList(consular))[0]?.ret).toBe(ret)
  })

  test('ends for a party that has answered, and for IOM when it acknowledges', async () => {
    expect(await refusalOf(mission.command(ret, 'answer-call', { call: 0 }))).toMatchObject({
      code: 'unknown-target',
      problem: { fields: ['call'] },
    })
    await consular.command(ret, 'answer-call', { call: 0 })
    expect((await iom.see(ret)).calls).toEqual([{ seq: 0, party: 'iom' }])
    await iom.command(ret, 'acknowledge')
    expect(await strike()).toEqual([])
    expect((await listed(consular, ret))?.calls).toEqual([])
  })

  test('is on the trail with each line that was called, and everybody can verify that', async () => {
    const { events } = await mission.events(ret)
    const calls = events.filter(({ type }) => type === 'called')
    expect(calls.map(({ by }) => by)).toEqual(
      Array(3).fill({ party: 'watch', role: 'system', user: 'watch' }),
    )
    expect(calls.map(({ data }) => `${data.party} ${data.line}`).sort()).toEqual([
      'consular 0',
      'iom 0',
      'iom 1',
    ])
    for (const desk of [mission, iom, consular])
      expect(verifyExport(await desk.export(ret))).toMatchObject({ kind: 'valid', tags: events.length })
  })

  test('sends phones and logs nothing about the person: one text for all, a party and a line', async () => {
    const outbox = running.stack.outbox()
    expect(outbox.length).toBeGreaterThan(0)
    for (const { message, attributes } of outbox) {
      expect(message).toBe(callText)
      expect(Object.keys(attributes).sort()).toEqual(['line', 'party'])
    }
    expect(JSON.stringify(outbox)).not.toMatch(telltale)
    expect(JSON.stringify(outbox)).not.toContain(ret)
    expect(running.logs()).not.toMatch(telltale)
  })

  test('is shown where somebody at this machine can look', async () => {
    for (const path of ['/', '/outbox']) {
      const page = await running.ask({ path })
      expect([path, page.status]).toEqual([path, 200])
      expect(page.text).toContain('party: iom, line: duty')
    }
  })
})

test('contact lost calls IOM; when she arrives, at night, the Centre is called instead, until it answers', async () => {
  const ret = await fileOne(mission)
  await mission.command(ret, 'contact-lost', bodies['contact-lost'])
  expect(await strike()).toEqual(['iom duty', 'iom head'])
  await iom.command(ret, 'arrive', { case: { happened: happened(), point: 'RMO', companionPresent: 'yes' } })
  expect(await strike()).toEqual([`${centre.party} duty`, `${centre.party} head`])
  const [call] = (await centre.see(ret)).calls
  await centre.command(ret, 'answer-call', { call: call?.seq })
  expect((await centre.see(ret)).calls).toEqual([])
})

test('an evacuation calls the other duty party until a second person confirms it', async () => {
  const ret = await fileOne(mission)
  const duty = await running.desk('istanbul-duty')
  await duty.command(ret, 'evacuate', bodies.evacuate)
  expect(await strike()).toEqual(['iom duty', 'iom head'])
  await (await running.desk('iom-duty')).command(ret, 'confirm-evacuation')
  expect((await iom.see(ret)).calls).toEqual([])
})

test('a hold that ran out frees the place, and the Centre sees it on its list', async () => {
  const ret = await fileOne(mission, filingWith())
  await centre.command(ret, 'hold-place', { until: day(0) })
  expect(await strike()).toEqual([])
  expect((await centre.see(ret)).placeHeld).toBe(true)
  clock.be(1)
  expect(await strike()).toEqual([])
  const seen = await centre.see(ret)
  expect([seen.placeHeld, seen.overdue]).toEqual([
    false,
    [{ item: 'place', party: centre.party, since: day(0), level: 0 }],
  ])
  expect((await listed(centre, ret))?.overdue).toEqual(seen.overdue)
  expect((await listed(iom, ret))?.overdue).toEqual([])
})

test('a next step whose day has passed is notified to its author, once', async () => {
  const ret = await fileOne(mission)
  await iom.command(ret, 'note', { note: { text: 'Call the shelter.' }, next: day(0) })
  await strike()
  expect((await listed(iom, ret))?.overdue).toEqual([])
  clock.be(1)
  await strike()
  await strike()
  const { events } = await iom.events(ret)
  expect(events.filter(({ type }) => type === 'overdue')).toMatchObject([{ to: ['iom'], for: 'iom' }])
  expect((await listed(iom, ret))?.overdue).toMatchObject([{ item: 'next-step' }])
  expect((await mission.see(ret)).overdue).toEqual([])
})
