import type * as z from 'zod/mini'
import type { timelineAnswer } from '../../../schemas/api/answers.ts'
import type { Author } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import { readDeliveries } from '../../exchange/delivery.ts'
import { readAccess } from '../../trail/access.ts'
import { readRefusals } from '../../trail/audit.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'
import { type Reading, readReturn } from './read-return.ts'
import { isTaskHelper, visibleEvents } from './visible-events.ts'

/** `GET …/{ret}/events`: the timeline, with deliveries, who opened what and why, and who was refused. */
export async function readTimeline({ session, ret }: ReturnRequest): Promise<HttpAnswer> {
  const [reading, deliveries, accesses, refusals] = await Promise.all([
    readReturn(session, ret, { wraps: 'none' }, true),
    readDeliveries(session.db, tableName('deliveries'), ret),
    readAccess(session.db, tableName('access'), ret),
    readRefusals(session.db, tableName('access'), ret),
  ])
  const { party } = session.by
  const isVisible = recordFilter(party, reading)
  const answer: z.infer<typeof timelineAnswer> = {
    version: reading.trail.version,
    events: visibleEvents(party, reading).map(
      ({ hash, event: { seq, type, at, by, for: addressee, to, prev, data, sections } }) => ({
        ...{ seq, type, at, by, to, hash, prev, data, sections },
        ...(addressee ? { for: addressee } : {}),
      }),
    ),
    deliveries: deliveries
      .filter((delivery) => !isTaskHelper(party, reading) || delivery.party === party)
      .map(({ work: _, ...delivery }) => delivery),
    access: accesses
      .filter(isVisible)
      .map(({ n, at, by, kind, classes, reason }) => ({ n, at, by, kind, classes, reason })),
    refusals: refusals.filter(isVisible).map(({ at, by, operation, problem, classes, reason }) => ({
      ...{ at, by, operation, problem, classes },
      ...(reason ? { reason } : {}),
    })),
  }
  return json(200, answer, reading.trail.version)
}

/**
 * Which access records and refusals a party sees: all of them. A removed recipient sees those up to its removal; a party
 * that is there for its tasks alone sees its own.
 */
function recordFilter(party: PartyId, reading: Reading): (record: { by: Author; at: string }) => boolean {
  const removed = membershipOf(reading.state, party) !== 'on'
  const last = removed ? visibleEvents(party, reading).at(-1)?.event.at : undefined
  const ownOnly = isTaskHelper(party, reading)
  return ({ by, at }) => by.party === party || (!ownOnly && (last === undefined || at <= last))
}
