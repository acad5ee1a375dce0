import { describe, expect, test } from 'vitest'
import { amendable, amendableSlots, amendments } from '../../../schemas/commands/amend.ts'
import { bodyOf, requestBody } from '../../../schemas/commands/bodies.ts'
import { commands } from '../../../schemas/commands/commands.ts'
import { contentOf } from '../../../schemas/sections/sections.ts'
import { dataClasses, type SectionClass } from '../../../schemas/values/classes.ts'
import { addressedKinds, partyKindNames } from '../../../schemas/values/parties.ts'
import { bodies, colleague, itinerary, sample } from '../../parts/bodies.ts'

test('a request of no person, of too many, or with another key is refused', () => {
  const persons = (count: number) => Array.from({ length: count }, () => sample)
  for (const [count, good] of [
    [0, false],
    [1, true],
    [50, true],
    [51, false],
  ] as const)
    expect([count, requestBody.safeParse({ persons: persons(count) }).success]).toEqual([count, good])
  expect(requestBody.safeParse({ persons: persons(1), note: 'x' }).success).toBe(false)
  expect(requestBody.safeParse({ persons: [{ ...sample, travel: {} }] }).success).toBe(false)
})

test('one recipient has one basis', () => {
  const { agreement } = sample.case
  const [first] = agreement.recipients
  const twice = { ...agreement, recipients: [...agreement.recipients, first] }
  const body = { persons: [{ ...sample, case: { ...sample.case, agreement: twice } }] }
  expect(requestBody.safeParse(body).success).toBe(false)
})

test('a derived word of a fact is not taken from a body', () => {
  const departure = bodies.depart.case
  const body = {
    ...bodies.depart,
    case: { ...(departure instanceof Object ? departure : {}), asPlanned: true },
  }
  expect(bodyOf('depart', 'iom').safeParse(body).success).toBe(false)
})

test('the airport is RMO by its old code too, as a paper or a ticket may still say it', () => {
  const arrival = bodyOf('arrive', 'centre')
  const arrivalAt = (point: string) => ({ ...bodies.arrive, case: { ...Object(bodies.arrive.case), point } })
  for (const point of ['RMO', 'KIV'])
    expect(arrival.parse(arrivalAt(point))).toMatchObject({ case: { point: 'RMO' } })
  expect(arrival.safeParse(arrivalAt('LUKK')).success).toBe(false)
  const plan = { travel: { ...itinerary, arrivesAt: 'KIV' } }
  expect(bodyOf('plan-travel', 'iom').parse(plan)).toMatchObject({ travel: { arrivesAt: 'RMO' } })
})

test.each([
  ['both', undefined, true],
  ['both', 'PV 7/2026', true],
  ['one', 'PV 7/2026', true],
  ['one', undefined, false],
])('a hand-over of which %s side has an account, with the paper %s, is taken: %s', (sides, paper, good) => {
  const body = { case: { ...Object(bodies['hand-over'].case), place: 'Leușeni', sides, paper } }
  expect(bodyOf('hand-over', 'centre').safeParse(body).success).toBe(good)
})

test.each([
  [['0000000000000001'], true],
  [['0000000000000001', '0000000000000002'], true],
  [[], false],
  [['0000000000000001', '0000000000000001'], false],
  [['0000000000000001', 'x'], false],
])('strikes %j are taken: %s', (strikes, good) => {
  expect(bodyOf('strike', 'mission').safeParse({ strikes }).success).toBe(good)
})

test.each([
  ['social', true],
  ['parent', true],
  ['friend', false],
])('a leg has a companion of the kind %s: %s', (kind, good) => {
  const [leg] = itinerary.legs
  const legs = [{ ...leg, companion: { kind, name: 'Escorta Exemplu' } }]
  const body = { travel: { ...itinerary, legs } }
  expect(bodyOf('plan-travel', 'iom').safeParse(body).success).toBe(good)
})

describe('fund', () => {
  const line = { cost: 'ticket', amount: 31_900, currency: 'EUR' }
  const funding = (lines: unknown[], source = 'state-budget') => ({ decision: { source, lines } })

  test.each([
    [{}, true],
    [{ amount: 1 }, true],
    [{ amount: 1_000_000_000 }, true],
    [{ currency: 'MDL' }, true],
    [{ amount: 0 }, false],
    [{ amount: -1 }, false],
    [{ amount: 319.5 }, false],
    [{ amount: '31900' }, false],
    [{ amount: Number.MAX_SAFE_INTEGER }, false],
    [{ currency: 'eur' }, true],
    [{ currency: 'EUX' }, false],
    [{ currency: 'EURO' }, false],
    [{ currency: '€' }, false],
    [{ currency: '' }, false],
    [{ cost: 'hotel' }, false],
    [{ note: 'cash' }, false],
  ])('a line with %j, in hundredths of a currency of three letters: %s', (change, good) => {
    for (const kind of ['ministry', 'iom'])
      expect(bodyOf('fund', kind).safeParse(funding([{ ...line, ...change }])).success).toBe(good)
  })

  test('what HG 948 pt 18¹ pays for has a line of its own, and so has a journey', () => {
    const costs = ['food', 'clothing', 'footwear', 'medicine', 'ticket', 'document', 'companion']
    for (const cost of [...costs, 'local-transport'])
      expect([cost, bodyOf('fund', 'ministry').safeParse(funding([{ ...line, cost }])).success]).toEqual([
        cost,
        true,
      ])
  })

  test('there is a line at least, and a source', () => {
    const form = bodyOf('fund', 'ministry')
    expect(form.safeParse(funding([])).success).toBe(false)
    expect(form.safeParse(funding([line], 'a-friend')).success).toBe(false)
    expect(form.safeParse(funding(Array.from({ length: 21 }, () => line))).success).toBe(false)
  })
})

