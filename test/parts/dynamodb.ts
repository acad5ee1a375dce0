import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  indexesOf,
  type TableName,
  type TableShape,
  tableNames,
  tables,
} from '../../schemas/deployment/tables.ts'

export interface TestDynamodb {
  url: string
  /** Physical names: other than the logical ones, so that a statement with a name written into it fails. */
  names: Record<TableName, string>
  /** A client of this database, or of something that stands before it. */
  client(url?: string): DynamoDBClient
  stop(): Promise<void>
}

/** Starts dynoxide in memory, on a free port, with every table of `schemas/deployment/tables.ts`. */
export async function startDynamodb(): Promise<TestDynamodb> {
  const port = await freePort()
  const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide')
  const child = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const clients: DynamoDBClient[] = []
  const client = (endpoint = url) => {
    const made = clientOf(endpoint)
    clients.push(made)
    return made
  }
  const names = {} as Record<TableName, string>
  for (const name of tableNames) names[name] = `Acasa-${name}`
  await ready(client(), child)
  for (const name of tableNames)
    await client().send(new CreateTableCommand(creation(names[name], tables[name])))
  return {
    url,
    names,
    client,
    async stop() {
      for (const made of clients) made.destroy()
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

/** A client for 127.0.0.1; what it says of itself is checked by nobody here. */
function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials })
}

async function ready(db: DynamoDBClient, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      await db.send(new ListTablesCommand({}))
      return
    } catch {
      await pause(20)
    }
  }
  throw new Error('dynoxide did not start.')
}

function creation(name: string, shape: TableShape) {
  const indexes = indexesOf(shape)
  const { globalIndexes = [] } = shape
  const ranges = [
    shape.range ?? [],
    ...indexes.map(({ range }) => range),
    ...globalIndexes.flatMap(({ hash, range }) => [hash, range]),
  ].flat()
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema: keySchema(shape.hash, shape.range),
    AttributeDefinitions: [...new Set([shape.hash, ...ranges])].map((attribute) => ({
      AttributeName: attribute,
      AttributeType: attribute === shape.range ? (shape.rangeType ?? 'S') : ('S' as const),
    })),
    LocalSecondaryIndexes:
      indexes.length > 0
        ? indexes.map(({ name: index, range }) => ({
            IndexName: index,
            KeySchema: keySchema(shape.hash, range),
            Projection: { ProjectionType: 'ALL' as const },
          }))
        : undefined,
    GlobalSecondaryIndexes:
      globalIndexes.length > 0
        ? globalIndexes.map(({ name: index, hash, range }) => ({
            IndexName: index,
            KeySchema: keySchema(hash, range),
            Projection: { ProjectionType: 'ALL' as const },
          }))
        : undefined,
    StreamSpecification: shape.stream
      ? { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const }
      : undefined,
  }
}

function keySchema(hash: string, range: string | undefined) {
  const first = { AttributeName: hash, KeyType: 'HASH' as const }
  return range ? [first, { AttributeName: range, KeyType: 'RANGE' as const }] : [first]
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}
