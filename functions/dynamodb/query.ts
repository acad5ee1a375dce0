import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, type Plain, type Row, unmarshall } from './attributes.ts'

/** A condition on the second key of a table or an index. */
export type RangeCondition = { name: string } & (
  | { operator: '=' | '<' | '<=' | '>='; value: Plain }
  | { operator: 'begins_with'; value: string }
  | { operator: 'BETWEEN'; value: Plain; end: Plain }
)

/** The rows that a query reads, in the order of their second key. */
export interface Query {
  table: string
  /** The name of an index. It is read as it stands; a table is read consistently unless `consistent` is false. */
  index?: string
  hash: { name: string; value: string }
  range?: RangeCondition | undefined
  /** Attributes that must equal a value. Rows with another value are read and paid for all the same. */
  filters?: readonly { name: string; value: string }[]
  consistent?: boolean
  newestFirst?: boolean
}

/** A page of rows. `next`: the key behind which the following page begins, where there may be one. */
export interface RowPage {
  rows: Row[]
  next: Row | undefined
}

/** Reads all rows of a query, page by page, as the caller takes them. */
export async function* queryRows(db: DynamoDBClient, query: Query): AsyncGenerator<Row> {
  let start: Row | undefined
  do {
    const { rows, next } = await queryPage(db, query, { start })
    yield* rows
    start = next
  } while (start)
}

/** Reads all rows of a query. */
export async function queryAll(db: DynamoDBClient, query: Query): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of queryRows(db, query)) rows.push(row)
  return rows
}

/** Reads one page of a query: at most `limit` rows, those after the key `start` where one is given. */
export async function queryPage(
  db: DynamoDBClient,
  query: Query,
  { limit, start }: { limit?: number | undefined; start?: Row | undefined },
): Promise<RowPage> {
  const input = { ...inputOf(query), Limit: limit, ExclusiveStartKey: start && marshall(start) }
  return pageOf(await db.send(new QueryCommand(input)))
}

/** How many rows a query has, up to `most`; they are read and paid for, and not sent. */
export async function countRows(db: DynamoDBClient, query: Query, most: number): Promise<number> {
  let count = 0
  let start: QueryCommandOutput['LastEvaluatedKey']
  do {
    const input = {
      ...inputOf(query),
      Select: 'COUNT' as const,
      Limit: most - count,
      ExclusiveStartKey: start,
    }
    const page = await db.send(new QueryCommand(input))
    count += page.Count ?? 0
    start = page.LastEvaluatedKey
  } while (start && count < most)
  return count
}

/** Reads a whole table, a page at a time: consistently unless it is said otherwise, and one attribute if it is named. */
export async function* scanPages(
  db: DynamoDBClient,
  table: string,
  { attribute, consistent = true }: { attribute?: string; consistent?: boolean } = {},
): AsyncGenerator<Row[]> {
  let start: Row | undefined
  do {
    const { rows, next } = pageOf(
      await db.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: consistent,
          ProjectionExpression: attribute && '#a',
          ExpressionAttributeNames: attribute ? { '#a': attribute } : undefined,
          ExclusiveStartKey: start && marshall(start),
        }),
      ),
    )
    yield rows
    start = next
  } while (start)
}

function pageOf({
  Items: items = [],
  LastEvaluatedKey: last,
}: Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>): RowPage {
  return { rows: items.map(unmarshall), next: last && unmarshall(last) }
}

function inputOf({ table, index, hash, range, filters = [], ...how }: Query): QueryCommandInput {
  const names: Record<string, string> = { '#h': hash.name }
  const values: Record<string, Plain> = { ':h': hash.value }
  if (range) {
    names['#r'] = range.name
    values[':r'] = range.value
    if (range.operator === 'BETWEEN') values[':s'] = range.end
  }
  for (const [place, { name, value }] of filters.entries()) {
    names[`#f${place}`] = name
    values[`:f${place}`] = value
  }
  return {
    TableName: table,
    IndexName: index,
    ConsistentRead: how.consistent ?? index === undefined,
    KeyConditionExpression: range ? `#h = :h AND ${textOf(range)}` : '#h = :h',
    FilterExpression: filters.map((_, place) => `#f${place} = :f${place}`).join(' AND ') || undefined,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
    ScanIndexForward: !how.newestFirst,
  }
}

function textOf({ operator }: RangeCondition): string {
  if (operator === 'begins_with') return 'begins_with(#r, :r)'
  return operator === 'BETWEEN' ? '#r BETWEEN :r AND :s' : `#r ${operator} :r`
}
