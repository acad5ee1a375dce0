import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { execute } from '../dynamodb/execute.ts'
import { queryPage } from '../dynamodb/query.ts'
import { insertStatement, type Statement } from '../dynamodb/statements.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { genesis } from './chain.ts'

/** Records of one kind, only ever added: in chains, each record with the hash of the one before. */
export interface Register<R extends { prev: string }> {
  /** The names of the table's keys: whose chain a row is of, and its place in it. */
  keys: { hash: string; range: string }
  form: z.ZodMiniType<R>
  hashOf: (bytes: Uint8Array) => string
  /** The place of a record in a chain; nothing where it does not belong there. */
  placeIn: (chain: string, record: R) => number | undefined
}

/** A record as it was read, with its hash. */
export type Stored<R> = R & { hash: string }

/** The newest record of a chain, or nothing where there is none yet; read consistently. */
export async function readNewest<R extends { prev: string }>(
  db: DynamoDBClient,
  table: string,
  register: Register<R>,
  chain: string,
): Promise<Stored<R> | undefined> {
  const row = await newestRow(db, table, register.keys, chain)
  return row && storedIn(register, row)
}

/** A row as it is stored: the newest of a chain. */
export async function newestRow(
  db: DynamoDBClient,
  table: string,
  { hash }: { hash: string },
  chain: string,
): Promise<Row | undefined> {
  const { rows } = await queryPage(
    db,
    { table, hash: { name: hash, value: chain }, newestFirst: true },
    { limit: 1 },
  )
  return rows[0]
}

/** At most `limit` records of a chain from a place on, in order; `trail-broken` where the chain is. A chain begins at 1. */
export async function readPage<R extends { prev: string }>(
  db: DynamoDBClient,
  table: string,
  register: Register<R>,
  chain: string,
  from: number,
  limit: number,
): Promise<Stored<R>[]> {
  const { hash, range } = register.keys
  const { rows } = await queryPage(
    db,
    { table, hash: { name: hash, value: chain }, range: { name: range, operator: '>=', value: from } },
    { limit },
  )
  const found = rows.map((row) => storedIn(register, row))
  // Of what came before the page, only the very beginning is known.
  let before = from === 1 ? genesis : found[0]?.prev
  for (const [index, record] of found.entries()) {
    if (register.placeIn(chain, record) !== from + index || record.prev !== before)
      throw refusal('trail-broken')
    before = record.hash
  }
  return found
}

/** A row says where it stands by its key, and its record has to say the same. */
export function storedIn<R extends { prev: string }>(
  { keys, form, hashOf, placeIn }: Register<R>,
  row: Row,
): Stored<R> {
  const { record, bytes } = recordIn(form, row)
  const place = placeIn(String(row[keys.hash] ?? ''), record)
  if (place === undefined || row[keys.range] !== place) throw refusal('trail-broken')
  return { ...record, hash: hashOf(bytes) }
}

/** The record of a row, with the bytes that it was read from; `trail-broken` where it is none of its form. */
export function recordIn<R>(form: z.ZodMiniType<R>, row: Row) {
  const bytes = row.record
  if (!(bytes instanceof Uint8Array)) throw refusal('trail-broken')
  try {
    return { record: form.parse(parseCanonical(bytes)), bytes }
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}

/** The statement that adds a record at a place of a chain; it fails where somebody was first. */
export function addition(
  table: string,
  { hash, range }: { hash: string; range: string },
  chain: string,
  place: number,
  record: unknown,
): Statement {
  return insertStatement(table, { [hash]: chain, [range]: place, record: canonicalBytes(record) })
}

/** Writes additions, and what has to hold beside them, together or not at all. False where somebody was first at either. */
export async function add(db: DynamoDBClient, statements: readonly Statement[]): Promise<boolean> {
  const codes = await execute(db, statements, randomUUID())
  if (!codes) return true
  if (codes.includes('DuplicateItem') || codes.includes('ConditionalCheckFailed')) return false
  throw new Error(`The records were refused: ${codes.join(', ')}.`)
}
