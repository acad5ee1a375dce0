import { describe, expect, test } from 'vitest'
import type { SlotContent } from '../../../../schemas/sections/sections.ts'
import {
  centre,
  type Document,
  everyone,
  type Filing,
  filingWith,
  type Itinerary,
  iom,
  istanbul,
  itinerary,
  legAlone,
  officialRequest,
  oneLeg,
  passport,
  sample,
  titlu,
  withLegs,
} from '../../../parts/bodies.ts'
import { closed, type DomainReturn, filed, give, upTo } from '../../../parts/domain-return.ts'

/** Planned, with a place that is held beyond every journey of these tests. */
const heldLong = (made: DomainReturn) =>
  give(upTo('plan-travel', made), { name: 'hold-place', by: centre, body: { until: '2036-12-31' } })
const planned = heldLong(filed())

describe('confirm-travel: the document is valid on every day of the journey, by the calendar of Chișinău', () => {
  const journeys: [document: Document, journey: Itinerary, valid: boolean][] = [
    // A titlu approved on 25 November is good until 25 December.
    [titlu('2026-11-25'), oneLeg('2026-12-25T10:00', '2026-12-25T12:00'), true],
    [titlu('2026-11-25'), oneLeg('2026-12-26T10:00', '2026-12-26T12:00'), false],
    [titlu('2026-11-25'), oneLeg('2026-12-25T22:00', '2026-12-26T00:10'), false],
    [titlu('2026-11-25'), oneLeg('2026-11-25T10:00', '2026-11-25T12:00'), true],
    [titlu('2026-11-25'), oneLeg('2026-11-24T23:30', '2026-11-25T01:00'), false],
    // A last evening in Lisbon is already the next day in Chișinău, and a first night in Istanbul still the day before.
    [titlu('2026-11-25'), oneLeg('2026-12-25T21:30', '2026-12-25T23:50', 'Europe/Lisbon'), true],
    [titlu('2026-11-25'), oneLeg('2026-12-25T22:30', '2026-12-26T05:00', 'Europe/Lisbon'), false],
    [titlu('2026-11-25'), oneLeg('2026-11-25T00:30', '2026-11-25T02:00'), false],
    [titlu('2026-11-25'), oneLeg('2026-11-25T01:30', '2026-11-25T03:00'), true],
    // Over the days on which clocks change: 30 days are 30 days, not 720 hours.
    [titlu('2026-03-01'), oneLeg('2026-03-31T23:30', '2026-03-31T23:59', 'Europe/Chisinau'), true],
    [titlu('2026-03-01'), oneLeg('2026-04-01T00:00', '2026-04-01T01:00', 'Europe/Chisinau'), false],
    [titlu('2026-09-25'), oneLeg('2026-10-25T23:30', '2026-10-25T23:59', 'Europe/Chisinau'), true],
    [titlu('2026-09-25'), oneLeg('2026-10-26T00:00', '2026-10-26T01:00', 'Europe/Chisinau'), false],
    // One leg that is out of it closes the gate, whichever it is.
    [
      titlu('2026-11-25'),
      withLegs([{}, { departs: '2026-12-26T10:00', arrives: '2026-12-26T12:00' }]),
      false,
    ],
    [titlu('2026-11-25'), withLegs([{ departs: '2026-11-20T10:00' }, {}]), false],
    [passport('2026-12-05'), itinerary, true],
    [passport('2026-12-04'), itinerary, false],
    [passport('2026-12-05'), oneLeg('2026-12-05T23:00', '2026-12-06T00:30'), false],
    [passport('2036-01-01'), oneLeg('2020-01-01T10:00', '2020-01-01T12:00'), true],
  ]

  test.each(journeys)('the gate for %j on %j', (identity, travel, valid) => {
    const issued = give(planned, { name: 'issue-document', by: istanbul, body: { identity } })
    const made = give(issued, { name: 'change-travel', by: iom, body: { travel } })
    expect(closed(made, 'confirm-travel', iom)).toEqual(valid ? [] : ['document-valid'])
  })

  test('the document that was issued last is the one that counts', () => {
    const renewed = give(planned, {
      name: 'issue-document',
      by: istanbul,
      body: { identity: titlu('2026-10-01') },
    })
    expect(closed(renewed, 'confirm-travel', iom)).toEqual(['document-valid'])
  })
})