test.each(['approve', 'refuse', 'hold'] as const)('the ministry gives a reason to %s', (name) => {
  const form = bodyOf(name, 'ministry')
  expect(form.safeParse({ decision: { reason: 'Made up.' } }).success).toBe(true)
  for (const decision of [undefined, {}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(2001) }])
    expect(form.safeParse({ decision }).success).toBe(false)
})

test.each([
  [colleague, true],
  ['Maria', false],
  ['maria.exemplescu@example.com', false],
  ['TR', false],
  ['2026-12-05', false],
  [colleague.toUpperCase().replace('0', 'G'), false],
])('a return is handed to %s, by the id of sign-in and no name: %s', (user, good) => {
  expect(bodyOf('assign', 'iom').safeParse({ user }).success).toBe(good)
})

test.each([
  [{ note: { text: 'Call again.' } }, true],
  [{ note: { text: 'Call again.' }, next: '2026-11-24' }, true],
  [{ note: { text: '' } }, false],
  [{ next: '2026-11-24' }, false],
  [{ note: { text: 'Call again.' }, next: 'tomorrow' }, false],
])('a note %j is taken: %s', (body, good) => {
  expect(bodyOf('note', 'centre').safeParse(body).success).toBe(good)
})

describe('amend', () => {
  const table = Object.entries(amendable).flatMap(([cls, slots]) =>
    Object.entries(slots).map(([slot, kinds]) => [cls as SectionClass, slot, kinds] as const),
  )

  test.each(table)(
    '%s/%s is there, and is amended by %j, each of whom may write the class',
    (cls, slot, kinds) => {
      expect(contentOf(cls, slot)).toBeDefined()
      expect(kinds.length).toBeGreaterThan(0)
      expect(new Set(kinds).size).toBe(kinds.length)
      expect(dataClasses[cls].writers).toEqual(expect.arrayContaining([...kinds]))
      expect(amendableSlots).toContain(slot)
      for (const kind of addressedKinds)
        expect([
          kind,
          amendments(kind).some((amendment) => amendment.cls === cls && amendment.slot === slot),
        ]).toEqual([kind, kinds.includes(kind)])
    },
  )

  test('is for the kinds that have something to amend, and no other', () => {
    const able = partyKindNames.filter((kind) => amendments(kind).length > 0)
    expect(able).toEqual(commands.amend.owners)
  })

  test.each([
    ['mission', 'risk', 'a risk is assessed by IOM'],
    ['mission', 'condition', 'the condition is of who met her'],
    ['mission', 'intake', 'the intake is of who received her'],
    ['centre', 'fitness', 'the Centre meets her after the journey'],
    ['iom', 'check', 'the identity is checked by a mission'],
  ])('%s does not amend %s: %s', (kind, slot) => {
    expect(amendments(kind).map((amendment) => amendment.slot)).not.toContain(slot)
  })

  test('no slot that can be amended is of two classes: its event tells the slot alone', () => {
    const all = addressedKinds.flatMap(amendments)
    const classOf = new Map(all.map(({ cls, slot }) => [slot, cls]))
    for (const { cls, slot } of all) expect([slot, classOf.get(slot)]).toEqual([slot, cls])
  })

  test('a label, a journey, an itinerary, talk and what facts told are not amended', () => {
    const slots = addressedKinds.flatMap(amendments).map(({ slot }) => slot)
    for (const slot of [
      'label',
      'journey',
      'itinerary',
      'question',
      'departure',
      'arrival',
      'withdrawal',
      'stay',
    ])
      expect(slots).not.toContain(slot)
  })

  test('the section is of the slot that is named, and one', () => {
    const form = bodyOf('amend', 'mission')
    expect(form.safeParse({ slot: 'family', contacts: sample.contacts }).success).toBe(true)
    expect(form.safeParse({ slot: 'person', contacts: sample.contacts }).success).toBe(false)
    expect(form.safeParse({ slot: 'family', contacts: sample.contacts, case: sample.case }).success).toBe(
      false,
    )
    expect(form.safeParse({ slot: 'family' }).success).toBe(false)
    const check = { method: 'interview', on: '2026-11-22' }
    expect(form.safeParse({ slot: 'check', identity: check }).success).toBe(true)
    expect(bodyOf('amend', 'centre').safeParse({ slot: 'check', identity: check }).success).toBe(false)
  })
})
