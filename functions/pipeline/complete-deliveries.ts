import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type Delivery, seenByAll } from '../exchange/delivery.ts'
import { pendingKey } from '../trail/pending.ts'

/** Takes off `pending` those of the events that nobody is owed any more; what is gone already stays gone. */
export async function completeDeliveries(
  db: DynamoDBClient,
  table: string,
  events: readonly StoredEvent[],
  deliveries: readonly Delivery[],
): Promise<void> {
  const settled = events.filter((event) => seenByAll(deliveries, event))
  await Promise.all(
    settled.map(({ ret, at, seq }) => {
      const { shard, since } = pendingKey(ret, at, seq)
      const { hash, range } = tables.pending
      const Key = { [hash]: { S: shard }, [range]: { S: since } }
      return db.send(new DeleteItemCommand({ TableName: table, Key }))
    }),
  )
}
