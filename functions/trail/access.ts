import { randomUUID } from 'node:crypto'
import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { access } from '../../schemas/api/answers.ts'
import type { AccessFlaw } from '../../schemas/api/check.ts'
import { refusal } from '../../schemas/api/problems.ts'
import { type RefusalRecord, refusalRecord, refusalsAnHour } from '../../schemas/api/refusals.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { returnId, sectionId, sha256 } from '../../schemas/values/texts.ts'
import { execute, type Statement } from '../dynamodb/execute.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { accessHash, genesis } from './chain.ts'
import { referenceIn } from './ids.ts'

/**
 * One look at sections, or one export: who, when, what, why. `subject`: a return, or `search#` and a party;
 * the records of a subject are a chain of their own.
 */
const accessRecord = z.extend(access, { subject: z.string(), prev: sha256, sections: z.array(sectionId) })
export type AccessRecord = z.infer<typeof accessRecord>

/** Whatever stands in the table: of a return or a party's searches looks, of a user's refusals those. */
const keptRecord = z.union([accessRecord, refusalRecord])
export type KeptRecord = z.infer<typeof keptRecord>

/** A record as it was read, with its hash. */
export interface StoredRecord {
  record: KeptRecord
  hash: string
  /** Whether it stands in the indexes under what it says. */
  indexed: boolean
}

type Item = Record<string, AttributeValue>
const { hash: subjectKey, range: nKey } = tables.access

/** Looks at one return at the same moment are few; each lost race costs one more read. */
const maxAttempts = 8
const hour = 3_600_000

/**
 * Writes that somebody looks, before they see: the record goes behind the subject's last one, and is never
 * changed. Throws `busy` when others kept coming first, and as `execute` does.
 */
export async function appendAccess(
  db: DynamoDBClient,
  table: string,
  looked: Omit<AccessRecord, 'n' | 'prev'>,
): Promise<AccessRecord> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [last] = await readNewest(db, table, looked.subject, 1)
    const record = accessRecord.parse({ ...looked, ...behind(last) })
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
    if (await insert(db, table, refusalRecord.parse({ ...refused, ...behind(newest[0]) }))) return true
  }
  throw refusal('busy')
}

function behind(last: StoredRecord | undefined): { n: number; prev: string } {
  return last ? { n: last.record.n + 1, prev: last.hash } : { n: 0, prev: genesis }
}

/** False when somebody else's record took the place. */
async function insert(db: DynamoDBClient, table: string, record: KeptRecord): Promise<boolean> {
  const codes = await execute(db, [insertion(table, record)], randomUUID())
  if (!codes) return true
  if (codes[0] !== 'DuplicateItem') throw new Error(`The access record was refused: ${codes.join(', ')}.`)
  return false
}

function insertion(table: string, record: KeptRecord): Statement {
  const attributes: [string, AttributeValue][] = [
    [subjectKey, { S: record.subject }],
    [nKey, { N: String(record.n) }],
    ['record', { B: canonicalBytes(record) }],
    ...Object.entries(indexKeys(record)).map(([name, value]): [string, AttributeValue] => [
      name,
      { S: value },
    ]),
  ]
  return {
    Statement: `INSERT INTO "${table}" VALUE {${attributes.map(([name]) => `'${name}': ?`).join(', ')}}`,
    Parameters: attributes.map(([, value]) => value),
  }
}

/**
 * What the indexes find a record by, beside its bytes: ids and codes that it holds itself. `moment` orders all records,
 * and is no other's.
 */
function indexKeys(record: KeptRecord): Record<string, string> {
  const ret = returnOf(record)
  const reference = ret && referenceIn(ret)
  return {
    kind: record.kind,
    party: record.by.party,
    user: record.by.user,
    moment: `${record.at}#${record.subject}#${record.n}`,
    ...(reference ? { reference } : {}),
    ...(record.kind === 'refused' ? { about: record.about } : {}),
  }
}

