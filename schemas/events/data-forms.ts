import * as z from 'zod/mini'
import { stepNames } from '../procedure/names.ts'
import { sectionClassNames } from '../values/classes.ts'
import { day, sectionId, thumbprint } from '../values/texts.ts'
import { stayItems } from './stay-items.ts'

/**
 * Parts of what events say in clear: ids, codes, digests, days that are due. No free string, no country, no day of the
 * journey, nothing that describes the person; a test walks the form of every event.
 */

/** The number of an event in its trail. */
export const seq = z.int().check(z.minimum(0), z.maximum(99_999_999))

/** The number of an event, as a body names it. */
export const seqInBody = z.int().check(z.minimum(0))

export const nothing = z.strictObject({})

/** The log key that was made with the first event. */
export const logKey = z.strictObject({ sec: sectionId, kid: thumbprint })

/** 0 not urgent, 1 soon, 2 danger today. */
export const clearUrgency = z.int().check(z.minimum(0), z.maximum(2))

/** A step and the day it is due. */
export const due = z.strictObject({
  step: z.enum([...stepNames, 'place-held', 'next-step', 'ask-person', 'check-document', ...stayItems]),
  day,
})

export type Due = z.infer<typeof due>

/** The steps that begin with the event, with the days they are due. */
export const dues = z.array(due).check(z.maxLength(stepNames.length))

/** Steps that run no longer, although nobody has done them. */
const ends = z.optional(z.array(z.enum(stepNames)).check(z.minLength(1), z.maxLength(stepNames.length)))

/** What an event that finishes no step can say of steps: those that begin with it, and those that end. */
export const stepsMoved = { due: z.optional(dues), ends }
export const moved = z.strictObject(stepsMoved)
export const stepped = z.strictObject({ due: dues, ends })

/** Of a stay: each day once, whatever is due on it. */
export const stayDays = z.strictObject({ due: z.optional(z.array(due).check(z.maxLength(9))) })

/** The sections that the event wraps for a new reader. What its author cannot read, another reader shares later. */
export const grants = z.array(sectionId).check(z.maxLength(60))

/** Sections that nobody on the return can read any more: the custodian's wrap stays until a day, then they are erased. */
export const lock = z.optional(
  z.strictObject({ sections: z.array(sectionId).check(z.minLength(1), z.maxLength(200)), until: day }),
)

/** The end of a task; the party that had it may have been the last reader of something. */
export const taskEnd = z.strictObject({ task: seq, lock })

/** A fact names the classes that its author could not open, so that nobody takes it for an informed one. */
export const fact = z.strictObject({
  unseen: z.array(z.enum(sectionClassNames)).check(z.maxLength(sectionClassNames.length)),
  ...stepsMoved,
})
