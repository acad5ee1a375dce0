import * as z from 'zod/mini'
import { phases } from '../procedure/phases.ts'
import { sectionClassNames } from '../values/classes.ts'
import { openingReason } from '../values/codes.ts'
import { returnId } from '../values/texts.ts'

/** `POST …/open`: which classes, and why; it becomes an access record that the return's parties see. */
export const opening = z.strictObject({
  classes: z.array(z.enum(sectionClassNames)).check(
    z.minLength(1),
    z.refine((all) => new Set(all).size === all.length),
  ),
  reason: openingReason,
})

/** `GET …/returns?phase=&kept=`: of a worklist the returns in a phase, and those that the caller or nobody keeps. */
export const worklistQuery = z.object({
  phase: z.optional(z.enum(phases)),
  assigned: z.optional(z.enum(['to-me', 'to-nobody'])),
})
export type WorklistQuery = z.infer<typeof worklistQuery>

/** `GET …/export?for=`: who gets the file. */
export const exportFor = z.enum(['party', 'person', 'guardian'])

/** What the caller's own key makes repeatable: 16 to 64 characters without spaces. */
export const idempotencyKey = z.string().check(z.regex(/^[\x21-\x7e]{16,64}$/))

/** `If-Match`: the version that was read, as an entity tag. */
export const versionTag = z.string().check(z.regex(/^"(0|[1-9]\d{0,8})"$/))

/** Where a page of a worklist goes on: `rank` is the row's place in the index that is read. */
export const cursor = z.strictObject({ rank: z.string().check(z.maxLength(80)), ret: returnId })
