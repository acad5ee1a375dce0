import {
  type AttributeValue,
  type DynamoDBClient,
  type Put,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { StoredEvent } from '../../schemas/events.ts'
import type { PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import { tables } from '../../schemas/tables.ts'
import { fold } from '../domain/evolve.ts'
import { type Delivery, deliveryItem } from './delivery.ts'
import { rowItem } from './worklist.ts'

/** What a message brought a party: its line of the worklist, its delivery, and the events that are new to it. */
export interface Reception {
  ret: string
  line: Record<string, AttributeValue>
  delivery: Delivery
  before: Delivery | undefined
  fresh: StoredEvent[]
}

/**
 * Folds what a party may know of a return: everything up to the last event that is for it. Undefined when it has
 * seen that already. `at` is the time of receiving. Throws trail-broken where the first event is missing.
 */
export function receive(
  events: readonly StoredEvent[],
  party: PartyId,
  before: Delivery | undefined,
  { at, reference }: { at: string; reference: string },
): Reception | undefined {
  const last = events.findLast(({ to }) => to.includes(party))
  const seen = before?.seen ?? -1
  if (!last || last.seq <= seen) return undefined
  const known = events.slice(0, last.seq + 1)
  const state = fold(known)
  if (!state) throw refusal('trail-broken')
  const fresh = known.filter((event) => event.seq > seen && event.to.includes(party))
  const got = fresh.map(({ seq }): [number, string] => [seq, at])
  return {
    ret: state.ret,
    line: rowItem(state, party, { version: known.length, at: last.at, reference }),
    delivery: { party, seen: last.seq, got: [...(before?.got ?? []), ...got] },
    before,
    fresh,
  }
}

/** Reasons that say somebody else was at the same rows: what was read is no longer so, or may not be. */
const overtaken = new Set(['ConditionalCheckFailed', 'TransactionConflict'])

/**
 * Writes line and delivery in one transaction, on the condition that the delivery still is what was read.
 * False when it is not: then the return has to be read and folded again.
 */
export async function record(
  db: DynamoDBClient,
  names: { worklists: string; deliveries: string },
  { ret, line, delivery, before }: Reception,
): Promise<boolean> {
  const condition: Omit<Put, 'TableName' | 'Item'> = before
    ? {
        ConditionExpression: '#delivery.#seen = :seen',
        ExpressionAttributeNames: { '#delivery': 'delivery', '#seen': 'seen' },
        ExpressionAttributeValues: { ':seen': { N: String(before.seen) } },
      }
    : {
        ConditionExpression: 'attribute_not_exists(#ret)',
        ExpressionAttributeNames: { '#ret': tables.deliveries.hash },
      }
  const deliveryPut = { TableName: names.deliveries, Item: deliveryItem(ret, delivery), ...condition }
  try {
    await db.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: deliveryPut }, { Put: { TableName: names.worklists, Item: line } }],
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
