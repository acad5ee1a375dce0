import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'
import { marshall, type Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { queryAll } from '../dynamodb/query.ts'

/** When `watch` has to evaluate a return next (epoch ms), as it follows from the first `version` events. */
export interface DueReturn {
  next: number | undefined
  version: number
}

/** The key of a row of `due`: the return, and its shard as `pending` has it. */
export interface DueKey {
  ret: string
  shard: number
}

const dueRow = z.strictObject({
  ret: returnId,
  version: z.int().check(z.minimum(1)),
  evaluated: z.optional(instant),
})
/** A row of `due` whose instant has come. `evaluated`: when `watch` last evaluated the return, if it ever did. */
export type DueRow = z.infer<typeof dueRow>

const { hash, range, localIndex } = tables.due
const instantField = localIndex.range
const iso = (epochMs: number) => new Date(epochMs).toISOString()

/**
 * The update that notes when to evaluate a return next, and with `evaluated` (epoch ms) when that was last done; without it,
 * the time of the last evaluation stays. Without a next instant the row is not in the index.
 */
export function dueUpdate(table: string, key: DueKey, { next, version }: DueReturn, evaluated?: number) {
  const sets = {
    version,
    ...(next === undefined ? {} : { [instantField]: iso(next) }),
    ...(evaluated === undefined ? {} : { evaluated: iso(evaluated) }),
  }
  const fields = Object.keys(sets)
  const set = `SET ${fields.map((field) => `#${field} = :${field}`).join(', ')}`
  return {
    TableName: table,
    Key: marshall({ [hash]: shardName(key.shard), [range]: key.ret }),
    UpdateExpression: next === undefined ? `${set} REMOVE #${instantField}` : set,
    ExpressionAttributeNames: Object.fromEntries(
      [...new Set([...fields, instantField])].map((field) => [`#${field}`, field]),
    ),
    ExpressionAttributeValues: marshall(
      Object.fromEntries(Object.entries(sets).map(([field, value]) => [`:${field}`, value])),
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
  const rows = await queryAll(db, {
    table,
    index: localIndex.name,
    hash: { name: hash, value: shardName(shard) },
    range: { name: instantField, operator: '<=', value: now.toISOString() },
  })
  return rows.map(dueIn)
}

/**
 * Notes that `watch` evaluated a return at `evaluated` (epoch ms), and when it has to do so next. Where the inbox has folded
 * more events since the row was read, what the inbox wrote stands.
 */
export async function moveDue(
  db: DynamoDBClient,
  table: string,
  key: DueKey,
  due: DueReturn,
  evaluated: number,
): Promise<void> {
  const update = dueUpdate(table, key, due, evaluated)
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

function dueIn({ [range]: ret, version, evaluated }: Row): DueRow {
  return parseRow(dueRow, { ret, version, ...(evaluated === undefined ? {} : { evaluated }) }, 'due')
}
