import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { marshall, type Row, unmarshall } from './attributes.ts'
import { backOff } from './backoff.ts'

/** DynamoDB's bound on the keys of one BatchGetItem. */
const maxBatch = 100
const maxAttempts = 6

/** Reads one row, consistently unless it is said otherwise; nothing where it is not there. */
export async function getRow(
  db: DynamoDBClient,
  table: string,
  key: Row,
  { consistent = true }: { consistent?: boolean } = {},
): Promise<Row | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({
      TableName: table,
      Key: marshall(key),
      ...(consistent ? { ConsistentRead: true } : {}),
    }),
  )
  return item && unmarshall(item)
}

/** Writes a row in place of the one that was there. */
export async function putRow(db: DynamoDBClient, table: string, item: Row): Promise<void> {
  await db.send(new PutItemCommand({ TableName: table, Item: marshall(item) }))
}

/** Deletes a row; what is gone already stays gone. */
export async function deleteRow(db: DynamoDBClient, table: string, key: Row): Promise<void> {
  await db.send(new DeleteItemCommand({ TableName: table, Key: marshall(key) }))
}

/**
 * Reads rows of several tables in one call, consistently, by the keys of each table. Rows that are not there are left
 * out, and the order is not that of the keys. Throws `too-large` over 100 keys, and `busy` when DynamoDB keeps putting
 * some off.
 */
export async function getRows(
  db: DynamoDBClient,
  keys: ReadonlyMap<string, readonly Row[]>,
): Promise<ReadonlyMap<string, Row[]>> {
  const asked = [...keys].filter(([, some]) => some.length > 0)
  if (asked.reduce((sum, [, some]) => sum + some.length, 0) > maxBatch) throw refusal('too-large')
  const found = new Map(asked.map(([table]): [string, Row[]] => [table, []]))
  let left: Record<string, KeysAndAttributes> = Object.fromEntries(
    asked.map(([table, some]) => [table, { Keys: some.map(marshall), ConsistentRead: true }]),
  )
  for (let attempt = 0; Object.keys(left).length > 0; attempt++) {
    if (attempt === maxAttempts) throw refusal('busy')
    if (attempt > 0) await backOff(attempt)
    const { Responses: items = {}, UnprocessedKeys: unprocessed = {} } = await db.send(
      new BatchGetItemCommand({ RequestItems: left }),
    )
    for (const [table, some] of Object.entries(items)) found.get(table)?.push(...some.map(unmarshall))
    left = unprocessed
  }
  return found
}
