import * as z from 'zod/mini'
import { ageBand, arrivalPoint, country, language } from '../values/codes.ts'
import {
  day,
  documentNumber,
  idnp,
  name,
  paperNumber,
  phone,
  placeName,
  text,
  zoneLine,
} from '../values/texts.ts'
import { listOf, overrides, remarks, report } from './parts.ts'

const document = z.strictObject({
  type: z.enum(['passport', 'identity-card', 'birth-certificate', 'residence-permit', 'other']),
  number: documentNumber,
  country,
  expiresOn: z.optional(day),
  /** The lines of the machine-readable zone (ICAO 9303): two of 36 or 44, or three of 30. */
  mrz: z.optional(listOf(zoneLine, 3).check(z.minLength(2))),
})

/** Whether an object has an answer to one of these fields. */
const hasOneOf =
  (...fields: readonly string[]) =>
  (all: object) =>
    fields.some((field) => Object.hasOwn(all, field) && Reflect.get(all, field) !== undefined)

/**
 * The names of a person: whatever of them is known. `second`: a patronymic or second name. Halves of a double surname stand
 * in `family`. A newborn may have no name yet.
 */
export const personName = z.union([
  z
    .strictObject({ family: z.optional(name()), given: z.optional(name()), second: z.optional(name()) })
    .check(z.refine(hasOneOf('family', 'given'), { path: ['family'], error: 'name-missing' })),
  z.enum(['no-name-yet', 'not-known']),
])
export type Name = z.infer<typeof personName>

/** The names that somebody has, in the order in which they are said. */
export function partsOfName(name: Name): string[] {
  if (typeof name === 'string') return []
  return [name.given, name.second, name.family].flatMap((part) => part ?? [])
}

/** The names in one line; nothing where none is known. */
export function fullName(name: Name | undefined): string | undefined {
  const names = name === undefined ? [] : partsOfName(name)
  return names.length > 0 ? names.join(' ') : undefined
}

export const labelSlots = {
  /** Derived from identity at filing: the masked form that worklists show. */
  label: z.strictObject({
    initials: z.string().check(z.maxLength(12)),
    idnpEnd: z.optional(z.string().check(z.regex(/^\d{3}$/))),
    ageBand,
  }),
  /** Derived from the itinerary: what lists need of the journey, with how many persons it is. */
  journey: z.strictObject({
    country,
    arrivesAt: arrivalPoint,
    leavesOn: day,
    arrivesOn: day,
    persons: z.optional(z.int().check(z.minimum(1))),
  }),
  /** Derived from what came up on the way: when the person is expected now. It is there always, so that it says nothing. */
  way: z.strictObject({ newDay: z.boolean(), arrivesOn: z.optional(day) }),
} as const

export const identitySlots = {
  report,
  person: z.strictObject({
    name: personName,
    birth: z.union([
      z.strictObject({ on: day }),
      z.strictObject({ year: z.int().check(z.minimum(1900), z.maximum(2100)) }),
      z.strictObject({ aged: z.int().check(z.minimum(0), z.maximum(120)) }),
    ]),
    /** Whether the age is disputed: until that is decided, the person counts as a child. */
    ageDisputed: z.optional(z.boolean()),
    /** All countries of which the person is a citizen. */
    citizenship: z.union([
      listOf(country, 5).check(
        z.minLength(1),
        z.refine((all) => new Set(all).size === all.length, 'said-twice'),
      ),
      z.enum(['stateless', 'not-known']),
    ]),
    /** The language that the person speaks best. */
    language,
    /** What the code does not say: a dialect, a sign language, a language that has no code. */
    languageNote: z.optional(placeName()),
    idnp: z.optional(idnp),
    documents: listOf(document, 8),
    overrides,
  }),
  check: z.strictObject({
    method: z.enum(['document', 'state-register', 'relatives', 'biometric', 'interview']),
    on: day,
    reference: z.optional(paperNumber),
  }),
  /** A titlu de călătorie serves one journey and 30 days from the approval (HG 987/2012). */
  document: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('titlu'), number: documentNumber, approvedOn: day }),
    z.strictObject({ type: z.enum(['passport', 'identity-card']), number: documentNumber, expiresOn: day }),
  ]),
} as const

export const contactSlots = {
  /** How to call back without danger to the person, and what the caller reported. No name is needed. */
  callback: z.strictObject({
    /** When, by whom, what not to say. */
    safeWay: text(500),
    phone: z.optional(phone),
    where: z.optional(text(200)),
    reported: z.optional(text(2000)),
    overrides,
  }),
  /** How an alert ended, for the party that raised it. */
  'alert-end': z.strictObject({ text: text(2000) }),
  family: z.strictObject({
    persons: listOf(
      z
        .strictObject({
          name: z.optional(name()),
          relation: z.enum(['parent', 'partner', 'child', 'sibling', 'relative', 'friend', 'other']),
          phone: z.optional(phone),
          mayContact: z.boolean(),
        })
        .check(z.refine(hasOneOf('name', 'phone'), { path: ['name'], error: 'contact-missing' })),
      12,
    ),
    /** A newborn may have a birthday and no name yet. */
    children: listOf(
      z
        .strictObject({ name: z.optional(name()), bornOn: z.optional(day) })
        .check(z.refine(hasOneOf('name', 'bornOn'), { path: ['name'], error: 'child-missing' })),
      9,
    ),
    remarks,
    overrides,
  }),
} as const
