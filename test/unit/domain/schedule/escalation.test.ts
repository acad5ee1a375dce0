import { describe, expect, test } from 'vitest'
import { callsAgain } from '../../../../functions/domain/schedule/call-lines.ts'
import { nextLook, overdueFor } from '../../../../functions/domain/schedule/escalation.ts'
import type { Rota } from '../../../../schemas/deployment/rota.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  passport,
} from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  filed,
  give,
  after as goOn,
  isDone,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { allSeen, notices, watched } from '../../../parts/domain-watch.ts'
import { listPlace } from '../../../parts/list-place.ts'
import { rota } from '../../../parts/rota.ts'

/** The first instant of a winter day in Chișinău, and the last instant of the day before. */
const dawn = (day: string) => new Date(`${day}T00:00:00.000+02:00`).toISOString()
const eve = (day: string) => new Date(Date.parse(dawn(day)) - 1).toISOString()
/** What is overdue of a return that everybody has received: the item, the party and the level. */
const overdue = (made: DomainReturn, at: string) =>
  notices(made, at).flatMap(({ type, data }) =>
    type === 'overdue' ? [`${data.step ?? data.item} of ${data.party}, level ${data.level}`] : [],
  )

const held = () => upTo('hold-place')
const noted = () =>
  give(upTo('acknowledge'), { name: 'note', by: iom, body: { note: { text: 'x' }, next: '2026-11-23' } })

