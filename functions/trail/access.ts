import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { type RefusalRecord, refusalRecord, refusalsAnHour } from '../../schemas/api/refusals.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { execute } from '../dynamodb/execute.ts'
import { type Query, queryAll, queryPage } from '../dynamodb/query.ts'
import {
  type AccessRecord,
  type AuditRecord,
  accessRecord,
  insertRecord,
  readRecord,
  type StoredRecord,
  walkAccess,
} from './access-record.ts'
import { genesis } from './chain.ts'

/** Accesses to one return at the same moment are few; each lost race costs one more read. */
const maxAttempts = 8
const hour = 3_600_000

/**
 * Writes that somebody sees something, before they see it: the record goes behind the subject's last one, and is never
 * changed. Throws `busy` when others kept coming first, and as `execute` does.
 */
export async function appendAccess(
  db: DynamoDBClient,
  table: string,
  access: Omit<AccessRecord, 'n' | 'prev'>,
): Promise<AccessRecord> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [last] = await readNewest(db, table, access.subject, 1)
    const record = accessRecord.parse({ ...access, ...placeBehind(last) })
    if (await insert(db, table, record)) return record
  }
  throw refusal('busy')
}

/**
 * Writes that somebody was refused, behind the last record of what that user was refused. False, and nothing written,
 * where an hour's worth of them is there already. Throws as `appendAccess` does.
 */
export async function appendRefusal(
  db: DynamoDBClient,
  table: string,
  refused: Omit<RefusalRecord, 'n' | 'prev'>,
): Promise<boolean> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const newest = await readNewest(db, table, refused.subject, refusalsAnHour)
    const first = newest.length < refusalsAnHour ? undefined : newest.at(-1)
    if (first && Date.parse(refused.at) - Date.parse(first.record.at) < hour) return false
    if (await insert(db, table, refusalRecord.parse({ ...refused, ...placeBehind(newest[0]) }))) return true
  }
  throw refusal('busy')
}

function placeBehind(last: StoredRecord | undefined): { n: number; prev: string } {
  return last ? { n: last.record.n + 1, prev: last.hash } : { n: 0, prev: genesis }
}

/** False when somebody else's record took the place. */
async function insert(db: DynamoDBClient, table: string, record: AuditRecord): Promise<boolean> {
  const codes = await execute(db, [insertRecord(table, record)], randomUUID())
  if (!codes) return true
  if (codes[0] !== 'DuplicateItem') throw new Error(`The access record was refused: ${codes.join(', ')}.`)
  return false
}

/** The accesses to a subject in order, read consistently; `trail-broken` where their chain is. */
export async function readAccess(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<AccessRecord[]> {
  const walked = walkAccess(subject, await readAccessRows(db, table, subject))
  if ('flaw' in walked) throw refusal('trail-broken')
  return walked.flatMap(({ record }) => (record.kind === 'refused' ? [] : [record]))
}

/** A subject's records as they stand in the table, read consistently and not judged: a check judges them. */
export function readAccessRows(db: DynamoDBClient, table: string, subject: string): Promise<Row[]> {
  return queryAll(db, recordsOf(table, subject))
}

/** The same from the `n`th record on, at most `limit` of them; with the record before the first, where there is one. */
export async function readAccessRange(
  db: DynamoDBClient,
  table: string,
  subject: string,
  { from, limit }: { from: number; limit: number },
): Promise<Row[]> {
  const range = { name: tables.access.range, operator: '>=', value: Math.max(0, from - 1) } as const
  const { rows } = await queryPage(
    db,
    { ...recordsOf(table, subject), range },
    { limit: from === 0 ? limit : limit + 1 },
  )
  return rows
}

/** The last access to a subject; read consistently. */
export async function readLastAccess(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<AccessRecord | undefined> {
  const [last] = await readNewest(db, table, subject, 1)
  return last && last.record.kind !== 'refused' ? last.record : undefined
}

/** A subject's newest records, the newest first; `trail-broken` where one is no record. */
async function readNewest(
  db: DynamoDBClient,
  table: string,
  subject: string,
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await queryPage(db, { ...recordsOf(table, subject), newestFirst: true }, { limit })
  return rows.map((row) => {
    const read = readRecord(row)
    if (typeof read === 'string') throw refusal('trail-broken')
    return read
  })
}

function recordsOf(table: string, subject: string): Query {
  return { table, hash: { name: tables.access.hash, value: subject } }
}
