import * as z from 'zod/mini'
import type { EventType } from '../commands/commands.ts'
import { dataClassNames, sectionClassNames } from '../values/classes.ts'
import { authorRoles, partyId } from '../values/parties.ts'
import { instant, returnId, sectionId, sha256, thumbprint, userId } from '../values/texts.ts'
import { eventData } from './event-data.ts'
import type { WatchEvent } from './watch-events.ts'

const seq = z.int().check(z.minimum(0), z.maximum(99_999_999))

/** Of a section, what its event keeps: the ciphertext is stored beside the trail and can be destroyed. */
export const sectionEntry = z.strictObject({
  sec: sectionId,
  cls: z.enum(sectionClassNames),
  kid: thumbprint,
  len: z.int().check(z.minimum(1), z.maximum(96 * 1024)),
  sha256,
})
export type SectionEntry = z.infer<typeof sectionEntry>

/** Who wrote an event: `user` is the issuer's `sub`, never a name. */
export const author = z.strictObject({
  party: partyId,
  role: z.enum(authorRoles),
  user: userId,
})
export type Author = z.infer<typeof author>

/** `watch` as an author: nobody's hand. */
export const watchAuthor = z.strictObject({
  party: z.literal('watch'),
  role: z.literal('system'),
  user: z.literal('watch'),
})

/** Whoever wrote an event. */
export const writer = z.union([author, watchAuthor])

const envelope = {
  v: z.literal(1),
  ret: returnId,
  seq,
  /** The hash of the event before; 64 zeros at seq 0. */
  prev: sha256,
  at: instant,
  by: author,
  for: z.optional(partyId),
  to: z.array(partyId).check(z.minLength(1), z.maxLength(64)),
  /** The hash of the claim that the event came from. */
  idem: sha256,
  sections: z.array(sectionEntry).check(z.maxLength(dataClassNames.length)),
}

const eventOf = <T extends EventType>(type: T) =>
  z.strictObject({ ...envelope, type: z.literal(type), data: eventData[type] })

/** What `watch` writes; no party can, and it writes nothing else. */
const watchEventOf = <T extends WatchEvent>(type: T) => z.extend(eventOf(type), { by: watchAuthor })

/** An event as stored: a closed union by type. */
export const storedEvent = z.discriminatedUnion('type', [
  eventOf('filed'),
  eventOf('acknowledged'),
  eventOf('accepted'),
  eventOf('sent-back'),
  eventOf('asked'),
  eventOf('answered'),
  eventOf('identity-confirmed'),
  eventOf('document-issued'),
  eventOf('risk-assessed'),
  eventOf('approved'),
  eventOf('refused'),
  eventOf('put-on-hold'),
  eventOf('funded'),
  eventOf('travel-planned'),
  eventOf('travel-confirmed'),
  eventOf('travel-changed'),
  eventOf('exit-checked'),
  eventOf('child-assessed'),
  eventOf('cleared'),
  eventOf('overridden'),
  eventOf('evacuation-ordered'),
  eventOf('evacuation-confirmed'),
  eventOf('taken'),
  eventOf('assigned'),
  eventOf('noted'),
  eventOf('place-held'),
  eventOf('place-released'),
  eventOf('departed'),
  eventOf('did-not-come'),
  eventOf('contact-lost'),
  eventOf('in-hospital'),
  eventOf('arrived'),
  eventOf('handed-over'),
  eventOf('referred-home'),
  eventOf('admitted'),
  eventOf('way-reported'),
  eventOf('ended-otherwise'),
  eventOf('choice-recorded'),
  eventOf('handover-confirmed'),
  eventOf('services-offered'),
  eventOf('stay-planned'),
  eventOf('left-centre'),
  eventOf('followed-up'),
  eventOf('amended'),
  eventOf('corrected'),
  eventOf('struck'),
  eventOf('wish-recorded'),
  eventOf('agreed'),
  eventOf('shared'),
  eventOf('to-be-asked'),
  eventOf('withdrawn'),
  eventOf('withdrawal-answered'),
  eventOf('task-given'),
  eventOf('task-reported'),
  eventOf('task-declined'),
  eventOf('task-ended'),
  eventOf('case-offered'),
  eventOf('case-accepted'),
  eventOf('move-ordered'),
  eventOf('arranger-chosen'),
  eventOf('attested'),
  eventOf('cancelled'),
  eventOf('closed'),
  eventOf('reopened'),
  eventOf('call-answered'),
  eventOf('alerted'),
  eventOf('alert-acknowledged'),
  eventOf('alert-passed'),
  eventOf('became-request'),
  eventOf('alert-closed'),
  watchEventOf('overdue'),
  watchEventOf('called'),
  watchEventOf('erased'),
  watchEventOf('access-ended'),
])
export type StoredEvent = z.infer<typeof storedEvent>
export type EventOf<T extends EventType> = Extract<StoredEvent, { type: T }>
export const eventTypes = Object.keys(eventData) as EventType[]

/** Whether `watch` wrote an event by itself. */
export function isByWatch(event: StoredEvent): event is EventOf<WatchEvent> {
  return event.by.party === 'watch'
}