/** The return that a record is about; none for a search, and for an id that cannot be a return's. */
export function returnOf(record: KeptRecord): string | undefined {
  const ret = record.kind === 'refused' ? record.about : record.subject
  return returnId.safeParse(ret).success ? ret : undefined
}

/** A subject's looks in order, read consistently; `trail-broken` where their chain is. */
export async function readAccess(
  db: DynamoDBClient,
  table: string,
  subject: string,
): Promise<AccessRecord[]> {
  const walked = walkAccess(subject, await readKeptAccess(db, table, subject))
  if ('flaw' in walked) throw refusal('trail-broken')
  return walked.flatMap(({ record }) => (record.kind === 'refused' ? [] : [record]))
}

/** A subject's records as they are kept, read consistently and judged by nobody. */
export async function readKeptAccess(db: DynamoDBClient, table: string, subject: string): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of paginateQuery({ client: db }, recordsOf(table, subject)))
    items.push(...(page.Items ?? []))
  return items
}

/** Some of a subject's records, from the `n`th on, as they are kept; with the one before, where there is one. */
export async function readKeptRange(
  db: DynamoDBClient,
  table: string,
  subject: string,
  { from, limit }: { from: number; limit: number },
): Promise<Item[]> {
  const wanted = recordsOf(table, subject)
  const { Items: items = [] } = await db.send(
    new QueryCommand({
      ...wanted,
      KeyConditionExpression: '#subject = :subject AND #n >= :n',
      ExpressionAttributeNames: { ...wanted.ExpressionAttributeNames, '#n': nKey },
      ExpressionAttributeValues: {
        ...wanted.ExpressionAttributeValues,
        ':n': { N: String(Math.max(0, from - 1)) },
      },
      Limit: from === 0 ? limit : limit + 1,
    }),
  )
  return items
}

/**
 * The records of a subject where they are one chain, or the first that breaks it. `first`: the number of the first of
 * them; of what came before it nothing is known.
 */
export function walkAccess(
  subject: string,
  items: readonly Item[],
  first = 0,
): StoredRecord[] | { flaw: AccessFlaw; n: number } {
  const records: StoredRecord[] = []
  let prev = first === 0 ? genesis : undefined
  for (const [index, item] of items.entries()) {
    const n = first + index
    const read = readRecord(item)
    if (typeof read === 'string') return { flaw: read, n }
    const { record, hash } = read
    if (record.subject !== subject) return { flaw: 'other-subject', n }
    if (record.n !== n) return { flaw: 'gap', n }
    if (prev !== undefined && record.prev !== prev) return { flaw: 'broken-link', n }
    records.push(read)
    prev = hash
  }
  return records
}

function recordsOf(table: string, subject: string) {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#subject = :subject',
    ExpressionAttributeNames: { '#subject': subjectKey },
    ExpressionAttributeValues: { ':subject': { S: subject } },
  }
}

/** The last look that was recorded of a subject; read consistently. */
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
  const { Items: items = [] } = await db.send(
    new QueryCommand({ ...recordsOf(table, subject), ScanIndexForward: false, Limit: limit }),
  )
  return items.map((item) => {
    const read = readRecord(item)
    if (typeof read === 'string') throw refusal('trail-broken')
    return read
  })
}

/** One item as a record, or what is wrong with it. */
export function readRecord(item: Item): StoredRecord | AccessFlaw {
  const bytes = item.record?.B
  if (!bytes) return 'not-canonical'
  let value: unknown
  try {
    value = parseCanonical(bytes)
  } catch {
    return 'not-canonical'
  }
  const parsed = keptRecord.safeParse(value)
  if (!parsed.success) return 'not-a-record'
  const record = parsed.data
  if (item[subjectKey]?.S !== record.subject) return 'other-subject'
  if (item[nKey]?.N !== String(record.n)) return 'gap'
  const told = Object.entries(indexKeys(record))
  // An attribute that the record does not call for would list it where it does not belong.
  const indexed =
    told.every(([name, value]) => item[name]?.S === value) && Object.keys(item).length === told.length + 3
  return { record, hash: accessHash(bytes), indexed }
}
