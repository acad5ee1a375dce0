import * as z from 'zod/mini'
import { language } from './codes.ts'
import { day, paperNumber } from './texts.ts'

/** What a recipient may use the data for. Consent names each purpose. */
export const purposes = ['arrange-return', 'receive', 'decide', 'assist-after', 'do-a-task', 'count'] as const
export const somePurposes = z.array(z.enum(purposes)).check(
  z.minLength(1),
  z.refine((all) => new Set(all).size === all.length, 'said-twice'),
)
export type Purpose = (typeof purposes)[number]

/**
 * Why one recipient may have a person's data (GDPR Art. 6 and 9 as transposed by Law 195/2024; consent names recipient
 * and purpose, IOM Data Protection Manual). It is sealed in class `case`.
 */
export const basis = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('consent'),
    by: z.enum(['self', 'guardian', 'proxy']),
    form: z.enum(['signed', 'spoken', 'implied']),
    language,
    interpreter: z.boolean(),
    on: day,
    purposes: somePurposes,
  }),
  z.strictObject({
    kind: z.literal('vital-interests'),
    why: z.enum(['unconscious', 'incapable']),
    since: day,
  }),
  z.strictObject({ kind: z.literal('legal-duty'), act: paperNumber, article: z.optional(paperNumber) }),
  z.strictObject({ kind: z.literal('child-protection'), on: day }),
  z.strictObject({ kind: z.literal('none'), why: z.enum(['refused', 'not-asked']), on: day }),
])
export type LegalBasis = z.infer<typeof basis>

/** What an event says of a basis in clear: consent, another basis, or none. */
export const basisCode = z.enum(['consent', 'other-basis', 'none'])
export type BasisCode = z.infer<typeof basisCode>

/** The clear code of a basis. */
export function basisCodeOf(basis: LegalBasis): BasisCode {
  switch (basis.kind) {
    case 'consent':
      return 'consent'
    case 'none':
      return 'none'
    case 'vital-interests':
    case 'legal-duty':
    case 'child-protection':
      return 'other-basis'
  }
}

/** Whether the person wants to return. A refusal does not close a request. */
export const wishToReturn = z.enum(['yes', 'no', 'cannot-answer'])
