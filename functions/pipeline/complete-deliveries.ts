import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { deleteRow } from '../dynamodb/rows.ts'
import { type Delivery, seenByAll } from '../exchange/delivery.ts'
import { pendingKey } from '../trail/pending.ts'

/** Takes those of the events off `pending` that every party has received. */
export async function completeDeliveries(
  db: DynamoDBClient,
  table: string,
  events: readonly StoredEvent[],
  deliveries: readonly Delivery[],
): Promise<void> {
  const delivered = events.filter((event) => seenByAll(deliveries, event))
  const { hash, range } = tables.pending
  await Promise.all(
    delivered.map(({ ret, at, seq }) => {
      const { shard, since } = pendingKey(ret, at, seq)
      return deleteRow(db, table, { [hash]: shard, [range]: since })
    }),
  )
}
