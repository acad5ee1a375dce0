import { type Delivered, noticesAt } from '../../functions/domain/schedule/escalation.ts'
import type { Rota } from '../../schemas/deployment/rota.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { type DomainReturn, keptAfter, stateOf } from './domain-return.ts'
import { rota } from './rota.ts'

/** Everyone has seen everything. */
export const allSeen = ({ events }: DomainReturn): Delivered[] =>
  [...new Set(events.flatMap(({ to }) => to))].map((party) => ({ party, seen: events.length }))

/** What `watch` would write on a return at a time. */
export function notices(
  made: DomainReturn,
  at: string,
  { config = rota, delivered = allSeen(made) }: { config?: Rota; delivered?: readonly Delivered[] } = {},
) {
  return noticesAt(stateOf(made), Date.parse(at), config, { events: made.events, delivered })
}

/** A return after `watch` has looked at it, at a time: what is due is written, in order, and what has ended taken. */
export function watched(
  made: DomainReturn,
  at: string,
  how: Parameters<typeof notices>[2] = {},
): DomainReturn {
  const begins = made.events.length
  const found = notices(made, at, how)
  const written = found.map(
    ({ type, to, for: notified, data }, index): StoredEvent =>
      storedEvent.parse({
        ...{ v: 1, ret: made.events[0]?.ret, seq: begins + index, prev: '0'.repeat(64), type, at, to, data },
        ...(notified ? { for: notified } : {}),
        by: { party: 'watch', role: 'system', user: 'watch' },
        idem: '0'.repeat(64),
        sections: [],
      }),
  )
  const kept = found.reduce((held, { destroys }) => keptAfter(held, destroys), made.kept)
  return { kept, events: [...made.events, ...written] }
}
