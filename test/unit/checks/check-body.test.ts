import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requireChecked } from '../../../functions/checks/check-body.ts'
import { isIdnp } from '../../../functions/checks/idnp.ts'
import type { CommandName } from '../../../schemas/commands/commands.ts'
import { type SlotContent, sections } from '../../../schemas/sections/sections.ts'
import { alarm } from '../../parts/alarm.ts'
import { itinerary, legAlone, sample } from '../../parts/bodies.ts'
import { leavesOf } from '../../parts/schema-walk.ts'
import { telltaleFiling } from '../../parts/telltale.ts'

type Person = SlotContent<'identity', 'person'>
type Zone = readonly string[]

const born = { on: '1974-08-12' }
/** The specimen of ICAO 9303 part 4, of Moldova: a passport's two lines of 44. */
const zone: Zone = [
  'P<MDAERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36MDA7408122F3204153ZE184226B<<<<<16',
]
const withZone = (mrz: Zone, number = 'L898902C3', birth: Person['birth'] = born): Person => ({
  ...sample.identity,
  birth,
  documents: [{ type: 'passport', number, country: 'MD', mrz: [...mrz] }],
})
const withPhone = (phone: string): SlotContent<'contacts', 'family'> => ({
  ...sample.contacts,
  persons: [
    { name: 'Mama Exemplu', relation: 'parent', mayContact: false },
    { name: 'Sora Exemplu', relation: 'sibling', phone, mayContact: false },
  ],
})
const now = Date.parse('2026-11-21T10:00:00.000Z')
const requireIn = (command: CommandName, body: Readonly<Record<string, unknown>>, kind = 'mission') =>
  requireChecked(command, kind, body, { now })
/** The age band follows from the birth: nobody sends it. */
const { ageBand: _, ...request } = sample.case
const file = (body: object) => requireIn('file', { ...sample, case: request, ...body })
const warnings = async (body: object) =>
  file(body).then(
    () => [],
    (error: { code: string; detail: { fields: string[] } }) => [error.code, ...error.detail.fields],
  )

describe('an IDNP', () => {
  test.each([
    ['2000000000004', true],
    ['2009999999991', true],
    ['0000000000000', true],
    ['2000000000005', false],
    ['1000000000007', false],
    ['200000000000', false],
    ['20000000000040', false],
    ['200000000000a', false],
    ['', false],
  ])('%s: %s', (number, holds) => expect(isIdnp(number)).toBe(holds))

  test('one wrong digit is always seen', () => {
    const digit = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(
        fc.array(digit, { minLength: 11, maxLength: 11 }),
        fc.nat(11),
        digit,
        (middle, at, wrong) => {
          const start = `2${middle.join('')}`
          const whole = [...'0123456789'].map((last) => start + last).find(isIdnp) ?? ''
          const broken = whole.slice(0, at + 1) + wrong + whole.slice(at + 2)
          expect(isIdnp(broken)).toBe(broken === whole)
        },
      ),
    )
  })
})

test.each<[string, object, string[]]>([
  ['the sample', {}, []],
  ['the telltale', telltaleFiling, []],
  [
    'an IDNP whose check digit fails',
    { identity: { ...sample.identity, idnp: '2000000000005' } },
    ['identity.idnp'],
  ],
  ['no IDNP', { identity: { ...sample.identity, idnp: undefined } }, []],
  ['a zone that holds', { identity: withZone(zone) }, []],
  ['its number with a space', { identity: withZone(zone, 'L898 902-C3') }, []],
  ['a birth of which the year alone is known', { identity: withZone(zone, 'L898902C3', { year: 1974 }) }, []],
  [
    'a check digit of the zone that fails',
    { identity: withZone([zone[0] ?? '', (zone[1] ?? '').replace('740812', '740813')]) },
    ['identity.documents.0.mrz'],
  ],
  [
    'lines of no form',
    { identity: withZone(zone.map((line) => line.slice(0, 40))) },
    ['identity.documents.0.mrz'],
  ],
  [
    'another number than in the zone',
    { identity: withZone(zone, 'L898902C4') },
    ['identity.documents.0.mrz'],
  ],
  [
    'another birth than in the zone',
    { identity: withZone(zone, 'L898902C3', { on: '1975-08-12' }) },
    ['identity.documents.0.mrz'],
  ],
  ['a phone of the right length', { contacts: withPhone('+37369000000') }, []],
  [
    'a phone that is too short for its country',
    { contacts: withPhone('+3736900000') },
    ['contacts.persons.1.phone'],
  ],
  ['a phone of no country', { contacts: withPhone('+999123456789') }, ['contacts.persons.1.phone']],
  [
    'all at once',
    { identity: { ...withZone(zone, 'X1'), idnp: '2000000000005' }, contacts: withPhone('+3736900000') },
    ['identity.idnp', 'identity.documents.0.mrz', 'contacts.persons.1.phone'],
  ],
])('%s', async (_, body, fields) => {
  expect(await warnings(body)).toEqual(fields.length > 0 ? ['check-failed', ...fields] : [])
})

