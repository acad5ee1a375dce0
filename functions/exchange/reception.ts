import {
  type DynamoDBClient,
  type Put,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { Rota } from '../../schemas/deployment/rota.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { fold, stateAfter } from '../domain/evolve.ts'
import { nextLook } from '../domain/schedule/escalation.ts'
import { marshall, type Row } from '../dynamodb/attributes.ts'
import { type Delivery, deliveryRow } from './delivery.ts'
import { type DueReturn, dueUpdate } from './due.ts'
import { type PlaceChanges, placeChanges } from './places.ts'
import { placesOf, workKey, workRows } from './work.ts'
import { lineIn, worklistRow } from './worklist.ts'

/** What a party receives with a message: its line of the worklist, its delivery, and the events that are new to it. */
export interface Reception {
  ret: string
  line: Row
  /** Where the return stands in the party's lists now, and the places where it stood. */
  work: Row[]
  leaves: string[]
  delivery: Delivery
  before: Delivery | undefined
  fresh: StoredEvent[]
  /** Of a centre: how its places change. */
  places?: PlaceChanges
  /** Set for the party that receives every event. */
  due?: DueReturn
}

/** The party that every event is for: with what it receives it is noted when `watch` has to evaluate the return. */
const receivesAll = partyId.parse('consular')

/**
 * Folds what a party may know of a return: everything up to the last event that is for it. Undefined when it has received
 * that already. `at` is the time of receiving, `lastHash` the hash of the last event. Throws trail-broken where the first
 * event is missing.
 */
export function receive(
  events: readonly StoredEvent[],
  party: PartyId,
  deliveries: readonly Delivery[],
  { at, reference, rota, lastHash }: { at: string; reference: string; rota: Rota; lastHash: string },
): Reception | undefined {
  const before = deliveries.find((delivery) => delivery.party === party)
  const last = events.findLast(({ to }) => to.includes(party))
  const seen = before?.seen ?? -1
  if (!last || last.seq <= seen) return undefined
  const known = events.slice(0, last.seq + 1)
  const state = stateAfter(known)
  const fresh = known.filter((event) => event.seq > seen && event.to.includes(party))
  const received = fresh.map(({ seq }): [number, string] => [seq, at])
  const delivery: Delivery = { party, seen: last.seq, received: [...(before?.received ?? []), ...received] }
  const delivered = [...deliveries.filter((delivery) => delivery !== before), delivery]
  const beds = placeChanges(known, state, party, seen)
  const whole = party === receivesAll ? fold(events) : undefined
  const line = worklistRow(state, party, {
    version: known.length,
    hash: events[known.length]?.prev ?? lastHash,
    at: last.at,
    reference,
    delivered,
  })
  const work = workRows(party, lineIn(line))
  const places = placesOf(work)
  return {
    ret: state.ret,
    line,
    work,
    leaves: (before?.work ?? []).filter((place) => !places.includes(place)),
    delivery: { ...delivery, work: places },
    before,
    fresh,
    ...(beds ? { places: beds } : {}),
    ...(whole ? { due: { next: nextLook(whole, Date.parse(at), rota), version: events.length } } : {}),
  }
}

/** Reasons that say that somebody else writes the same rows: what was read is out of date, or may be. */
const overtaken = new Set(['ConditionalCheckFailed', 'TransactionConflict'])

/**
 * Writes line, rows of lists, delivery, places and what is due in one transaction, on the condition that the delivery still is what was
 * read. False when it is not: then the return has to be read and folded again.
 */
export async function record(
  db: DynamoDBClient,
  names: { worklists: string; work: string; deliveries: string; due: string; places: string },
  { ret, line, work, leaves, delivery, before, places, due }: Reception,
  shard: number,
): Promise<boolean> {
  const condition: Omit<Put, 'TableName' | 'Item'> = before
    ? {
        ConditionExpression: '#delivery.#seen = :seen',
        ExpressionAttributeNames: { '#delivery': 'delivery', '#seen': 'seen' },
        ExpressionAttributeValues: marshall({ ':seen': before.seen }),
      }
    : {
        ConditionExpression: 'attribute_not_exists(#ret)',
        ExpressionAttributeNames: { '#ret': tables.deliveries.hash },
      }
  const deliveryPut = {
    TableName: names.deliveries,
    Item: marshall(deliveryRow(ret, delivery)),
    ...condition,
  }
  try {
    await db.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: deliveryPut },
          { Put: { TableName: names.worklists, Item: marshall(line) } },
          ...work.map((row) => ({ Put: { TableName: names.work, Item: marshall(row) } })),
          ...leaves.map((place) => ({
            Delete: { TableName: names.work, Key: marshall(workKey(delivery.party, place)) },
          })),
          ...(places?.put ? [{ Put: { TableName: names.places, Item: marshall(places.put) } }] : []),
          ...(places?.deleted ?? []).map((key) => ({
            Delete: { TableName: names.places, Key: marshall(key) },
          })),
          ...(due ? [{ Update: dueUpdate(names.due, { shard, ret }, due) }] : []),
        ],
      }),
    )
    return true
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const reasons = error.CancellationReasons ?? []
    if (reasons.some(({ Code }) => Code !== undefined && overtaken.has(Code))) return false
    throw error
  }
}
