import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { returnId } from '../../schemas/values/texts.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { scanPages } from '../dynamodb/query.ts'
import { deleteRow } from '../dynamodb/rows.ts'
import { insertStatement, type Statement } from '../dynamodb/statements.ts'

const { hash, range, expires } = tables.unmatched
const daySeconds = 86_400

/**
 * What has not been compared with the other returns yet: a return whose tags were added or removed (`gone`), or that one
 * more post may find; or the tags that a party searched for.
 */
const work = z.union([
  z.strictObject({ ret: returnId, gone: z.array(z.string()) }),
  z.strictObject({ sought: z.array(z.string()) }),
])
export type Unmatched = z.infer<typeof work>

/** A row, with its key: which party caused it, and when. */
export interface UnmatchedRow {
  party: PartyId
  at: string
  work: Unmatched
}

/** Notes that there is something to compare. `at`: the time (ISO 8601) and what tells it from others of that time. */
export function unmatchedStatement(table: string, { party, at, work: todo }: UnmatchedRow): Statement {
  // A search is of use for a day only; a return is compared however late it is.
  const ends = Math.floor(Date.parse(at.slice(0, 24)) / 1000) + daySeconds
  const expiry = 'sought' in todo ? { [expires]: ends } : {}
  return insertStatement(table, { [hash]: party, [range]: at, work: todo, ...expiry })
}

/** All rows: there are only those of the last minute. */
export async function readUnmatched(db: DynamoDBClient, table: string): Promise<UnmatchedRow[]> {
  const found: UnmatchedRow[] = []
  for await (const rows of scanPages(db, table)) found.push(...rows.map(unmatchedIn))
  return found
}

/** Deletes a row once it was compared. */
export async function deleteUnmatched(
  db: DynamoDBClient,
  table: string,
  { party, at }: UnmatchedRow,
): Promise<void> {
  await deleteRow(db, table, { [hash]: party, [range]: at })
}

const unmatchedRow = z.object({ party: partyId, at: z.string(), work })

function unmatchedIn(row: Row): UnmatchedRow {
  return parseRow(unmatchedRow, { party: row[hash], at: row[range], work: row.work }, 'work')
}
