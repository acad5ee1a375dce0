import * as z from 'zod/mini'
import { day, localTime, text, zone } from '../values/texts.ts'

/** A count of people or things on one journey. */
export const small = z.int().check(z.minimum(0), z.maximum(30))

/** Which leg of a journey, the first 0; people count from 1. */
export const legNumber = z.int().check(z.minimum(0), z.maximum(30))

export const listOf = <T extends z.ZodMiniType>(item: T, max: number) => z.array(item).check(z.maxLength(max))

/** Room for a page of typed text. */
export const remarks = z.optional(text(4000))

/** When something happened, how exactly that is known, and who reported it. A wrong report is corrected later. */
export const happened = z.strictObject({
  at: z.union([localTime, day]),
  zone,
  known: z.enum(['exactly', 'about', 'day-only']),
  reportedBy: z.enum([
    'the-person',
    'own-officer',
    'companion',
    'carrier',
    'border-police',
    'partner',
    'other',
  ]),
})

/** The result of a task. */
export const report = z.strictObject({
  outcome: z.enum(['done', 'partly', 'not-possible']),
  on: day,
  /** For a family, a placement or a place: whether it is willing and able. */
  suitable: z.optional(z.enum(['yes', 'with-support', 'no', 'not-known'])),
  /** For a child: whether its own view was heard. */
  viewHeard: z.optional(z.boolean()),
  findings: text(2000),
})

/** Fields whose values look wrong and are right all the same, each with the reason; sealed with the section. */
export const overrides = z.optional(
  listOf(
    z.strictObject({
      field: z
        .string()
        .check(z.regex(/^(?:case|identity|contacts|travel|care)(?:\.[A-Za-z]{1,20}|\.\d{1,2}){1,4}$/)),
      reason: z.enum(['as-on-paper', 'as-reported', 'in-register', 'other']),
    }),
    20,
  ),
)
