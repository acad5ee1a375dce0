import type { StoredEvent } from '../../../schemas/events/events.ts'
import { mayGrant, type SectionClass } from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId, partyKinds } from '../../../schemas/values/parties.ts'
import type { CurrentSection, Lacking, Participants, State } from '../state.ts'
import { addressed, classesRead, readersOf } from './readers.ts'
import { mayGive } from './rights.ts'

/** What decides on wraps: who is on the return, its sections, and which of them cannot be opened. */
type Shared = Participants & Pick<State, 'sections' | 'lacking' | 'locked'>

/** The most sections that one event wraps for a recipient: the next event shares the rest. */
export const mostGrants = 60

/** The classes that a holder reads after a change and did not read before; `talk` and `note` are not among them. */
function gained(before: Participants, after: Participants, holder: HolderId): SectionClass[] {
  const had = classesRead(before, holder)
  return [...classesRead(after, holder)].filter((cls) => !had.has(cls))
}

/** The sections that have to be wrapped for a holder, so that it can open what it may read after a change. */
export function sectionsToGrant(state: Shared, after: Participants, holder: HolderId): CurrentSection[] {
  const lacked = state.lacking.get(holder)?.sections ?? []
  const fresh = gained(state, after, holder)
  return state.sections.filter(
    ({ sec, cls }) => fresh.includes(cls) || (lacked.includes(sec) && readersOf(after, cls).includes(holder)),
  )
}

/** Whether a change left the readers as they were, whatever else it changed. */
function sameReaders(before: Participants, after: Participants): boolean {
  return (
    before.responsible === after.responsible &&
    before.arranger === after.arranger &&
    before.basis === after.basis &&
    before.tasks === after.tasks &&
    before.accessEnded === after.accessEnded
  )
}

/** The sections that holders cannot open after an event, which came with wraps and led from one state to the next. */
export function lackingAfter(before: Shared, after: Shared, event: StoredEvent): Lacking {
  const wrapped: readonly string[] = 'grants' in event.data ? event.data.grants : []
  const same = sameReaders(before, after)
  if (same && before.lacking.size === 0) return before.lacking
  const receiver = receiverOf(event)
  const standing = new Set(after.sections.map(({ sec }) => sec))
  const holders = same ? before.lacking.keys() : [...before.lacking.keys(), ...after.basis.keys()]
  // Who reads which class is asked of all participants, so only where somebody's part in the return has changed.
  const lackingOf = (holder: HolderId) =>
    same
      ? (before.lacking.get(holder)?.sections ?? [])
      : sectionsToGrant(before, after, holder).map(({ sec }) => sec)
  return new Map(
    [...new Set([...holders, after.responsible])].flatMap((holder) => {
      const sections = lackingOf(holder).filter(
        (sec) => standing.has(sec) && !(receiver === holder && wrapped.includes(sec)),
      )
      if (sections.length === 0) return []
      return [[holder, { since: before.lacking.get(holder)?.since ?? event.at, sections }] as const]
    }),
  )
}

/** The holder for which an event brings wraps. */
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

/** Whether a holder can open a section among these participants: it may read the class, and has a wrap. */
export function canOpen(
  { lacking }: Shared,
  participants: Participants,
  holder: HolderId,
  { cls, sec }: CurrentSection,
): boolean {
  return readersOf(participants, cls).includes(holder) && !lacking.get(holder)?.sections.includes(sec)
}

/**
 * The parties that are asked to share sections which somebody lacks, and since when. Only a party that can open a
 * section can share it; a locked section can be shared by anybody.
 */
export function pendingShares(state: Shared): { party: PartyId; to: HolderId; since: string }[] {
  return [...state.lacking].flatMap(([to, { since, sections }]) => {
    const lacked = state.sections.filter(({ sec }) => sections.includes(sec))
    const sharer = addressed(state).find(
      (party) =>
        party !== to &&
        mayGive(state, party, 'share') &&
        mayGrant(kindOf(party), kindOf(to)) &&
        lacked.some((section) =>
          // From the custodian nobody grants to the own kind (`functions/api/returns/grant-sections.ts`).
          state.locked.has(section.sec)
            ? kindOf(party) !== kindOf(to)
            : canOpen(state, state, party, section),
        ),
    )
    return sharer ? [{ party: sharer, to, since }] : []
  })
}

/** Whether a holder is a party, and so holds the log key of a return that it is on. */
export function isParty(holder: HolderId): holder is PartyId {
  return kindOf(holder) in partyKinds
}
