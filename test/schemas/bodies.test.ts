import { describe, expect, test } from 'vitest'
import { amendable, amendableSlots, amendments, bodyOf, requestBody } from '../../schemas/bodies.ts'
import { dataClasses, type SectionClass } from '../../schemas/classes.ts'
import { commands } from '../../schemas/commands.ts'
import { addressedKinds, partyKindNames } from '../../schemas/parties.ts'
import { contentOf } from '../../schemas/sections.ts'
import { bodies, itinerary, sample } from '../parts/bodies.ts'

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
  const told = bodies.depart.case
  const body = { ...bodies.depart, case: { ...(told instanceof Object ? told : {}), asPlanned: true } }
  expect(bodyOf('depart', 'iom').safeParse(body).success).toBe(false)
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
        expect([kind, amendments(kind).some((one) => one.cls === cls && one.slot === slot)]).toEqual([
          kind,
          kinds.includes(kind),
        ])
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
    ['iom', 'person', 'the identity is for the mission to put right'],
  ])('%s does not amend %s: %s', (kind, slot) => {
    expect(amendments(kind).map((one) => one.slot)).not.toContain(slot)
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
    expect(bodyOf('amend', 'centre').safeParse({ slot: 'person', identity: sample.identity }).success).toBe(
      false,
    )
  })
})
