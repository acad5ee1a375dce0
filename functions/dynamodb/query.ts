import {
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import { marshall, type Plain, type Row, unmarshall } from './attributes.ts'

/** A condition on the second key of a table or an index. */
export type RangeCondition =
  | { equals: Plain }
  | { beginsWith: string }
  | { from: Plain }
  | { upTo: Plain }
  | { before: Plain }
  | { between: readonly [Plain, Plain] }

/** The rows that a query reads, in the order of their second key. */
export interface Query {
  table: string
  /** The name of an index. It is read as it stands; a table is read consistently unless `consistent` is false. */
  index?: string
  hash: { name: string; value: string }
  range?: { name: string; condition: RangeCondition } | undefined
  /** Attributes that must equal a value. Rows with another value are read and paid for all the same. */
  filters?: readonly { name: string; value: string }[]
  consistent?: boolean
  newestFirst?: boolean
}

/** A page of a query. `next`: the key behind which the following page begins, where there may be one. */
export interface QueryPage {
  rows: Row[]
  next: Row | undefined
}

/** Reads all rows of a query, page by page, as the caller takes them. */
export async function* queryRows(db: DynamoDBClient, query: Query): AsyncGenerator<Row> {
  for await (const page of paginateQuery({ client: db }, inputOf(query)))
    yield* (page.Items ?? []).map(unmarshall)
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
  { limit, start }: { limit: number; start?: Row | undefined },
): Promise<QueryPage> {
  const { Items: items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      ...inputOf(query),
      Limit: limit,
      ...(start ? { ExclusiveStartKey: marshall(start) } : {}),
    }),
  )
  return { rows: items.map(unmarshall), next: last && unmarshall(last) }
}

/** Reads a whole table, a page at a time: consistently unless it is said otherwise, and one attribute if it is named. */
export async function* scanPages(
  db: DynamoDBClient,
  table: string,
  { attribute, consistent = true }: { attribute?: string; consistent?: boolean } = {},
): AsyncGenerator<Row[]> {
  const projection = attribute
    ? { ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': attribute } }
    : {}
  const input = { TableName: table, ...(consistent ? { ConsistentRead: true } : {}), ...projection }
  for await (const page of paginateScan({ client: db }, input)) yield (page.Items ?? []).map(unmarshall)
}

function inputOf({
  table,
  index,
  hash,
  range,
  filters = [],
  consistent = index === undefined,
  newestFirst = false,
}: Query): QueryCommandInput {
  const { text, values } = range ? rangeOf(range.condition) : { text: '', values: {} }
  const filterNames = filters.map(({ name }, place) => [`#f${place}`, name])
  const filterValues = filters.map(({ value }, place) => [`:f${place}`, value])
  return {
    TableName: table,
    ...(index ? { IndexName: index } : {}),
    ...(consistent ? { ConsistentRead: true } : {}),
    KeyConditionExpression: range ? `#h = :h AND ${text}` : '#h = :h',
    ...(filters.length > 0
      ? { FilterExpression: filters.map((_, place) => `#f${place} = :f${place}`).join(' AND ') }
      : {}),
    ExpressionAttributeNames: {
      '#h': hash.name,
      ...(range ? { '#r': range.name } : {}),
      ...Object.fromEntries(filterNames),
    },
    ExpressionAttributeValues: marshall({
      ':h': hash.value,
      ...values,
      ...Object.fromEntries(filterValues),
    }),
    ...(newestFirst ? { ScanIndexForward: false } : {}),
  }
}

function rangeOf(condition: RangeCondition): { text: string; values: Row } {
  if ('equals' in condition) return { text: '#r = :r', values: { ':r': condition.equals } }
  if ('beginsWith' in condition)
    return { text: 'begins_with(#r, :r)', values: { ':r': condition.beginsWith } }
  if ('from' in condition) return { text: '#r >= :r', values: { ':r': condition.from } }
  if ('upTo' in condition) return { text: '#r <= :r', values: { ':r': condition.upTo } }
  if ('before' in condition) return { text: '#r < :r', values: { ':r': condition.before } }
  const [first, last] = condition.between
  return { text: '#r BETWEEN :r AND :s', values: { ':r': first, ':s': last } }
}
