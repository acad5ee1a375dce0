import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import type { LocalStack } from '../../infra/local/stack.ts'
import { variable } from '../../schemas/deployment/settings.ts'
import { type TableName, type TableShape, tableNames, tables } from '../../schemas/deployment/tables.ts'

export type Item = Record<string, AttributeValue>

/** The tables of a running stack without the edge before them: what an intruder or a broken disk could do. */
export interface StoredTables {
  /** Rows of a table; with `hash`, of one partition. */
  rows(table: TableName, hash?: string): Promise<Item[]>
  /** Each row of a table as its text on disk. */
  texts(table: TableName): string[]
  /** For each table how many rows it has, and one hash over all of them: what can be compared. */
  contents(): Record<TableName, string>
  put(table: TableName, item: Item): Promise<void>
  remove(table: TableName, item: Item): Promise<void>
  close(): void
}

export function storedTables({ dynamodbUrl, functions }: LocalStack, dataDir: string): StoredTables {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const db = new DynamoDBClient({ endpoint: dynamodbUrl, region: 'eu-central-1', credentials })
  // Physical names as the functions are told them; no function knows all tables.
  const environment = Object.assign({}, ...functions.specs.map((spec) => spec.environment))
  const nameOf = (table: TableName): string => environment[variable.table(table)]
  // Past the emulator too: a stack that many files share has thousands of rows, which nobody changes and many compare.
  const disk = new DatabaseSync(join(dataDir, 'dynamodb', 'tables.db'), { readOnly: true })

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
  const texts = (table: TableName): string[] =>
    z
      .array(z.object({ item_json: z.string() }))
      .parse(disk.prepare(`SELECT item_json FROM "${nameOf(table)}" ORDER BY pk, sk`).all())
      .map(({ item_json }) => item_json)
  return {
    rows,
    texts,
    contents: () =>
      Object.fromEntries(tableNames.map((name) => [name, summaryOf(texts(name))])) as Record<
        TableName,
        string
      >,
    async put(table, item) {
      await db.send(new PutItemCommand({ TableName: nameOf(table), Item: item }))
    },
    async remove(table, item) {
      const { hash, range }: TableShape = tables[table]
      const key = [hash, ...(range ? [range] : [])].map((name) => [name, item[name]])
      await db.send(new DeleteItemCommand({ TableName: nameOf(table), Key: Object.fromEntries(key) }))
    },
    close() {
      db.destroy()
      disk.close()
    },
  }
}

function summaryOf(rows: readonly string[]): string {
  const hash = createHash('sha256').update(rows.join('\n')).digest('hex')
  return `${rows.length} rows, ${hash.slice(0, 16)}`
}
