import * as z from 'zod/mini'
import type { EventType } from '../commands/commands.ts'
import { dataClassNames, sectionClassNames } from '../values/classes.ts'
import { authorRoles, partyId } from '../values/parties.ts'
import { instant, returnId, sectionId, sha256, thumbprint, userId } from '../values/texts.ts'
import { seq } from './data-forms.ts'
import { eventData } from './event-data.ts'
import { type WatchEvent, watchEventData } from './watch-events.ts'

/** What an event says of a section. The ciphertext is stored beside the trail and can be destroyed. */
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

/** `watch` as the author of an event: no person. */
export const watchAuthor = z.strictObject({
  party: z.literal('watch'),
  role: z.literal('system'),
  user: z.literal('watch'),
})

/** The author of an event: a person of a party, or `watch`. */
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

/** An event of `watch`. No party writes such an event, and `watch` writes no other. */
const watchEventOf = <T extends WatchEvent>(type: T) => z.extend(eventOf(type), { by: watchAuthor })

type FormOf<T extends EventType> = T extends WatchEvent
  ? ReturnType<typeof watchEventOf<T>>
  : ReturnType<typeof eventOf<T>>

const isWatchEvent = (type: EventType): type is WatchEvent => type in watchEventData

export const eventTypes = Object.keys(eventData) as EventType[]

/** An event as stored: a closed union by type, with a form for each row of the tables. */
export const storedEvent = z.discriminatedUnion(
  'type',
  eventTypes.map((type) => (isWatchEvent(type) ? watchEventOf(type) : eventOf(type))) as unknown as [
    FormOf<EventType>,
  ],
)
export type StoredEvent = z.infer<typeof storedEvent>
export type EventOf<T extends EventType> = Extract<StoredEvent, { type: T }>

/** Whether `watch` wrote an event by itself. */
export function isByWatch(event: StoredEvent): event is EventOf<WatchEvent> {
  return event.by.party === 'watch'
}
