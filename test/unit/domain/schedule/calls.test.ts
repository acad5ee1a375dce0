import { describe, expect, test } from 'vitest'
import { worklistRowOf } from '../../../../functions/domain/reports/worklist-row.ts'
import { openCalls } from '../../../../functions/domain/schedule/call-lines.ts'
import { isNight } from '../../../../functions/domain/schedule/calls.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  sample,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  type DomainReturn,
  filed,
  give,
  after as goOn,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { listPlace } from '../../../parts/list-place.ts'
import { rota } from '../../../parts/rota.ts'

const called = (made: DomainReturn) => openCalls(stateOf(made)).map(({ seq, party }) => [seq, party])
const last = (made: DomainReturn) => made.events.length - 1

const danger = () => filed(filingWith(everyone, { urgency: 'danger-today' }))
function amended(made: DomainReturn, urgency: 'danger-today' | 'none', by: PartyId = istanbul): DomainReturn {
  const supersedes = stateOf(made).sections.find(({ slot }) => slot === 'request')?.sec
  return give(made, {
    name: 'amend',
    by,
    body: { slot: 'request', case: { ...sample.case, urgency }, supersedes },
  })
}
/** In December clocks in Chișinău show two hours more. */
const arrived = (by: PartyId, utc: string) =>
  give(upTo('depart'), { name: 'arrive', by, at: `2026-12-05T${utc}:00.000Z`, night: rota.night })
const lost = (by: PartyId) => give(upTo('depart'), { name: 'contact-lost', by })
const evacuated = (by: PartyId) => give(filed(), { name: 'evacuate', by })
const answered = (made: DomainReturn, by: PartyId, call: number) =>
  give(made, { name: 'answer-call', by, body: { call } })

test.each<[string, PartyId[], () => DomainReturn]>([
  ['a request that says danger today', [consular, iom], danger],
  ['one that says so later', [consular, iom], () => amended(filed(), 'danger-today')],
  ['one that IOM says it of', [consular], () => amended(filed(), 'danger-today', iom)],
  ['an ordinary request', [], () => filed()],
  ['an arrival at night', [centre], () => arrived(iom, '21:30')],
  ['an arrival at night that the Centre tells itself', [], () => arrived(centre, '21:30')],
  ['an arrival by day', [], () => arrived(iom, '12:00')],
  ['contact lost, as the mission tells it', [iom], () => lost(istanbul)],
  ['contact lost, as IOM tells it', [istanbul], () => lost(iom)],
  ['an evacuation that the mission orders', [iom], () => evacuated(istanbul)],
  ['an evacuation that IOM orders', [istanbul], () => evacuated(iom)],
])('%s calls out %j', (_, parties, make) => {
  const made = make()
  expect(called(made).sort()).toEqual(parties.map((party) => [last(made), party]).sort())
})

test('only parties on the return are called, and a party that leaves is called no more', () => {
  expect(called(filed(filingWith([[centre, consent]], { urgency: 'danger-today' })))).toEqual([[0, consular]])
  const byConsent = everyone.map(([holder]) => [holder, consent] as const)
  const made = filed(filingWith(byConsent, { urgency: 'danger-today' }))
  expect(called(made)).toEqual(
    expect.arrayContaining([
      [0, iom],
      [0, consular],
    ]),
  )
  const without = give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(iom) })
  expect(called(without)).toEqual([[0, consular]])
})

test('danger that is stated twice calls once, and danger that comes again calls again', () => {
  expect(called(amended(danger(), 'danger-today'))).toEqual(called(danger()))
  const again = amended(amended(danger(), 'none'), 'danger-today')
  expect(called(again).sort()).toEqual([
    [2, consular],
    [2, iom],
  ])
})

describe('a call ends', () => {
  test('an answer ends the call of the party that answers, and of no other', () => {
    expect(called(answered(danger(), consular, 0))).toEqual([[0, iom]])
    expect(called(answered(danger(), iom, 0))).toEqual([[0, consular]])
  })

  test.each<[string, () => DomainReturn]>([
    [
      'when IOM acknowledges the request that it was called for',
      () => answered(goOn(danger(), [[iom, 'acknowledge']]), consular, 0),
    ],
    ['when the danger is over', () => amended(danger(), 'none')],
    [
      'when a second person confirms the evacuation',
      () => give(evacuated(istanbul), { name: 'confirm-evacuation', by: iom }),
    ],
    ['when she who was lost arrives', () => goOn(lost(istanbul), [[centre, 'arrive']])],
    [
      'when what was told was wrong',
      () => {
        const made = lost(istanbul)
        return give(made, { name: 'correct', by: istanbul, body: { corrects: last(made) } })
      },
    ],
    ['when she is received', () => goOn(arrived(iom, '21:30'), [[centre, 'admit']])],
    ['when the return is cancelled', () => goOn(danger(), [[istanbul, 'cancel']])],
    [
      'and does not come back when it is reopened',
      () =>
        goOn(danger(), [
          [istanbul, 'cancel'],
          [istanbul, 'reopen'],
        ]),
    ],
  ])('%s', (_, make) => {
    expect(called(make())).toEqual([])
  })

  test('no other event ends a call', () => {
    const made = goOn(danger(), [
      [ministry, 'take'],
      [iom, 'take'],
      [iom, 'acknowledge'],
    ])
    expect(called(made)).toEqual([[0, consular]])
  })
})

test('only the party that is called answers, once, and names the event', () => {
  const answer = (made: DomainReturn, by: PartyId, call: number) =>
    answerTo(made, { name: 'answer-call', by, body: { call } })
  expect(answer(danger(), iom, 0)).toBe('accepted')
  expect(answer(danger(), iom, 1)).toBe('unknown-target')
  expect(answer(danger(), istanbul, 0)).toBe('unknown-target')
  expect(answer(answered(danger(), iom, 0), iom, 0)).toBe('unknown-target')
  expect(answer(answered(danger(), iom, 0), consular, 0)).toBe('accepted')
})

test('open calls stand in every row, and put the return on top for the party that is called', () => {
  const about = {
    version: 1,
    hash: '0'.repeat(64),
    at: '2026-11-21T10:00:00.000Z',
    reference: 'RET-0000-0000',
  }
  const made = stateOf(lost(istanbul))
  const calls = [{ seq: made.calls[0]?.seq, party: iom }]
  for (const party of [iom, istanbul, consular])
    expect(worklistRowOf(made, party, about).calls).toEqual(calls)
  expect([iom, centre].map((party) => listPlace(made, party)[0])).toEqual(['calls', 'concern'])
})

test.each([
  [{ from: 22, to: 6 }, ['22:00', '23:59', '00:00', '05:59'], ['06:00', '12:00', '21:59']],
  [{ from: 1, to: 5 }, ['01:00', '04:59'], ['00:59', '05:00', '23:00']],
  [{ from: 0, to: 24 }, ['00:00', '12:00', '23:59'], []],
])('the hours of Chișinău from %j are night', (hours, within, without) => {
  const on = (time: string) => isNight(`2026-12-05T${time}:00.000+02:00`, hours)
  for (const time of within) expect([time, on(time)]).toEqual([time, true])
  for (const time of without) expect([time, on(time)]).toEqual([time, false])
})

test('in summer the clocks of Chișinău are three hours ahead', () => {
  expect(isNight('2026-07-01T18:59:00.000Z', rota.night)).toBe(false)
  expect(isNight('2026-07-01T19:00:00.000Z', rota.night)).toBe(true)
})
