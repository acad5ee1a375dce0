import * as z from 'zod/mini'
import { instant, returnId, sha256 } from '../values/texts.ts'
import { reference } from './answers.ts'

const count = z.int().check(z.minimum(0))

/** What can be wrong with a chain of events; `npm run verify` says the same of a file. */
export const eventFlaws = [
  'no-events',
  'not-canonical',
  'not-an-event',
  'other-return',
  'gap',
  'broken-link',
  'time-runs-back',
  'wrong-log-key',
  'wrong-tag',
  'section-twice',
] as const
export type EventFlaw = (typeof eventFlaws)[number]

/** What the head, and what was delivered, tell of events that are not as they were written. */
export const headFlaws = ['no-head', 'cut-off', 'beside-head', 'last-differs'] as const
export type HeadFlaw = (typeof headFlaws)[number]

/** What can be wrong with the records of who looked. `index-differs`: an auditor would find it under something else. */
export const accessFlaws = [
  'not-canonical',
  'not-a-record',
  'other-subject',
  'gap',
  'broken-link',
  'index-differs',
] as const
export type AccessFlaw = (typeof accessFlaws)[number]

/** `GET …/audit/check?subject=&from=`: the records of a subject from a number on, as many as one look takes. */
export const rangeQuery = z.strictObject({
  subject: z.string().check(z.minLength(1), z.maxLength(120)),
  from: z.optional(z.string().check(z.regex(/^(0|[1-9]\d{0,8})$/))),
})

/** `to`: the last record that was looked at; `next`: where the following look goes on, if there are more. */
export const checkedRange = z.strictObject({
  subject: z.string(),
  at: instant,
  unchanged: z.boolean(),
  from: count,
  to: z.optional(count),
  broken: z.optional(z.strictObject({ flaw: z.enum(accessFlaws), n: count })),
  next: z.optional(count),
})
export type CheckedRange = z.infer<typeof checkedRange>

/**
 * `GET …/{ret}/check`: whether the return's record is what was written, reckoned anew from the stored bytes. `tags`
 * counts those that were checked: 0 for who does not hold the log key. `broken`: the first place that does not hold, by
 * the number of its event or access record.
 */
export const checkAnswer = z.strictObject({
  ret: returnId,
  reference,
  at: instant,
  unchanged: z.boolean(),
  events: count,
  tags: count,
  access: count,
  /** The hash of the last event: what two parties can compare. */
  lastHash: z.optional(sha256),
  broken: z.optional(
    z.union([
      z.strictObject({ of: z.literal('events'), flaw: z.enum(eventFlaws), n: z.optional(count) }),
      z.strictObject({ of: z.literal('head'), flaw: z.enum(headFlaws), n: z.optional(count) }),
      z.strictObject({ of: z.literal('access'), flaw: z.enum(accessFlaws), n: z.optional(count) }),
    ]),
  ),
})
export type Checked = z.infer<typeof checkAnswer>
