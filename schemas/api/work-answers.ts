import * as z from 'zod/mini'
import { instant } from '../values/texts.ts'
import { answeredLabel, answeredRow } from './answers.ts'
import { listCount, workList } from './work.ts'

const count = z.int().check(z.minimum(0))

/** A row of a worklist as it is answered. */
export const listedReturn = z.extend(answeredRow, { label: z.optional(answeredLabel) })

/** `looked`: with a filter, how many rows were read for this page; it can be short and still have a next one. */
export const worklistAnswer = z.strictObject({
  returns: z.array(listedReturn),
  next: z.optional(z.string()),
  looked: z.optional(count),
})

/** A page of one list of what the party has to do. */
export const workListAnswer = z.strictObject({
  list: workList,
  ...listCount,
  returns: z.array(listedReturn),
  next: z.optional(z.string()),
})

/** Every list of the party, with its count and its first rows. `count` is of all lists that a return stands in once. */
export const workAnswer = z.strictObject({
  at: instant,
  total: count,
  bounded: z.boolean(),
  lists: z.array(workListAnswer),
})

/** How many returns wait for the caller, in all lists in which a return stands once. */
export const workCountAnswer = z.strictObject({ total: count, bounded: z.boolean() })
