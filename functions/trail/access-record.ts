import * as z from 'zod/mini'
import { access } from '../../schemas/api/answers.ts'
import type { AccessFlaw } from '../../schemas/api/check.ts'
import { refusalRecord } from '../../schemas/api/refusals.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { returnId, sectionId, sha256 } from '../../schemas/values/texts.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { insertStatement, type Statement } from '../dynamodb/statements.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { accessHash, genesis } from './chain.ts'
import { referenceIn } from './ids.ts'

/**
 * One opening of sections, one export or one search: who, when, what, why. `subject`: a return, or `search#` and a party;
 * the records of a subject are a chain of their own.
 */
export const accessRecord = z.extend(access, {
  subject: z.string(),
  prev: sha256,
  sections: z.array(sectionId),
})
export type AccessRecord = z.infer<typeof accessRecord>

/** Every record of the table: the accesses to a return, the searches of a party, the refusals that a user got. */
const auditRecord = z.union([accessRecord, refusalRecord])
export type AuditRecord = z.infer<typeof auditRecord>

/** A record as it was read, with its hash. */
export interface StoredRecord {
  record: AuditRecord
  hash: string
  /** Whether the indexes list it under what it says. */
  indexed: boolean
}

const { hash: subjectKey, range: nKey } = tables.access

/** The statement that appends a record; it fails where its number is taken. */
export function insertRecord(table: string, record: AuditRecord): Statement {
  return insertStatement(table, {
    [subjectKey]: record.subject,
    [nKey]: record.n,
    record: canonicalBytes(record),
    ...indexKeys(record),
  })
}

/**
 * What the indexes find a record by, beside its bytes: ids and codes that it holds itself. `moment` orders all records,
 * and no two records have the same.
 */
function indexKeys(record: AuditRecord): Record<string, string> {
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
export function returnOf(record: AuditRecord): string | undefined {
  const ret = record.kind === 'refused' ? record.about : record.subject
  return returnId.safeParse(ret).success ? ret : undefined
}

/** One row as a record, or what is wrong with it. */
export function readRecord(row: Row): StoredRecord | AccessFlaw {
  const { [subjectKey]: subject, [nKey]: n, record: bytes } = row
  if (!(bytes instanceof Uint8Array)) return 'not-canonical'
  let value: unknown
  try {
    value = parseCanonical(bytes)
  } catch {
    return 'not-canonical'
  }
  const parsed = auditRecord.safeParse(value)
  if (!parsed.success) return 'not-a-record'
  const record = parsed.data
  if (subject !== record.subject) return 'other-subject'
  if (n !== record.n) return 'gap'
  const expected = Object.entries(indexKeys(record))
  // An attribute that the record does not call for would list it where it does not belong.
  const indexed =
    expected.every(([name, text]) => row[name] === text) && Object.keys(row).length === expected.length + 3
  return { record, hash: accessHash(bytes), indexed }
}

/**
 * The records of a subject where they are one chain, or the first that breaks it. `first`: the number of the first of
 * them; of what came before it nothing is known.
 */
export function walkAccess(
  subject: string,
  rows: readonly Row[],
  first = 0,
): StoredRecord[] | { flaw: AccessFlaw; n: number } {
  const records: StoredRecord[] = []
  let prev = first === 0 ? genesis : undefined
  for (const [index, row] of rows.entries()) {
    const n = first + index
    const read = readRecord(row)
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

/** What is wrong with the records of a subject, if anything: their chain, or how an index lists one of them. */
export function accessFlaw(
  walked: ReturnType<typeof walkAccess>,
): { flaw: AccessFlaw | 'index-differs'; n: number } | undefined {
  if ('flaw' in walked) return walked
  const misplaced = walked.find(({ indexed }) => !indexed)
  return misplaced && { flaw: 'index-differs', n: misplaced.record.n }
}
