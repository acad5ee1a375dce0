import { describe, expect, test } from 'vitest'
import { findingsIn, requireChecked } from '../../../functions/checks/check-body.ts'
import { isRefusal } from '../../../schemas/api/problems.ts'
import type { CommandName } from '../../../schemas/commands/commands.ts'
import { bodies, happened, type Itinerary, itinerary, type Leg } from '../../parts/bodies.ts'

const now = Date.parse('2026-11-28T12:00:00.000Z')

const [flight, onward] = itinerary.legs as [Leg, Leg]
const chisinau = { name: 'Chișinău', country: 'MD', zone: 'Europe/Chisinau' } as const
const journey = (...legs: Leg[]): { travel: Itinerary } => ({ travel: { ...itinerary, legs } })

const found = async (
  command: CommandName,
  body: Readonly<Record<string, unknown>>,
  circumstances: Partial<Parameters<typeof findingsIn>[3]> = {},
) =>
  (await findingsIn(command, 'iom', body, { now, ...circumstances })).map(({ check, fields }) => [
    check,
    ...fields,
  ])

describe.each(['plan-travel', 'change-travel'] as const)('%s', (command) => {
  test('given two legs, one after the other, then there is nothing to ask', async () => {
    expect(await found(command, { travel: itinerary })).toEqual([])
  })

  test.each<[string, { travel: Itinerary }, (string | undefined)[]]>([
    [
      'a leg that arrives before it departs',
      journey({ ...flight, arrives: '2026-12-05T10:20' }, onward),
      ['arrives-before-it-departs', 'travel.legs.0.arrives', 'travel.legs.0.departs'],
    ],
    [
      'the same minute on two clocks of one hour',
      journey(
        { ...flight, from: { ...flight.from, zone: 'Europe/Bucharest' }, departs: flight.arrives },
        onward,
      ),
      ['arrives-before-it-departs', 'travel.legs.0.arrives', 'travel.legs.0.departs'],
    ],
    [
      'a bus that leaves before the plane lands in one town',
      journey(flight, { ...onward, mode: 'road', departs: '2026-12-05T11:50' }),
      ['departs-before-the-leg-before-arrives', 'travel.legs.1.departs', 'travel.legs.0.arrives'],
    ],
    [
      'legs in the wrong order',
      journey({ ...onward, to: flight.from }, { ...flight, to: chisinau }),
      ['departs-before-the-leg-before-arrives', 'travel.legs.1.departs', 'travel.legs.0.arrives'],
    ],
    [
      'a journey that never reaches Moldova',
      journey(flight),
      ['never-reaches-moldova', 'travel.legs.0.to.country'],
    ],
    [
      'a journey of last year',
      journey({ ...flight, departs: '2025-12-05T11:30', arrives: '2025-12-05T12:00', to: chisinau }),
      ['in-the-past', 'travel.legs.0.departs'],
    ],
    [
      'a journey in 1950',
      journey({ ...flight, departs: '1950-12-05T11:30', arrives: '1950-12-05T12:00', to: chisinau }),
      ['too-early', 'travel.legs.0.departs'],
    ],
    [
      'a journey in 2062',
      journey({ ...flight, departs: '2062-12-05T11:30', arrives: '2062-12-05T12:00', to: chisinau }),
      ['too-far-ahead', 'travel.legs.0.departs'],
    ],
  ])('given %s, then it is refused with its fields', async (_, body, expected) => {
    expect(await found(command, body)).toContainEqual(expected)
    const refused: unknown = await requireChecked(command, 'iom', body, { now }).catch((error) => error)
    if (!isRefusal(refused)) throw refused
    expect(refused.code).toBe('bad-input')
    expect(refused.detail.fields).toEqual(expect.arrayContaining(expected.slice(1)))
  })

  test.each<[string, { travel: Itinerary }, (string | undefined)[]]>([
    [
      'ten minutes to change',
      journey(flight, { ...onward, departs: '2026-12-05T12:10' }),
      ['short-connection', 'travel.legs.1.departs', 'travel.legs.0.arrives'],
    ],
    [
      'a leg from another town',
      journey(flight, { ...onward, from: { ...onward.from, name: 'Cluj' } }),
      ['departs-elsewhere', 'travel.legs.1.from.name', 'travel.legs.0.to.name'],
    ],
    [
      'a flight of two days',
      journey(flight, { ...onward, arrives: '2026-12-07T16:10' }),
      ['long-leg', 'travel.legs.1.arrives', 'travel.legs.1.departs'],
    ],
    [
      'the airport for a bus',
      journey(flight, { ...onward, mode: 'road' }),
      ['point-of-another-way', 'travel.arrivesAt'],
    ],
    [
      'a journey of last week',
      journey({ ...flight, departs: '2026-11-20T11:30', arrives: '2026-11-20T12:30', to: chisinau }),
      ['already-over', 'travel.legs.0.departs'],
    ],
    [
      'a journey in a year',
      journey({ ...flight, departs: '2027-11-05T11:30', arrives: '2027-11-05T12:30', to: chisinau }),
      ['far-ahead', 'travel.legs.0.departs'],
    ],
    [
      'a journey from Moldova',
      journey({ ...onward, from: chisinau, to: chisinau }),
      ['begins-in-moldova', 'travel.legs.0.from.country'],
    ],
  ])('given %s, then it is asked back, and a reason answers for it', async (_, body, expected) => {
    expect(await found(command, body)).toContainEqual(expected)
    const overrides = [{ field: expected[1] ?? '', reason: 'as-reported' as const }]
    expect(await found(command, { travel: { ...body.travel, overrides } })).not.toContainEqual(expected)
  })

  test('names of one town are compared as people write them', async () => {
    const legs = [{ ...flight, to: { ...flight.to, name: 'otopeni ' } }, onward]
    expect(await found(command, { travel: { ...itinerary, legs } })).toEqual([])
  })
})

