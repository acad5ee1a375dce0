import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { instant } from '../../schemas/values/texts.ts'
import { isMap, type Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { queryAll } from '../dynamodb/query.ts'

const seq = z.int().check(z.minimum(0))

/** How far a party has come with a return: the last event it has seen, and when each of its events came. */
const delivery = z.strictObject({
  party: partyId,
  seen: seq,
  received: z.array(z.tuple([seq, instant])),
  /** The places of the party's rows in `work`: the next delivery takes them away. */
  work: z.optional(z.array(z.string())),
})
export type Delivery = z.infer<typeof delivery>

const { hash, range } = tables.deliveries

/** The deliveries of a return to all its parties, read consistently: whoever reads last sees all of them. */
export async function readDeliveries(db: DynamoDBClient, table: string, ret: string): Promise<Delivery[]> {
  return (await queryAll(db, { table, hash: { name: hash, value: ret } })).map(deliveryIn)
}

/** A row of `deliveries`: the map `delivery` is replaced as a whole, on the condition of its `seen`. */
export function deliveryRow(ret: string, { party, seen, received, work }: Delivery): Row {
  return { [hash]: ret, [range]: party, delivery: { seen, received, work } }
}

/** Whether a party has received an event: its last delivery was of that event or a later one. */
export function hasSeen(deliveries: readonly Delivery[], party: PartyId, event: StoredEvent): boolean {
  return deliveries.some((delivery) => delivery.party === party && delivery.seen >= event.seq)
}

/** Whether every party that an event is for has received it. */
export function seenByAll(deliveries: readonly Delivery[], event: StoredEvent): boolean {
  return event.to.every((party) => hasSeen(deliveries, party, event))
}

function deliveryIn(row: Row): Delivery {
  return parseRow(delivery, { ...(isMap(row.delivery) ? row.delivery : {}), party: row[range] }, 'delivery')
}
