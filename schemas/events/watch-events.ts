import * as z from 'zod/mini'
import { stepNames } from '../procedure/names.ts'
import { partyId } from '../values/parties.ts'
import { day, sectionId } from '../values/texts.ts'
import { lock, seq } from './data-forms.ts'
import { stayItems } from './stay-items.ts'

export { type StayItem, stayItems } from './stay-items.ts'

/**
 * What can be overdue: a step past its day; a delivery that a party has not seen for an hour; a document to be looked
 * at again; a place whose hold ran out; an evacuation that nobody confirmed; the next step that a party noted; a task that
 * was to end; the answer of a recipient that was left out; an alert that nobody acknowledged; one that was, and has come to
 * nothing yet; a day of a stay.
 */
export const escalationNames = [
  'step',
  'delivery',
  'document',
  'place',
  'evacuation',
  'next-step',
  'task',
  'answer',
  'alert',
  'alert-open',
  ...stayItems,
] as const
export type EscalationName = (typeof escalationNames)[number]

/** What each type of event that `watch` writes by itself says in clear. They come from no command. */
export const watchEventData = {
  /** Once for each item and level. */
  overdue: z.strictObject({
    item: z.enum(escalationNames),
    /** Whose it is. */
    party: partyId,
    step: z.optional(z.enum([...stepNames, 'ask-person'])),
    /** Of a delivery: the first event that the party has not seen; of a task: the event that gave it. */
    event: z.optional(seq),
    /** The day on which it was due. */
    since: day,
    level: z.int().check(z.minimum(0), z.maximum(99)),
  }),
  /** A call-out without content: for which event, to whom, by which line of the rota. */
  called: z.strictObject({ call: seq, party: partyId, line: z.int().check(z.minimum(0), z.maximum(99)) }),
  /** Locked sections whose time is over: ciphertexts and wraps are gone. */
  erased: z.strictObject({ sections: z.array(sectionId).check(z.minLength(1), z.maxLength(200)) }),
  /** A mission's time with a return is over, so many days after the arrival; its wraps are gone. */
  'access-ended': z.strictObject({ party: partyId, lock }),
} as const
export type WatchEvent = keyof typeof watchEventData
export const watchEvents = Object.keys(watchEventData) as WatchEvent[]
