import type { PartyId } from '../../../schemas/values/parties.ts'
import { isHelper } from '../../domain/access/participants.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import type { StoredRow } from '../../trail/read.ts'
import type { Reading } from './read-return.ts'

/**
 * The events that a party may know of: all of them. A removed recipient knows those up to the event that removed it; a
 * party that is there for its tasks alone knows those that were for it.
 */
export function visibleEvents(party: PartyId, reading: Pick<Reading, 'state' | 'trail'>): StoredRow[] {
  const { state, trail } = reading
  if (isTaskHelper(party, reading)) return trail.rows.filter(({ event }) => event.to.includes(party))
  if (membershipOf(state, party) === 'on') return trail.rows
  const last = trail.rows.findLastIndex(({ event }) => event.to.includes(party))
  return trail.rows.slice(0, last + 1)
}

/** Whether a party has only ever been on a return for its tasks. */
export function isTaskHelper(party: PartyId, { state, trail }: Pick<Reading, 'state' | 'trail'>): boolean {
  const wasResponsible = trail.rows.some(
    ({ event }) => ['filed', 'case-accepted', 'alerted'].includes(event.type) && event.by.party === party,
  )
  return isHelper(state, party) && !wasResponsible
}