describe('confirm-travel: a physician has to agree, where the needs ask for one', () => {
  type Fitness = SlotContent<'care', 'fitness'>
  const asked = (filing: Filing): Filing => ({ ...filing, care: { ...filing.care, fitnessCheck: true } })
  const examined = (at: string, zone = 'Europe/Istanbul', fit = true): Fitness => ({
    examined: { at, zone, known: 'exactly', reportedBy: 'partner' },
    fit,
  })
  const noted = (made: DomainReturn, care: Fitness) =>
    give(made, { name: 'amend', by: iom, body: { slot: 'fitness', care } })

  // She leaves on 5 December at 11:30 in Istanbul, which is 8:30 UTC.
  const checks: [at: Fitness, open: boolean][] = [
    [examined('2026-12-04T09:00'), true],
    [examined('2026-12-02T11:30'), true],
    [examined('2026-12-02T11:29'), false],
    [examined('2026-12-02T10:30', 'Europe/Chisinau'), true],
    [examined('2026-12-02T10:29', 'Europe/Chisinau'), false],
    [examined('2026-12-03'), true],
    [examined('2026-12-02'), false],
    [examined('2026-12-05'), true],
    [examined('2026-12-05T11:31'), false],
    [examined('2026-12-04T09:00', 'Europe/Istanbul', false), false],
  ]
  const made = heldLong(filed(asked(sample)))

  test('the gate is closed while no physician has said anything', () => {
    expect(closed(made, 'confirm-travel', iom)).toEqual(['fit-to-travel'])
  })

  test.each(checks)('the gate follows %j', (care, open) => {
    expect(closed(noted(made, care), 'confirm-travel', iom)).toEqual(open ? [] : ['fit-to-travel'])
  })

  test('a physician who says no is heard even where nobody asked', () => {
    const unfit = noted(planned, examined('2026-12-04T09:00', 'Europe/Istanbul', false))
    expect(closed(unfit, 'confirm-travel', iom)).toEqual(['fit-to-travel'])
    const fit = noted(unfit, examined('2026-12-04T15:00'))
    expect(closed(fit, 'confirm-travel', iom)).toEqual([])
  })

  test('an examination in the week of the clock change is measured in hours', () => {
    const travel = oneLeg('2027-03-29T09:00', '2027-03-29T12:00', 'Europe/Chisinau')
    const issued = give(made, {
      name: 'issue-document',
      by: istanbul,
      body: { identity: passport('2030-01-01') },
    })
    const later = give(issued, { name: 'change-travel', by: iom, body: { travel } })
    const open = (at: string) => closed(noted(later, examined(at, 'Europe/Chisinau')), 'confirm-travel', iom)
    expect(open('2027-03-26T08:00')).toEqual([])
    expect(open('2027-03-26T07:59')).toEqual(['fit-to-travel'])
  })
})

describe('confirm-travel: a child has a companion on every leg', () => {
  type RequestPart = Pick<SlotContent<'case', 'request'>, 'category' | 'ageBand'>
  const births: Record<string, string> = {
    '0-5': '2023-01-01',
    '6-11': '2017-01-01',
    '12-15': '2012-01-01',
    '16-17': '2010-01-01',
    '18-24': '2008-01-01',
    '25-34': '1999-01-01',
    '65+': '1950-01-01',
    'not-known': '2012-01-01',
  }
  const plannedFor = (request: RequestPart) => {
    const filing = filed({
      ...filingWith(everyone, request),
      identity: { ...sample.identity, birth: { on: births[request.ageBand ?? 'not-known'] ?? '' } },
    })
    const body = { slot: 'official-request', case: officialRequest }
    return heldLong(give(filing, { name: 'amend', by: istanbul, body }))
  }
  /** What else a child needs is on record: this is about the companion. */
  const protectedChild = {
    travelsWith: 'companion',
    authorityDecision: { number: 'DAT 12', on: '2026-11-28' },
    bestInterests: '2026-11-28',
    viewHeard: '2026-11-27',
    otherParentPermission: 'not-needed',
  }
  const closedOn = (made: DomainReturn, travel: Itinerary) => {
    const assessed = give(made, { name: 'assess-child', by: iom, body: { protection: protectedChild } })
    return closed(give(assessed, { name: 'change-travel', by: iom, body: { travel } }), 'confirm-travel', iom)
  }
  const alone: Itinerary = { ...itinerary, legs: [legAlone] }

  test.each<[category: RequestPart['category'], ageBand: RequestPart['ageBand'], child: boolean]>([
    ['unaccompanied-child', '12-15', true],
    ['unaccompanied-child', 'not-known', true],
    // The birth says what the age band does not.
    ['victim', 'not-known', true],
    ['victim', '0-5', true],
    ['victim', '6-11', true],
    ['potential-victim', '12-15', true],
    ['victim', '16-17', true],
    ['victim', '18-24', false],
    ['person-in-difficulty', '25-34', false],
    ['person-in-difficulty', '65+', false],
  ])('the gate for %s of age %s: a child is %s', (category, ageBand, child) => {
    const made = plannedFor({ category, ageBand })
    expect(closedOn(made, alone)).toEqual(child ? ['companion'] : [])
    expect(closedOn(made, itinerary)).toEqual([])
  })

  const made = plannedFor({ category: 'victim', ageBand: '12-15' })
  const [firstLeg] = itinerary.legs

  test('a leg without a companion closes the gate, whichever it is', () => {
    for (const legs of [
      [...itinerary.legs.slice(0, 1), legAlone],
      [legAlone, ...itinerary.legs.slice(0, 1)],
    ])
      expect(closedOn(made, { ...itinerary, legs })).toEqual(['companion'])
  })

  test.each(['social', 'medical', 'operational', 'parent'] as const)('a %s companion is one', (kind) => {
    const companion = { kind, name: 'Escorta Exemplu' }
    const legs = firstLeg ? [{ ...firstLeg, companion }] : []
    expect(closedOn(made, { ...itinerary, legs })).toEqual([])
  })
})
