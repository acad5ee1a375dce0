import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { isMap, type Row } from '../dynamodb/attributes.ts'
import { queryRows } from '../dynamodb/query.ts'
import { getRow } from '../dynamodb/rows.ts'
import { parseCanonical } from './canonical.ts'
import { eventHash, genesis } from './chain.ts'
import type { RawEvent } from './verify.ts'

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
  for await (const row of rowsOf(db, table, ret)) {
    const stored = readRow(row)
    const { event, seq } = stored
    const follows = event.ret === ret && event.seq === seq && event.prev === trail.lastHash
    if (seq !== trail.version || !follows) throw refusal('trail-broken')
    trail.rows.push(stored)
    trail.version = seq + 1
    trail.lastHash = stored.hash
  }
  return trail
}

/** A return's events as their bytes stand in the table, read consistently and not judged: a check judges them. */
export async function readRawEvents(db: DynamoDBClient, table: string, ret: string): Promise<RawEvent[]> {
  const events: RawEvent[] = []
  for await (const { [tables.trail.range]: seq, event, tag } of rowsOf(db, table, ret))
    events.push({
      place: Number(seq),
      bytes: event instanceof Uint8Array ? event : undefined,
      tag: Buffer.from(tag instanceof Uint8Array ? tag : []).toString('base64'),
    })
  return events
}

function rowsOf(db: DynamoDBClient, table: string, ret: string) {
  return queryRows(db, { table, hash: { name: tables.trail.hash, value: ret } })
}

/**
 * The version that the head of a return stands at, read consistently. Every transaction moves head and trail together,
 * so a head that is read after a trail is never behind it. Where it is, an event was written beside the head.
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
  const { head } = (await getRow(db, table, { [tables.heads.hash]: ret })) ?? {}
  return isMap(head) ? { version: Number(head.version ?? 0), hash: String(head.hash ?? '') } : undefined
}

function readRow(row: Row): StoredRow {
  const { [tables.trail.range]: seq, event: bytes, tag } = row
  if (typeof seq !== 'number' || !(bytes instanceof Uint8Array) || !(tag instanceof Uint8Array))
    throw refusal('trail-broken')
  return { seq, bytes, tag, hash: eventHash(bytes), event: readEvent(bytes) }
}

function readEvent(bytes: Uint8Array): StoredEvent {
  try {
    return storedEvent.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}
