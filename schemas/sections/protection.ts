import * as z from 'zod/mini'
import { referrer } from '../values/codes.ts'
import { day, paperNumber, text } from '../values/texts.ts'
import { listOf, remarks, report } from './parts.ts'

export const safetySlots = {
  safety: z.strictObject({
    dangers: listOf(
      z.enum(['on-the-way', 'at-home', 'from-relatives', 'from-traffickers', 'from-authorities']),
      5,
    ),
    mustNotKnow: listOf(text(200), 10),
    /** A suspected guardian cannot consent, is not notified and gets no export. */
    guardianSuspected: z.optional(z.boolean()),
    safeWay: z.optional(text(500)),
    noneKnown: z.boolean(),
  }),
} as const

export const protectionSlots = {
  report,
  identification: z.strictObject({
    by: referrer,
    indicators: listOf(
      z.enum([
        'documents-taken',
        'movement-restricted',
        'debt',
        'threats',
        'violence',
        'wages-withheld',
        'deceived',
        'minor-exploited',
        'none-seen',
      ]),
      9,
    ),
    exploitation: listOf(
      z.enum(['sexual', 'labour', 'begging', 'criminal-acts', 'domestic', 'other', 'not-known']),
      7,
    ),
    remarks,
  }),
  risk: z.strictObject({
    themes: listOf(
      z.strictObject({
        theme: z.enum(['traffickers', 'family', 'community', 'health', 'livelihood', 'journey']),
        level: z.enum(['low', 'medium', 'high', 'not-known']),
      }),
      6,
    ).check(z.minLength(1)),
    remarks,
  }),
  /** What a child needs before leaving: papers, decisions, and an adult who is trusted. */
  child: z.strictObject({
    travelsWith: z.enum(['companion', 'safe-parent', 'suspected-adult']),
    authorityDecision: z.optional(z.strictObject({ number: paperNumber, on: day })),
    bestInterests: z.optional(day),
    viewHeard: z.optional(day),
    parentPapers: z.optional(z.boolean()),
    otherParentPermission: z.enum(['given', 'not-needed', 'missing']),
  }),
} as const
