import * as z from 'zod/mini'
import { service } from '../codes.ts'
import { day, name, text } from '../texts.ts'
import { happened, list, remarks, report } from './parts.ts'

export const careSlots = {
  report,
  needs: z.strictObject({
    health: list(z.enum(['chronic', 'injury', 'infectious', 'mental', 'disability', 'dependency']), 6),
    pregnant: z.enum(['yes', 'no', 'not-known']),
    medicine: z.optional(text(500)),
    stepFree: z.boolean(),
    babyItems: z.boolean(),
    /** Whether a physician has to say that the person can travel. */
    fitnessCheck: z.boolean(),
    remarks,
  }),
  fitness: z.strictObject({ examined: happened, fit: z.boolean(), remarks }),
  condition: z.strictObject({ condition: z.enum(['good', 'tired', 'needs-care', 'emergency']), remarks }),
  intake: z.strictObject({
    services: list(
      z.strictObject({
        service,
        answer: z.enum(['accepted', 'refused', 'later']),
        owner: z.optional(name()),
        dueOn: z.optional(day),
      }),
      9,
    ).check(z.minLength(1)),
    remarks,
  }),
  /** Whose each service is and when it is due, as it stands now. */
  services: z.strictObject({
    services: list(
      z.strictObject({
        service,
        answer: z.enum(['offered', 'accepted', 'refused', 'later', 'done']),
        owner: z.optional(name()),
        dueOn: z.optional(day),
      }),
      9,
    ).check(
      z.minLength(1),
      z.refine((all) => new Set(all.map((one) => one.service)).size === all.length),
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
