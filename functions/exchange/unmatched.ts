import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { returnId } from '../../schemas/values/texts.ts'
import { plain, stored } from '../dynamodb/attributes.ts'

const { hash, range, expires } = tables.unmatched
const daySeconds = 86_400

/**
 * What has not been compared with the other returns yet: a return whose tags came, went (`gone`) or have one more post
 * to be found by; or what a party looked for.
 */
const work = z.union([
  z.strictObject({ ret: returnId, gone: z.array(z.string()) }),
  z.strictObject({ sought: z.array(z.string()) }),
])
export type Unmatched = z.infer<typeof work>

/** A row, with its key: whose doing it was, and when. */
export interface UnmatchedRow {
  party: PartyId
  at: string
  work: Unmatched
}

/** Notes that there is something to compare. `at`: the time (ISO 8601) and what makes it this party's only one. */
export function noteUnmatched(table: string, { party, at, work: todo }: UnmatchedRow) {
  // A search that nobody compared in a day is nobody's any more; a return is compared however late it is.
  const ends = Math.floor(Date.parse(at.slice(0, 24)) / 1000) + daySeconds
  const [more, value] = 'sought' in todo ? [`, '${expires}': ?`, [{ N: String(ends) }]] : ['', []]
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'work': ?${more}}`,
    Parameters: [{ S: party }, { S: at }, stored(todo), ...value],
  }
}

/** All rows: there are only those of the last minute. */
export async function readUnmatched(db: DynamoDBClient, table: string): Promise<UnmatchedRow[]> {
  const rows: UnmatchedRow[] = []
  for await (const page of paginateScan({ client: db }, { TableName: table, ConsistentRead: true }))
    rows.push(...(page.Items ?? []).map(parseRow))
  return rows
}

/** Takes a row off once it was compared. */
export async function takeOff(db: DynamoDBClient, table: string, { party, at }: UnmatchedRow): Promise<void> {
  const Key = { [hash]: { S: party }, [range]: { S: at } }
  await db.send(new DeleteItemCommand({ TableName: table, Key }))
}

function parseRow(item: Record<string, AttributeValue>): UnmatchedRow {
  const row = z
    .object({ party: partyId, at: z.string(), work })
    .safeParse({ party: item[hash]?.S, at: item[range]?.S, work: plain(item.work) })
  if (!row.success) throw refusal('internal', { fields: ['work'] })
  return row.data
}
