import * as z from 'zod/mini'
import { service } from '../values/codes.ts'
import { day, placeName, text } from '../values/texts.ts'
import { happened, listOf, overrides, remarks, report, small } from './parts.ts'

export const careSlots = {
  report,
  needs: z.strictObject({
    health: listOf(z.enum(['chronic', 'injury', 'infectious', 'mental', 'disability', 'dependency']), 6),
    pregnant: z.enum(['yes', 'no', 'not-known']),
    medicine: z.optional(text(500)),
    stepFree: z.boolean(),
    babyItems: z.boolean(),
    /** Whether a physician has to say that the person can travel. */
    fitnessCheck: z.boolean(),
    remarks,
    overrides,
  }),
  fitness: z.strictObject({ examined: happened, fit: z.boolean(), remarks }),
  /** The person's condition at arrival, with papers and belongings. */
  condition: z.strictObject({
    condition: z.enum(['good', 'tired', 'needs-care', 'emergency']),
    papers: z.optional(
      listOf(
        z.strictObject({
          paper: z.enum(['travel-document', 'identity', 'birth-certificate', 'medical', 'court', 'other']),
          count: small,
        }),
        6,
      ),
    ),
    belongings: z.optional(
      listOf(
        z.strictObject({
          thing: z.enum(['luggage', 'clothing', 'medicine', 'money', 'phone', 'baby-items', 'other']),
          count: small,
        }),
        7,
      ),
    ),
    remarks,
  }),
  /** How a return ended without an arrival, for those who look after the family. */
  ending: z.strictObject({ text: text(2000) }),
  intake: z.strictObject({
    services: listOf(
      z.strictObject({
        service,
        answer: z.enum(['accepted', 'refused', 'later']),
        owner: z.optional(placeName(80)),
        dueOn: z.optional(day),
      }),
      9,
    ).check(z.minLength(1)),
    remarks,
  }),
  /** All services at present: the owner of each, and its due day. */
  services: z.strictObject({
    services: listOf(
      z.strictObject({
        service,
        answer: z.enum(['offered', 'accepted', 'refused', 'later', 'done']),
        owner: z.optional(placeName(80)),
        dueOn: z.optional(day),
      }),
      9,
    ).check(
      z.minLength(1),
      z.refine((all) => new Set(all.map(({ service }) => service)).size === all.length, 'said-twice'),
    ),
    remarks,
  }),
  'follow-up': z.strictObject({
    on: day,
    by: z.enum(['visit', 'phone', 'partner', 'not-reached']),
    wellbeing: z.enum(['good', 'needs-help', 'in-danger', 'not-known']),
    nextOn: z.optional(day),
    remarks,
  }),
} as const
