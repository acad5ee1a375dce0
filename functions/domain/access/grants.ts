import type { StoredEvent } from '../../../schemas/events/events.ts'
import { mayGrant, type SectionClass } from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId, partyKinds } from '../../../schemas/values/parties.ts'
import type { CurrentSection } from './current-sections.ts'
import type { Participants } from './participants.ts'
import { addressed, classesRead, readersOf } from './readers.ts'
import { mayGive } from './rights.ts'

/** Sections that somebody may read by their ground and has no wrap of yet, and since when. */
interface Lacked {
  since: string
  sections: readonly string[]
}

export type Lacking = ReadonlyMap<HolderId, Lacked>

interface Shared extends Participants {
  sections: readonly CurrentSection[]
  lacking: Lacking
  locked: ReadonlyMap<string, string>
}

/** The most sections that one event wraps for who gains them: the rest is shared by the next. */
export const mostGrants = 60

/** The classes that a holder reads in one circle and not in another; what is between two stays between them. */
function gained(before: Participants, after: Participants, holder: HolderId): SectionClass[] {
  const had = classesRead(before, holder)
  return [...classesRead(after, holder)].filter((cls) => !had.has(cls))
}

/** The sections that a holder has to be given a wrap of, to read what it may in a circle. */
export function owedTo(state: Shared, after: Participants, holder: HolderId): CurrentSection[] {
  const lacked = state.lacking.get(holder)?.sections ?? []
  const fresh = gained(state, after, holder)
  return state.sections.filter(
    ({ sec, cls }) => fresh.includes(cls) || (lacked.includes(sec) && readersOf(after, cls).includes(holder)),
  )
}

/** Whether two circles have the same readers, whatever else has changed. */
function sameReaders(one: Participants, other: Participants): boolean {
  return (
    one.responsible === other.responsible &&
    one.arranger === other.arranger &&
    one.basis === other.basis &&
    one.tasks === other.tasks &&
    one.over === other.over
  )
}

/** What is lacking after an event that led from one state to the next, with the wraps that came with it. */
export function lackingAfter(before: Shared, after: Shared, event: StoredEvent): Lacking {
  const wrapped: readonly string[] = 'grants' in event.data ? event.data.grants : []
  const same = sameReaders(before, after)
  if (same && before.lacking.size === 0) return before.lacking
  const receiver = receiverOf(event)
  const standing = new Set(after.sections.map(({ sec }) => sec))
  const holders = same ? before.lacking.keys() : [...before.lacking.keys(), ...after.basis.keys()]
  // Who reads what is asked for the whole circle: only where somebody's part in it has changed.
  const owed = (holder: HolderId) =>
    same ? (before.lacking.get(holder)?.sections ?? []) : owedTo(before, after, holder).map(({ sec }) => sec)
  return new Map(
    [...new Set([...holders, after.responsible])].flatMap((holder): [HolderId, Lacked][] => {
      const sections = owed(holder).filter(
        (sec) => standing.has(sec) && !(receiver === holder && wrapped.includes(sec)),
      )
      if (sections.length === 0) return []
      return [[holder, { since: before.lacking.get(holder)?.since ?? event.at, sections }]]
    }),
  )
}

/** Who gains wraps by an event. */
function receiverOf({ type, data }: StoredEvent): HolderId | undefined {
  switch (type) {
    case 'agreed':
    case 'shared':
      return data.recipient
    case 'task-given':
      return data.partner
    case 'case-offered':
      return data.to
    default:
      return undefined
  }
}

/** Whether somebody reads a section in a circle: by right, and with a wrap. */
export function holds(
  { lacking }: Shared,
  circle: Participants,
  holder: HolderId,
  { cls, sec }: CurrentSection,
): boolean {
  return readersOf(circle, cls).includes(holder) && !lacking.get(holder)?.sections.includes(sec)
}

/** Who can share what is lacking, and since when they are waited for: who reads it; what is locked, whoever shares. */
export function sharesOwed(state: Shared): { party: PartyId; to: HolderId; since: string }[] {
  return [...state.lacking].flatMap(([to, { since, sections }]) => {
    const lacked = state.sections.filter(({ sec }) => sections.includes(sec))
    const sharer = addressed(state).find(
      (party) =>
        party !== to &&
        mayGive(state, party, 'share') &&
        mayGrant(kindOf(party), kindOf(to)) &&
        lacked.some((section) =>
          // From the custodian nobody grants to the own kind (`functions/api/returns/grant-sections.ts`).
          state.locked.has(section.sec) ? kindOf(party) !== kindOf(to) : holds(state, state, party, section),
        ),
    )
    return sharer ? [{ party: sharer, to, since }] : []
  })
}

/** Whether a holder is a party, and so holds the log key of a return that it is on. */
export function isParty(holder: HolderId): holder is PartyId {
  return kindOf(holder) in partyKinds
}
