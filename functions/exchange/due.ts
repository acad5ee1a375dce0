import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'

/** When there is something to look at (epoch ms), as it follows from so many events of the return. */
export interface Due {
  next: number | undefined
  version: number
}

/** The key of a row of `due`: the return, and its shard as `pending` has it. */
export interface DueKey {
  ret: string
  shard: number
}

const stored = z.strictObject({
  ret: returnId,
  version: z.int().check(z.minimum(1)),
  looked: z.optional(instant),
})
/** A row of `due` whose instant has come. `looked`: when `watch` last looked, if it ever did. */
export type DueRow = z.infer<typeof stored>

const { hash, range, localIndex } = tables.due
const instantField = localIndex.range
const iso = (epochMs: number) => ({ S: new Date(epochMs).toISOString() })

/**
 * The update that notes when to look, and with `looked` (epoch ms) when that was last done; otherwise what was noted of
 * the last look stays. Without an instant the row is not in the index.
 */
export function dueUpdate(table: string, key: DueKey, { next, version }: Due, looked?: number) {
  const sets = {
    version: { N: String(version) },
    ...(next === undefined ? {} : { [instantField]: iso(next) }),
    ...(looked === undefined ? {} : { looked: iso(looked) }),
  }
  const fields = Object.keys(sets)
  const set = `SET ${fields.map((field) => `#${field} = :${field}`).join(', ')}`
  return {
    TableName: table,
    Key: { [hash]: { S: shardName(key.shard) }, [range]: { S: key.ret } },
    UpdateExpression: next === undefined ? `${set} REMOVE #${instantField}` : set,
    ExpressionAttributeNames: Object.fromEntries(
      [...new Set([...fields, instantField])].map((field) => [`#${field}`, field]),
    ),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(sets).map(([field, value]) => [`:${field}`, value]),
    ),
  } satisfies Update
}

/** The rows of one shard whose instant has come by `now`, the longest due first. */
export async function readDue(
  db: DynamoDBClient,
  table: string,
  shard: number,
  now: Date,
): Promise<DueRow[]> {
  const found: DueRow[] = []
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      IndexName: localIndex.name,
      KeyConditionExpression: '#shard = :shard AND #next <= :now',
      ExpressionAttributeNames: { '#shard': hash, '#next': instantField },
      ExpressionAttributeValues: { ':shard': { S: shardName(shard) }, ':now': { S: now.toISOString() } },
    },
  )
  for await (const page of pages) found.push(...(page.Items ?? []).map(parseRow))
  return found
}

/**
 * Notes that `watch` looked at `looked` (epoch ms) and when it has to look next, unless the inbox has folded more events
 * since the row was read: then what the inbox wrote stands.
 */
export async function moveDue(
  db: DynamoDBClient,
  table: string,
  key: DueKey,
  due: Due,
  looked: number,
): Promise<void> {
  const update = dueUpdate(table, key, due, looked)
  try {
    await db.send(new UpdateItemCommand({ ...update, ConditionExpression: '#version = :version' }))
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

/** Two digits, as `pending` numbers its shards. */
function shardName(shard: number): string {
  return `look#${String(shard).padStart(2, '0')}`
}

function parseRow(item: Record<string, AttributeValue>): DueRow {
  const looked = item.looked?.S
  const read = stored.safeParse({
    ret: item[range]?.S,
    version: Number(item.version?.N),
    ...(looked === undefined ? {} : { looked }),
  })
  if (!read.success) throw refusal('internal', { fields: ['due'] })
  return read.data
}