describe('an override', () => {
  const wrong = { ...sample.identity, idnp: '2000000000005' }
  const answers = (field: string) => [{ field, reason: 'as-on-paper' }] as const

  test('answers for the field that it names, and for no other', async () => {
    expect(await warnings({ identity: { ...wrong, overrides: answers('identity.idnp') } })).toEqual([])
    expect(
      await warnings({ identity: { ...wrong, overrides: answers('identity.documents.0.mrz') } }),
    ).toEqual(['check-failed', 'identity.idnp'])
  })

  test('stands in the section of what it answers for', async () => {
    const contacts = { ...sample.contacts, overrides: answers('identity.idnp') }
    expect(await warnings({ identity: wrong, contacts })).toEqual(['check-failed', 'identity.idnp'])
    const phone = withPhone('+3736900000')
    expect(
      await warnings({ contacts: { ...phone, overrides: answers('contacts.persons.1.phone') } }),
    ).toEqual([])
  })
})

describe('the number that an alert calls back', () => {
  const raise = (contacts: object) => requireIn('alert', { ...alarm, contacts })
  const { contacts } = alarm
  const wrong = { ...contacts, phone: '+3736900000' }

  test('has a right length, or is not known, or has a reason', async () => {
    await raise({ ...contacts, phone: '+37369000000' })
    await raise({ safeWay: contacts.safeWay })
    await raise({ ...wrong, overrides: [{ field: 'contacts.phone', reason: 'as-reported' }] })
  })

  test('gets a warning where it is no number: it may be the only way to reach her', async () => {
    const input = { code: 'check-failed', detail: { fields: ['contacts.phone'] } }
    await expect(raise(wrong)).rejects.toMatchObject(input)
    const elsewhere = [{ field: 'contacts.persons.0.phone', reason: 'as-reported' }]
    await expect(raise({ ...wrong, overrides: elsewhere })).rejects.toMatchObject(input)
  })
})

describe.each(['plan-travel', 'change-travel'] as const)('the companion of a journey, by %s', (command) => {
  const legs = (phone?: string) => [
    ...itinerary.legs.slice(0, 1),
    { ...legAlone, companion: { kind: 'social', name: 'Escorta Exemplu', ...(phone ? { phone } : {}) } },
  ]
  const travel = (phone?: string, more = {}) => ({ travel: { ...itinerary, legs: legs(phone), ...more } })
  const field = 'travel.legs.1.companion.phone'

  test('has a phone of a right length, or none, or a reason', async () => {
    await requireIn(command, travel())
    await requireIn(command, travel('+37369000000'))
    await requireIn(command, travel('+3736900000', { overrides: [{ field, reason: 'as-reported' }] }))
  })

  test('gets a warning where the phone is no number: at 02:30 it is the only contact', async () => {
    await expect(requireIn(command, travel('+3736900000'))).rejects.toMatchObject({
      code: 'check-failed',
      detail: { fields: [field] },
    })
  })
})

test('every section with a phone, an IDNP or a machine-readable zone is checked', () => {
  const doubted = Object.entries(sections).flatMap(([cls, slots]) =>
    Object.entries(slots).flatMap(([slot, content]) =>
      leavesOf(content).some(({ path }) => path.some((key) => ['phone', 'idnp', 'mrz'].includes(key)))
        ? [`${cls}/${slot}`]
        : [],
    ),
  )
  expect(doubted).toEqual(['identity/person', 'contacts/callback', 'contacts/family', 'travel/itinerary'])
})

test('an amendment is checked too, and no other command is', async () => {
  const identity = { ...sample.identity, idnp: '2000000000005' }
  await expect(requireIn('amend', { slot: 'person', identity })).rejects.toMatchObject({
    code: 'check-failed',
    detail: { fields: ['identity.idnp'] },
  })
  await requireIn('confirm-identity', { identity })
})

test('a refusal names fields, and no value', async () => {
  const error: unknown = await file({ identity: { ...sample.identity, idnp: '2000000000005' } }).catch(
    (e) => e,
  )
  expect(JSON.stringify(error) + String(error)).not.toContain('2000000000005')
})
