import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { awsCall, isAwsError } from '../aws/call.ts'
import type { Template, TemplateResource } from '../template/template.ts'

export interface DynamoDb {
  url: string
  /** Resolves when the process has ended. */
  stop(): Promise<void>
}

/** TCP_LISTEN, as /proc/net/tcp writes it. */
const listening = '0A'
const readyWithinMs = 10_000

/** Starts dynoxide on the tables in `directory`, and creates the template's tables that do not exist yet. */
export async function startDynamoDb(options: { directory: string; template: Template }): Promise<DynamoDb> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const file = join(options.directory, 'tables.db')
  const { url, child } = await launch(file)
  const stop = () => endProcess(child)
  try {
    for (const table of options.template.ofType('AWS::DynamoDB::GlobalTable')) {
      await createTable(url, options.template.nameOf(table.logicalId), table)
    }
    indexStreamRecords(file)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function launch(file: string): Promise<{ url: string; child: ChildProcess }> {
  const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide')
  // Detached, so that Ctrl-C in the terminal reaches only the stack, which ends dynoxide last.
  const child = spawn(binary, ['serve', '--port', '0', '--db-path', file], {
    stdio: 'ignore',
    detached: true,
  })
  endWithParent(child)
  const until = Date.now() + readyWithinMs
  while (running(child) && Date.now() < until) {
    const port = listeningPort(child.pid)
    if (port) return { url: `http://127.0.0.1:${port}`, child }
    await sleep(5)
  }
  await endProcess(child)
  throw new Error(`dynoxide does not start on ${file}.`)
}

function running({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

/** For port 0 dynoxide takes a free port and does not report it: the kernel knows it (`man 5 proc`, /proc/net/tcp). */
function listeningPort(pid: number | undefined): number | undefined {
  const sockets = socketsOf(pid)
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  for (const line of lines) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    if (state === listening && sockets.has(inode))
      return Number.parseInt(local.slice(local.indexOf(':') + 1), 16)
  }
  return undefined
}

/** The inodes of the sockets that a process has open; none while it ends. */
function socketsOf(pid: number | undefined): ReadonlySet<string> {
  try {
    const files = `/proc/${pid}/fd`
    const links = readdirSync(files).map((name) => readlinkSync(join(files, name)))
    return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
  } catch {
    return new Set()
  }
}

/** Kills the child when this process ends: a shell waits on a pipe that the kernel closes even after kill -9. */
function endWithParent(child: ChildProcess): void {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.once('exit', () => watchdog.kill('SIGKILL'))
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (!running(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const slow = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(slow)
}

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }))
const indexes = z.optional(
  z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: z.unknown() })),
)
const tableShape = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  LocalSecondaryIndexes: indexes,
  GlobalSecondaryIndexes: indexes,
  StreamSpecification: z.optional(z.object({ StreamViewType: z.string() })),
})

async function createTable(url: string, name: string, table: TemplateResource): Promise<void> {
  const shape = tableShape.parse(table.properties)
  const deployment = { url, accessKeyId: 'deployment' }
  try {
    await awsCall(deployment, 'DynamoDB_20120810.CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: shape.KeySchema,
      AttributeDefinitions: shape.AttributeDefinitions,
      LocalSecondaryIndexes: shape.LocalSecondaryIndexes,
      GlobalSecondaryIndexes: shape.GlobalSecondaryIndexes,
      StreamSpecification: shape.StreamSpecification && { StreamEnabled: true, ...shape.StreamSpecification },
    })
  } catch (error) {
    if (!isAwsError(error, 'ResourceInUseException')) throw error
    const existing = await awsCall(deployment, 'DynamoDB_20120810.DescribeTable', { TableName: name })
    const { Table } = z.object({ Table: tableShape }).parse(existing)
    if (keysOf(Table) !== keysOf(shape)) {
      throw new Error(`Table ${name} has other keys than the template. Start again with --fresh.`, {
        cause: error,
      })
    }
  }
}

function keysOf(table: z.infer<typeof tableShape>): string {
  const all = [...(table.LocalSecondaryIndexes ?? []), ...(table.GlobalSecondaryIndexes ?? [])]
  const named = all.map(({ IndexName, KeySchema }) => [IndexName, KeySchema] as const)
  // DynamoDB lists indexes in an order of its own.
  named.sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([table.KeySchema, named])
}

/**
 * Without these indexes, each write to a table with a stream takes longer than the write before (measured on dynoxide
 * 1.2.1: 0.36 ms at first, 3.4 ms after 12,000 records). dynoxide's schema is private: a test checks that it uses them.
 */
function indexStreamRecords(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  database.exec(`
    CREATE INDEX IF NOT EXISTS acasa_stream_by_table
      ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS acasa_stream_by_shard
      ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
  `)
  database.close()
}
