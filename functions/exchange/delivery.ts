import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { instant } from '../../schemas/values/texts.ts'
import { plain, stored } from '../dynamodb/attributes.ts'

const seq = z.int().check(z.minimum(0))

/** How far a party has come with a return: the last event it has seen, and when each of its events came. */
const delivery = z.strictObject({
  party: partyId,
  seen: seq,
  received: z.array(z.tuple([seq, instant])),
})
export type Delivery = z.infer<typeof delivery>

const { hash, range } = tables.deliveries

/** The deliveries of a return to all its parties, read consistently: who looks last sees everyone. */
export async function readDeliveries(db: DynamoDBClient, table: string, ret: string): Promise<Delivery[]> {
  const found: Delivery[] = []
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#ret = :ret',
      ExpressionAttributeNames: { '#ret': hash },
      ExpressionAttributeValues: { ':ret': { S: ret } },
    },
  )
  for await (const page of pages) found.push(...(page.Items ?? []).map(parseDelivery))
  return found
}

/** A row of `deliveries`: the map `delivery` is replaced as a whole, on the condition of its `seen`. */
export function deliveryItem(
  ret: string,
  { party, seen, received }: Delivery,
): Record<string, AttributeValue> {
  return { [hash]: { S: ret }, [range]: { S: party }, delivery: stored({ seen, received }) }
}

/** Whether a party has seen an event: it was in what the party's last fold took in. */
export function hasSeen(deliveries: readonly Delivery[], party: PartyId, event: StoredEvent): boolean {
  return deliveries.some((delivery) => delivery.party === party && delivery.seen >= event.seq)
}

/** Whether nobody is owed an event any more. */
export function seenByAll(deliveries: readonly Delivery[], event: StoredEvent): boolean {
  return event.to.every((party) => hasSeen(deliveries, party, event))
}

function parseDelivery(item: Record<string, AttributeValue>): Delivery {
  const kept = plain(item.delivery)
  const read = delivery.safeParse({ party: item[range]?.S, ...(typeof kept === 'object' ? kept : {}) })
  if (!read.success) throw refusal('internal', { fields: ['delivery'] })
  return read.data
}
