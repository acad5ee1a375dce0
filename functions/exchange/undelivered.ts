import type { SectionEntry, StoredEvent } from '../../schemas/events/events.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { membershipOf, readersOf } from '../domain/access/readers.ts'
import { stateAfter } from '../domain/evolve.ts'
import type { Folded } from '../domain/state.ts'
import { type Delivery, hasSeen } from './delivery.ts'
import type { EventRow } from './message.ts'

/** An event that some of its parties have not received, and the sections that go to each of them. */
export interface Undelivered<R extends EventRow> {
  row: R
  to: { party: PartyId; sections: SectionEntry[] }[]
}

/**
 * The undelivered events of a return, in their order. A section goes to a party that could read it when it was written,
 * and whose basis has not ended since. Throws trail-broken where the first event is missing.
 */
export function undelivered<R extends EventRow>(
  rows: readonly R[],
  deliveries: readonly Delivery[],
): Undelivered<R>[] {
  const events = rows.map(({ event }) => event)
  const behind = rows
    .map((row) => ({ row, parties: row.event.to.filter((party) => !hasSeen(deliveries, party, row.event)) }))
    .filter(({ parties }) => parties.length > 0)
  if (behind.length === 0) return []
  const now = stateAfter(events)
  return behind.map(({ row, parties }) => {
    const then = stateAfter(events.slice(0, row.event.seq + 1))
    const sectionsFor = (party: PartyId) =>
      membershipOf(now, party) === 'on' ? readable(then, row.event, party) : []
    return { row, to: parties.map((party) => ({ party, sections: sectionsFor(party) })) }
  })
}

/**
 * FIFO queues drop a message whose id they had in the last five minutes, so that a stream record that comes twice sends
 * once. What `watch` sends again has the `round` in its id: a queue that lost the first message takes it.
 */
export function deduplicationId({ ret, seq }: StoredEvent, party: PartyId, round?: number): string {
  return `${ret}/${seq}/${party}${round === undefined ? '' : `/${round}`}`
}

function readable(then: Folded, event: StoredEvent, party: PartyId): SectionEntry[] {
  const between = { by: event.by.party, for: event.for }
  return event.sections.filter(({ cls }) => readersOf(then, cls, between).includes(party))
}
