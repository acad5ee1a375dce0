import * as z from 'zod/mini'
import { phases } from '../procedure/phases.ts'
import { sectionClassNames } from '../values/classes.ts'
import { openingReason } from '../values/codes.ts'
import { partyId } from '../values/parties.ts'
import { day } from '../values/texts.ts'

/** `POST …/open`: which classes, and why; it becomes an access record that the return's parties see. */
export const opening = z.strictObject({
  classes: z.array(z.enum(sectionClassNames)).check(
    z.minLength(1),
    z.refine((all) => new Set(all).size === all.length),
  ),
  reason: openingReason,
})

/** A reference, or a part of one, as somebody types it. */
export const referenceText = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))

/**
 * `GET …/returns?phase=&assigned=&post=&arrivingFrom=&arrivingTo=&overdue=&text=`: of a worklist the returns that all
 * filters let through. `assigned`: to the caller or to nobody. `post`: who answers for them. `arriving`: the day that is
 * planned, where the party reads it. `text`: a part of the reference. `reference`: that one return, however it is typed.
 */
export const worklistQuery = z.object({
  phase: z.optional(z.enum(phases)),
  assigned: z.optional(z.enum(['to-me', 'to-nobody'])),
  post: z.optional(partyId),
  arrivingFrom: z.optional(day),
  arrivingTo: z.optional(day),
  overdue: z.optional(z.literal('yes')),
  text: z.optional(referenceText),
  reference: z.optional(referenceText),
})
export type WorklistQuery = z.infer<typeof worklistQuery>

/** `GET …/export?for=`: who gets the file. */
export const exportFor = z.enum(['party', 'person', 'guardian'])

/** What the caller's own key makes repeatable: 16 to 64 characters without spaces. */
export const idempotencyKey = z.string().check(z.regex(/^[\x21-\x7e]{16,64}$/))

/** `If-Match`: the version that was read, as an entity tag. */
export const versionTag = z.string().check(z.regex(/^"(0|[1-9]\d{0,8})"$/))
