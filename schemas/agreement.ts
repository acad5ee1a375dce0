import * as z from 'zod/mini'
import { basis, ownWord } from './basis.ts'
import { language } from './codes.ts'
import { partyId } from './parties.ts'

/** The agreement of the person: to return at all, and on which ground each recipient is told. */
export const agreement = z.strictObject({
  toReturn: ownWord,
  explainedIn: language,
  recipients: z.array(z.strictObject({ recipient: z.union([partyId, z.literal('figures')]), basis })).check(
    z.minLength(1),
    z.maxLength(8),
    z.refine((all) => new Set(all.map((one) => one.recipient)).size === all.length),
  ),
})
