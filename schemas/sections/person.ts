import * as z from 'zod/mini'
import { ageBand, country, language } from '../values/codes.ts'
import { day, name, paperNumber, phone, text } from '../values/texts.ts'
import { listOf, overrides, remarks, report } from './parts.ts'

const document = z.strictObject({
  type: z.enum(['passport', 'identity-card', 'birth-certificate', 'residence-permit', 'other']),
  number: paperNumber,
  country,
  expiresOn: z.optional(day),
  /** The lines of the machine-readable zone (ICAO 9303): two of 36 or 44, or three of 30. */
  mrz: z.optional(listOf(z.string().check(z.regex(/^[A-Z0-9<]{30,44}$/)), 3).check(z.minLength(2))),
})

export const labelSlots = {
  /** Derived from identity at filing: the masked form that worklists show. */
  label: z.strictObject({
    initials: z.string().check(z.maxLength(12)),
    idnpEnd: z.optional(z.string().check(z.regex(/^\d{3}$/))),
    ageBand,
  }),
} as const

export const identitySlots = {
  report,
  person: z.strictObject({
    name: z.union([z.strictObject({ family: name(), given: name() }), z.literal('not-known')]),
    birth: z.union([
      z.strictObject({ on: day }),
      z.strictObject({ year: z.int().check(z.minimum(1900), z.maximum(2100)) }),
      z.strictObject({ aged: z.int().check(z.minimum(0), z.maximum(120)) }),
    ]),
    /** Whether the age is disputed: until that is decided, the person counts as a child. */
    ageDisputed: z.optional(z.boolean()),
    citizenship: z.union([country, z.enum(['stateless', 'not-known'])]),
    language,
    idnp: z.optional(z.string().check(z.regex(/^\d{13}$/))),
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
    z.strictObject({ type: z.literal('titlu'), number: paperNumber, approvedOn: day }),
    z.strictObject({ type: z.enum(['passport', 'identity-card']), number: paperNumber, expiresOn: day }),
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
      z.strictObject({
        name: name(),
        relation: z.enum(['parent', 'partner', 'child', 'sibling', 'relative', 'friend', 'other']),
        phone: z.optional(phone),
        mayContact: z.boolean(),
      }),
      12,
    ),
    children: listOf(z.strictObject({ name: name(), bornOn: z.optional(day) }), 9),
    remarks,
    overrides,
  }),
} as const
