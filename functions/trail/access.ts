import { randomUUID } from 'node:crypto'
import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { access } from '../../schemas/answers.ts'
import { refusal } from '../../schemas/problems.ts'
import { tables } from '../../schemas/tables.ts'
import { sectionId, sha256 } from '../../schemas/texts.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { accessHash, genesis } from './chain.ts'
import { execute } from './transaction.ts'

/**
 * One look at sections, or one export: who, when, what, why. `subject`: a return, or `search#` and a party;
 * the records of a subject are a chain of their own.
 */
const accessRecord = z.extend(access, { subject: z.string(), prev: sha256, sections: z.array(sectionId) })
export type AccessRecord = z.infer<typeof accessRecord>

/** Looks at one return at the same moment are few; each lost race costs one more read. */
const maxAttempts = 8

/**
 * Writes that somebody looks, before they see: the record goes behind the subject's last one, and is never
 * changed. Throws `busy` when others kept coming first, and as `execute` does.
 */
export async function appendAccess(
  db: DynamoDBClient,
  table: string,
  looked: Omit<AccessRecord, 'n' | 'prev'>,
): Promise<AccessRecord> {
  const { hash, range } = tables.access
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const last = await readLast(db, table, looked.subject)
    const record = accessRecord.parse({ ...looked, n: last.n + 1, prev: last.hash })
    const statement = {
      Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'record': ?}`,
      Parameters: [{ S: record.subject }, { N: String(record.n) }, { B: canonicalBytes(record) }],
    }
    const codes = await execute(db, [statement], randomUUID())
    if (!codes) return record
    if (codes[0] !== 'DuplicateItem') throw new Error(`The access record was refused: ${codes.join(', ')}.`)
  }
  throw refusal('busy')
}

/** A subject's access records in order, read consistently; `trail-broken` where their chain is. */
export async function readAccess(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<AccessRecord[]> {
  const records: AccessRecord[] = []
  let prev = genesis
  for await (const page of paginateQuery({ client: db }, recordsOf(table, subject))) {
    for (const item of page.Items ?? []) {
      const { record, hash } = readRecord(item)
      const follows = record.subject === subject && record.n === records.length && record.prev === prev
      if (!follows) throw refusal('trail-broken')
      records.push(record)
      prev = hash
    }
  }
  return records
}

function recordsOf(table: string, subject: string) {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#subject = :subject',
    ExpressionAttributeNames: { '#subject': tables.access.hash },
    ExpressionAttributeValues: { ':subject': { S: subject } },
  }
}

const newestOf = (table: string, subject: string) => ({
  ...recordsOf(table, subject),
  ScanIndexForward: false,
  Limit: 1,
})

/** The last look that was recorded of a subject; read consistently. */
export async function readLastAccess(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<AccessRecord | undefined> {
  const { Items: [item] = [] } = await db.send(new QueryCommand(newestOf(table, subject)))
  return item && readRecord(item).record
}

async function readLast(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<{ n: number; hash: string }> {
  const { Items: [item] = [] } = await db.send(new QueryCommand(newestOf(table, subject)))
  if (!item) return { n: -1, hash: genesis }
  const { record, hash } = readRecord(item)
  return { n: record.n, hash }
}

function readRecord(item: Record<string, AttributeValue>): { record: AccessRecord; hash: string } {
  const bytes = item.record?.B
  if (!bytes) throw refusal('trail-broken')
  const record = parseRecord(bytes)
  if (String(record.n) !== item[tables.access.range]?.N) throw refusal('trail-broken')
  return { record, hash: accessHash(bytes) }
}

function parseRecord(bytes: Uint8Array): AccessRecord {
  try {
    return accessRecord.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}
