import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { dataClassNames } from '../values/classes.ts'
import { partyId } from '../values/parties.ts'
import { day, instant, returnId, userId } from '../values/texts.ts'
import { access, reference } from './answers.ts'
import { problemCodes } from './problems.ts'
import { recordedOperations } from './refusals.ts'

/** What an auditor is shown: looks, exports, searches, and what was refused of them. */
export const auditKinds = ['open', 'export', 'search', 'refused'] as const

/** The indexes of `access` that an auditor's filters choose from. */
export const auditIndexes = ['by-kind', 'by-party', 'by-user', 'by-reference'] as const

/** `GET …/audit?…`: which records, by Chișinău days, both included. `as=mlog`: lines as MLog takes them. */
export const auditQuery = z.strictObject({
  from: z.optional(day),
  to: z.optional(day),
  kind: z.optional(z.enum(auditKinds)),
  party: z.optional(partyId),
  user: z.optional(userId),
  /** As it stands on paper, or as it was typed. */
  reference: z.optional(z.string().check(z.maxLength(20))),
  cursor: z.optional(z.string().check(z.maxLength(400))),
  as: z.optional(z.enum(['json', 'mlog'])),
})
export type AuditQuery = z.infer<typeof auditQuery>

/** One line of the audit: ids and codes, and nothing of what was seen. `subject` and `n` say where the record stands. */
export const auditEntry = z.strictObject({
  subject: z.string(),
  n: z.int(),
  at: instant,
  by: author,
  kind: z.enum(auditKinds),
  ret: z.optional(returnId),
  reference: z.optional(reference),
  classes: z.array(z.enum(dataClassNames)),
  reason: z.optional(access.shape.reason),
  /** Of a refusal: what was asked, and what it was refused by. */
  operation: z.optional(z.enum(recordedOperations)),
  problem: z.optional(z.enum(problemCodes)),
})
export type AuditEntry = z.infer<typeof auditEntry>

/**
 * A page of the audit, newest first. A page may be short, even empty, and still have a `next`: so many records were
 * looked through. `broken`: records that do not hold together; the check of their return says how.
 */
export const auditAnswer = z.strictObject({
  entries: z.array(auditEntry),
  broken: z.array(z.strictObject({ subject: z.string(), n: z.int() })),
  next: z.optional(z.string()),
})
