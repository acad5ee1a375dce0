import { createHash } from 'node:crypto'
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb'
import canonicalize from 'canonicalize'
import type { LocalStack } from '../../infra/local/stack.ts'
import { variable } from '../../schemas/deployment/settings.ts'
import { type TableName, type TableShape, tableNames, tables } from '../../schemas/deployment/tables.ts'

export type Item = Record<string, AttributeValue>

/** The tables of a running stack without the edge before them: what an intruder or a broken disk could do. */
export interface StoredTables {
  /** Rows of a table; with `hash`, of one partition. */
  rows(table: TableName, hash?: string): Promise<Item[]>
  /** For each table how many rows it has, and one hash over all of them: what can be compared. */
  contents(): Promise<Record<TableName, string>>
  put(table: TableName, item: Item): Promise<void>
  remove(table: TableName, item: Item): Promise<void>
  close(): void
}

export function storedTables({ dynamodbUrl, functions }: LocalStack): StoredTables {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const db = new DynamoDBClient({ endpoint: dynamodbUrl, region: 'eu-central-1', credentials })
  // Physical names as the functions are told them; no function knows all tables.
  const environment = Object.assign({}, ...functions.specs.map((spec) => spec.environment))
  const nameOf = (table: TableName): string => environment[variable.table(table)]

  async function rows(table: TableName, hash?: string): Promise<Item[]> {
    const found: Item[] = []
    const all = { TableName: nameOf(table), ConsistentRead: true }
    const partition = {
      ...all,
      KeyConditionExpression: '#hash = :hash',
      ExpressionAttributeNames: { '#hash': tables[table].hash },
      ExpressionAttributeValues: { ':hash': { S: hash ?? '' } },
    }
    const pages =
      hash === undefined ? paginateScan({ client: db }, all) : paginateQuery({ client: db }, partition)
    for await (const { Items: items = [] } of pages) found.push(...items)
    return found
  }
  return {
    rows,
    async contents() {
      const read = tableNames.map(async (name) => [name, summaryOf(await rows(name))] as const)
      return Object.fromEntries(await Promise.all(read)) as Record<TableName, string>
    },
    async put(table, item) {
      await db.send(new PutItemCommand({ TableName: nameOf(table), Item: item }))
    },
    async remove(table, item) {
      const { hash, range }: TableShape = tables[table]
      const key = [hash, ...(range ? [range] : [])].map((name) => [name, item[name]])
      await db.send(new DeleteItemCommand({ TableName: nameOf(table), Key: Object.fromEntries(key) }))
    },
    close: () => db.destroy(),
  }
}

function summaryOf(items: readonly Item[]): string {
  const texts = items.map((item) => canonicalize(item)).sort()
  const hash = createHash('sha256').update(texts.join('\n')).digest('hex')
  return `${items.length} rows, ${hash.slice(0, 16)}`
}
