import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { parseCanonical } from './canonical.ts'
import { eventHash, genesis } from './chain.ts'
import type { KeptEvent } from './verify.ts'

/** One event as it is stored: its bytes are what counts, the rest was read from them. */
export interface StoredRow {
  seq: number
  bytes: Uint8Array
  tag: Uint8Array
  hash: string
  event: StoredEvent
}

/** A return's whole stream. `version` counts its events; with none it is 0 and `lastHash` the genesis. */
export interface Trail {
  ret: string
  rows: StoredRow[]
  version: number
  lastHash: string
}

/**
 * Reads a return's stream, consistently and whole, and walks its chain. Throws `trail-broken` where an event
 * is missing, not canonical, not of its schema, of another return, or does not name the one before.
 */
export async function readTrail(db: DynamoDBClient, table: string, ret: string): Promise<Trail> {
  const trail: Trail = { ret, rows: [], version: 0, lastHash: genesis }
  for await (const item of itemsOf(db, table, ret)) {
    const row = readRow(item)
    const { event, seq } = row
    const follows = event.ret === ret && event.seq === seq && event.prev === trail.lastHash
    if (seq !== trail.version || !follows) throw refusal('trail-broken')
    trail.rows.push(row)
    trail.version = seq + 1
    trail.lastHash = row.hash
  }
  return trail
}

/** A return's events as they are kept, read consistently and judged by nobody: for who checks them. */
export async function readKept(db: DynamoDBClient, table: string, ret: string): Promise<KeptEvent[]> {
  const kept: KeptEvent[] = []
  for await (const { [tables.trail.range]: seq, event, tag } of itemsOf(db, table, ret))
    kept.push({ place: Number(seq?.N), bytes: event?.B, tag: Buffer.from(tag?.B ?? []).toString('base64') })
  return kept
}

async function* itemsOf(db: DynamoDBClient, table: string, ret: string) {
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#ret = :ret',
      ExpressionAttributeNames: { '#ret': tables.trail.hash },
      ExpressionAttributeValues: { ':ret': { S: ret } },
    },
  )
  for await (const page of pages) yield* page.Items ?? []
}

/**
 * The version that the head of a return stands at, read consistently. Every transaction moves head and trail together,
 * so a head that is read after a trail is never behind it: where it is, an event was written beside the head.
 */
export async function readHeadVersion(db: DynamoDBClient, table: string, ret: string): Promise<number> {
  return (await readHead(db, table, ret))?.version ?? 0
}

/** The head of a return, read consistently: how many events were written, and the hash of the last. */
export async function readHead(
  db: DynamoDBClient,
  table: string,
  ret: string,
): Promise<{ version: number; hash: string } | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: table, Key: { [tables.heads.hash]: { S: ret } }, ConsistentRead: true }),
  )
  const head = item?.head?.M
  return head && { version: Number(head.version?.N ?? 0), hash: head.hash?.S ?? '' }
}

function readRow(item: Record<string, AttributeValue>): StoredRow {
  const [seq, bytes, tag] = [item[tables.trail.range]?.N, item.event?.B, item.tag?.B]
  if (seq === undefined || !bytes || !tag) throw refusal('trail-broken')
  return { seq: Number(seq), bytes, tag, hash: eventHash(bytes), event: readEvent(bytes) }
}

function readEvent(bytes: Uint8Array): StoredEvent {
  try {
    return storedEvent.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}