describe('an escalation is written when its day has passed in Chișinău, not before', () => {
  test.each<[string, () => DomainReturn, string, string]>([
    ['a step', () => filed(), '2026-11-22', `acknowledge of ${iom}, level 0`],
    [
      'a step of the mission',
      () => upTo('acknowledge'),
      '2026-11-27',
      `confirm-identity of ${istanbul}, level 0`,
    ],
    ['a place', held, '2026-12-10', `place of ${centre}, level 0`],
    ['a next step', noted, '2026-11-23', `next-step of ${iom}, level 0`],
    ['a document', () => upTo('issue-document'), '2026-12-11', `document of ${istanbul}, level 0`],
  ])('%s', (_, make, due, expected) => {
    const made = make()
    const next = new Date(Date.parse(`${due}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    expect(overdue(made, eve(next))).not.toContain(expected)
    expect(overdue(made, dawn(next))).toContain(expected)
  })

  test.each<[string, number]>([
    ['23:59:59.999', 0],
    ['24:00:00.000', 1],
  ])('an evacuation that nobody confirmed after %s has %i escalations', (after24, count) => {
    const ordered = give(filed(), { name: 'evacuate', by: istanbul, at: '2026-11-21T10:00:00.000Z' })
    const [hours = 0, minutes = 0, seconds = 0] = after24.split(':').map(Number)
    const at = new Date(Date.parse('2026-11-21T10:00:00Z') + (hours * 3600 + minutes * 60 + seconds) * 1000)
    const escalations = overdue(ordered, at.toISOString()).filter((line) => line.startsWith('evacuation'))
    expect(escalations).toEqual(count ? [`evacuation of ${istanbul}, level 0`] : [])
    expect(overdue(give(ordered, { name: 'confirm-evacuation', by: iom }), at.toISOString())).not.toContain(
      escalations[0],
    )
  })

  test.each([
    ['59:59.999', 0],
    ['60:00.000', 1],
  ])('a delivery that was not received after %s minutes has %i escalations', (waited, count) => {
    const made = goOn(filed(), [[iom, 'acknowledge']])
    const [minutes = 0, seconds = 0] = waited.split(':').map(Number)
    const begins = Date.parse(made.events[1]?.at ?? '')
    const at = new Date(begins + (minutes * 60 + seconds) * 1000).toISOString()
    const delivered = allSeen(made).map((delivery) =>
      delivery.party === centre ? { ...delivery, seen: 0 } : delivery,
    )
    const escalations = notices(made, at, { delivered }).filter(
      ({ data }) => 'item' in data && data.item === 'delivery',
    )
    expect(escalations).toHaveLength(count)
    for (const escalation of escalations)
      expect(escalation).toMatchObject({
        for: consular,
        data: { party: centre, event: 1, since: '2026-11-21' },
      })
  })
})

test('each level notifies once whom the rota names, and a level that was missed is left out', () => {
  const first = watched(filed(), dawn('2026-11-23'))
  expect(first.events.at(-1)).toMatchObject({
    for: iom,
    by: { party: 'watch' },
    data: { level: 0, since: '2026-11-22' },
  })
  expect(overdue(first, eve('2026-11-25'))).toEqual([])
  const second = watched(first, dawn('2026-11-25'))
  expect(second.events.at(-1)).toMatchObject({ for: consular, data: { level: 1 } })
  expect(overdue(second, eve('2026-11-28'))).toEqual([])
  const missed = watched(filed(), dawn('2026-11-26'))
  expect(missed.events.slice(1)).toMatchObject([{ for: consular, data: { step: 'acknowledge', level: 1 } }])
})

test('a next step escalates once, to the party that noted it', () => {
  const made = watched(noted(), dawn('2026-11-24'))
  const escalations = made.events.filter(({ type, data }) => type === 'overdue' && data.item === 'next-step')
  expect(escalations).toMatchObject([{ to: [iom], for: iom }])
  expect(overdue(made, dawn('2027-11-24')).filter((line) => line.startsWith('next-step'))).toEqual([])
})

test('a hold that ran out frees the place, which has to be held again', () => {
  const made = held()
  expect([stateOf(made).placeHeld?.until, isDone(made, 'hold-place')]).toEqual(['2026-12-10', true])
  const ended = watched(made, dawn('2026-12-11'))
  expect([stateOf(ended).placeHeld, isDone(ended, 'hold-place')]).toEqual([undefined, false])
  expect(overdueFor(stateOf(ended), centre, [])).toMatchObject([{ item: 'place' }])
  const again = give(ended, { name: 'hold-place', by: centre, body: { until: '2026-12-20' } })
  expect(stateOf(again).placeHeld?.until).toBe('2026-12-20')
  expect(overdueFor(stateOf(again), centre, [])).toEqual([])
})

test('no place is missing once the person was received', () => {
  expect(overdue(goOn(upTo('admit'), []), dawn('2026-12-11'))).not.toContain(`place of ${centre}, level 0`)
})

test('every document is checked after the same time, and anew when it is amended', () => {
  const by = istanbul
  const until = (expiresOn: string) => {
    const made = give(upTo('confirm-identity'), {
      name: 'issue-document',
      by,
      body: { identity: passport(expiresOn) },
    })
    return stateOf(made).documentCheck
  }
  expect(until('2026-12-01')).toEqual(until('2036-12-01'))
  const made = upTo('issue-document')
  const body = { slot: 'document', identity: passport('2030-01-01') }
  const amended = give(made, { name: 'amend', by, body, at: '2026-12-10T09:00:00.000Z' })
  expect(stateOf(amended).documentCheck).toEqual({ party: istanbul, day: '2026-12-30' })
  const left = goOn(upTo('depart'), [])
  expect(overdue(left, dawn('2027-01-01')).filter((line) => line.startsWith('document'))).toEqual([])
})

test('an escalation stands in the rows of the late party and the notified parties, until it is done', () => {
  const first = watched(filed(), dawn('2026-11-23'))
  const seenBy = (made: DomainReturn, party: PartyId) =>
    overdueFor(stateOf(made), party, allSeen(made)).map(({ step, level }) => [step, level])
  expect([seenBy(first, iom), seenBy(first, consular), seenBy(first, centre)]).toEqual([
    [['acknowledge', 0]],
    [],
    [],
  ])
  const second = watched(first, dawn('2026-11-25'))
  expect([seenBy(second, iom), seenBy(second, consular)]).toEqual([
    [['acknowledge', 1]],
    [['acknowledge', 1]],
  ])
  expect(listPlace(stateOf(first), consular)).toEqual(['others', '2026-11-22'])
  expect(listPlace(stateOf(second), consular)).toEqual(['late', '2026-11-22'])
  const done = goOn(second, [[iom, 'acknowledge']])
  expect([seenBy(done, iom), seenBy(done, consular)]).toEqual([[], []])
})

test('an overdue delivery stands in the row of the consular department until it was received', () => {
  const made = filed()
  const behind = allSeen(made).filter(({ party }) => party !== centre)
  const escalated = watched(made, '2026-11-21T10:00:00.000Z', { delivered: behind })
  expect(overdueFor(stateOf(escalated), consular, behind)).toMatchObject([
    { item: 'delivery', party: centre },
  ])
  expect(overdueFor(stateOf(escalated), consular, allSeen(made))).toEqual([])
  // The event of the escalation is not received either, and makes no escalation of its own.
  expect(notices(escalated, '2026-11-21T23:00:00.000Z', { delivered: behind })).toEqual([])
})

describe('calls', () => {
  const since = '2026-11-21T09:00:00.000Z'
  const danger = () => filed(filingWith(everyone, { urgency: 'danger-today' }), istanbul, { at: since })
  const later = (minutes: number) => new Date(Date.parse(since) + minutes * 60_000).toISOString()
  const lines = (made: DomainReturn, minutes: number, config?: Rota) =>
    notices(made, later(minutes), config ? { config } : {}).flatMap(({ type, data }) =>
      type === 'called' && data.party === iom ? [data.line] : [],
    )

  test.each([
    [0, [0]],
    [9, [0]],
    [10, [0, 1]],
    [20, [0, 1, 2]],
    [40, [0, 1, 2, 3]],
    [500, [0, 1, 2, 3]],
  ])('after %i minutes these lines are called: %j', (minutes, called) => {
    expect(lines(danger(), minutes)).toEqual(called)
    const before = watched(danger(), later(minutes - 1))
    expect([...lines(danger(), minutes - 1), ...lines(before, minutes)]).toEqual(called)
  })

  test('a party with lines of its own is called on those', () => {
    const own: Rota = { ...rota, parties: { [iom]: { calls: [{ line: 'night-desk', afterMinutes: 5 }] } } }
    expect([lines(danger(), 4, own), lines(danger(), 5, own), lines(danger(), 60, own)]).toEqual([
      [],
      [0],
      [0],
    ])
  })

  test('a party that has answered is called no more, and all others are', () => {
    const made = watched(danger(), later(0))
    const answered = give(made, { name: 'answer-call', by: iom, body: { call: 0 } })
    expect(lines(answered, 60)).toEqual([])
    expect(
      notices(answered, later(60)).some(
        (notice) => notice.type === 'called' && notice.data.party === consular,
      ),
    ).toBe(true)
  })

  test('all lines are called again every hour after the last, without an event', () => {
    const made = watched(danger(), later(40))
    const again = (evaluated: number, now: number) =>
      callsAgain(stateOf(made), Date.parse(later(evaluated)), Date.parse(later(now)), rota)
        .filter(({ party }) => party === iom)
        .map(({ line }) => line)
    expect(lines(made, 100)).toEqual([])
    expect(again(40, 99)).toEqual([])
    expect(again(99, 100)).toEqual(['duty', 'stand-in', 'head'])
    expect(again(100, 101)).toEqual([])
    expect(again(100, 160)).toEqual(['duty', 'stand-in', 'head'])
    // Where nobody looked for hours they are called once, not once for each hour.
    expect(again(40, 400)).toEqual(['duty', 'stand-in', 'head'])
    const looks = [0, 40, 99, 100].map((now) => nextLook(stateOf(made), Date.parse(later(now)), rota))
    expect(looks).toEqual([100, 100, 100, 160].map((minutes) => Date.parse(later(minutes))))
  })

  test('no line is called again while lines are left', () => {
    expect(callsAgain(stateOf(danger()), 0, Date.parse(later(900)), rota)).toEqual([])
  })
})

test('an event of watch is for the parties on the return, and says only who is late with what', () => {
  const made = watched(upTo('acknowledge'), dawn('2026-12-20'))
  expect(made.events.length).toBeGreaterThan(3)
  for (const { to, sections } of made.events.slice(2)) {
    expect(to.toSorted()).toEqual([centre, consular, iom, istanbul, ministry].toSorted())
    expect(sections).toEqual([])
  }
})