test('given a journey that has begun, when it is changed, then its first leg may lie in the past', async () => {
  const body = journey({ ...flight, departs: '2026-11-27T11:30', arrives: '2026-11-27T12:00' }, onward)
  expect(await found('change-travel', body, { travelling: true })).toEqual([])
  expect(await found('change-travel', body)).toEqual([['already-over', 'travel.legs.0.departs']])
})

test('given an itinerary of two legs, then nobody departs on a third, books it or tells of it', async () => {
  const before = new Map<string, unknown>([['travel/itinerary', itinerary]])
  const report = { case: { happened: happened('2026-11-27') } }
  expect(await found('depart', { ...report, travel: { leg: 2, seenOff: true } }, { before })).toEqual([
    ['no-such-leg', 'travel.leg'],
  ])
  expect(await found('report-way', { ...report, travel: { leg: 2 } }, { before })).toEqual([
    ['no-such-leg', 'travel.leg'],
  ])
  const bookings = [
    { leg: 0, reference: 'A1' },
    { leg: 2, reference: 'A2' },
  ]
  expect(await found('confirm-travel', { travel: { bookings } }, { before })).toEqual([
    ['no-such-leg', 'travel.bookings.1.leg'],
  ])
})

test('given new times of a leg, then it still arrives after it departs', async () => {
  const before = new Map<string, unknown>([['travel/itinerary', itinerary]])
  const leg = { leg: 1, departs: '2026-12-06T15:00', arrives: '2026-12-06T14:10' }
  const body = {
    ...bodies['report-way'],
    case: { happened: happened('2026-11-27'), what: 'delayed' },
    travel: leg,
  }
  expect(await found('report-way', body, { before })).toEqual([
    ['arrives-before-it-departs', 'travel.arrives', 'travel.departs'],
  ])
})

describe('a fact against those that stand', () => {
  const departed = new Map<string, unknown>([['case/departure', { happened: happened('2026-11-27T11:40') }]])
  const arrived = new Map<string, unknown>([['case/arrival', { happened: happened('2026-11-26') }]])

  test.each(['arrive', 'refer-home', 'admit', 'hand-over'] as const)(
    'given a departure, when %s tells of an earlier day, then it is asked back',
    async (command) => {
      const report = { case: { happened: happened('2026-11-25') } }
      expect(await found(command, report, { before: departed })).toEqual([
        ['before-the-departure', 'case.happened.at'],
      ])
      const overrides = [{ field: 'case.happened.at', reason: 'as-reported' }]
      expect(await found(command, { case: { ...report.case, overrides } }, { before: departed })).toEqual([])
      const after = { case: { happened: happened('2026-11-27T15:00') } }
      expect(await found(command, after, { before: departed })).toEqual([])
    },
  )

  test('given an arrival, when a later departure is told, then it is asked back', async () => {
    const report = { case: { happened: happened('2026-11-27') } }
    expect(await found('depart', report, { before: arrived })).toEqual([
      ['before-the-departure', 'case.happened.at'],
    ])
  })
})
