import { mayGrant, type SectionClass, sectionClassNames } from '../../schemas/classes.ts'
import type { StoredEvent } from '../../schemas/events.ts'
import { type HolderId, kindOf, type PartyId, partyKinds } from '../../schemas/parties.ts'
import type { Circle } from './circle.ts'
import { addressed, readersOf } from './readers.ts'
import type { Standing } from './standing.ts'
import type { State } from './state.ts'

/** Sections that holders may read by their ground and have no wrap of yet, and since when. */
export type Lacking = ReadonlyMap<HolderId, { since: string; sections: readonly string[] }>

interface Shared extends Circle {
  sections: readonly Standing[]
  lacking: Lacking
}

/** The most sections that one event wraps for who gains them: the rest is shared by the next. */
export const mostGrants = 60

/** The classes that a holder reads in one circle and not in another; what is between two stays between them. */
function gained(before: Circle, after: Circle, holder: HolderId): SectionClass[] {
  return sectionClassNames.filter(
    (cls) =>
      cls !== 'talk' &&
      cls !== 'note' &&
      readersOf(after, cls).includes(holder) &&
      !readersOf(before, cls).includes(holder),
  )
}

/** The sections that a holder has to be given a wrap of, to read what it may in a circle. */
export function owedTo(state: Shared, after: Circle, holder: HolderId): Standing[] {
  const lacked = state.lacking.get(holder)?.sections ?? []
  const fresh = gained(state, after, holder)
  return state.sections.filter(
    ({ sec, cls }) => fresh.includes(cls) || (lacked.includes(sec) && readersOf(after, cls).includes(holder)),
  )
}

/** Whether two circles have the same readers, whatever else has changed. */
function sameReaders(one: Circle, other: Circle): boolean {
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
  if (before.lacking.size === 0 && sameReaders(before, after)) return before.lacking
  const receiver = receiverOf(event)
  const standing = new Set(after.sections.map(({ sec }) => sec))
  const holders = new Set<HolderId>([...before.lacking.keys(), ...after.basis.keys(), after.responsible])
  return new Map(
    [...holders].flatMap((holder): [HolderId, { since: string; sections: string[] }][] => {
      const sections = owedTo(before, after, holder)
        .map(({ sec }) => sec)
        .filter((sec) => standing.has(sec) && !(receiver === holder && wrapped.includes(sec)))
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

/** Who can share what is lacking, and since when they are waited for. */
export function sharesOwed(
  state: Shared & Pick<State, 'locked'>,
): { party: PartyId; to: HolderId; since: string }[] {
  return [...state.lacking].flatMap(([to, { since, sections }]) => {
    const lacked = state.sections.filter(({ sec }) => sections.includes(sec))
    const sharer = addressed(state).find(
      (party) => party !== to && lacked.some((one) => canWrap(state, party, to, one)),
    )
    return sharer ? [{ party: sharer, to, since }] : []
  })
}

/** Whether a party can wrap a section for another: it has a wrap of its own, or the custodian alone keeps it. */
function canWrap(
  state: Shared & Pick<State, 'locked'>,
  party: PartyId,
  to: HolderId,
  { cls, sec }: Standing,
): boolean {
  if (!mayGrant(kindOf(party), kindOf(to))) return false
  if (state.locked.has(sec)) return kindOf(party) !== kindOf(to)
  return readersOf(state, cls).includes(party) && !lacks(state, party, sec)
}

/** Whether a holder may read a section, and waits for a wrap of it. */
export function lacks({ lacking }: Pick<State, 'lacking'>, holder: HolderId, sec: string): boolean {
  return lacking.get(holder)?.sections.includes(sec) ?? false
}

/** Whether a holder is a party, and so holds the log key of a return that it is on. */
export function isParty(holder: HolderId): holder is PartyId {
  return kindOf(holder) in partyKinds
}
