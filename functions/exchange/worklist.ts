import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { answeredRow } from '../../schemas/api/answers.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { alertPhases, type Phase } from '../../schemas/procedure/phases.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { sectionId } from '../../schemas/values/texts.ts'
import { readersOf } from '../domain/access/readers.ts'
import { type RowDetails, rankOf, worklistRowOf } from '../domain/reports/worklist-row.ts'
import type { State } from '../domain/state.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { getRow } from '../dynamodb/rows.ts'

/**
 * A line of a worklist as it is stored: the row, and which section holds the label (`label#sec` in `sealed`), for a
 * party that may read it. Nothing personal.
 */
const storedLine = z.extend(answeredRow, {
  label: z.optional(z.strictObject({ sec: sectionId, seq: z.int().check(z.minimum(0)) })),
})
export type StoredLine = z.infer<typeof storedLine>

const { hash, range, localIndex, secondIndex } = tables.worklists

/**
 * The row of `worklists` of a return as a party sees it: party, return, rank and request (of the indexes), and the map `row` with
 * the line. `about` as in `rowOf`.
 */
export function worklistRow(state: State, party: PartyId, about: RowDetails): Row {
  const label = readersOf(state, 'label').includes(party)
    ? state.sections.find(({ cls }) => cls === 'label')
    : undefined
  const line: StoredLine = {
    ...worklistRowOf(state, party, about),
    ...(label ? { label: { sec: label.sec, seq: label.seq } } : {}),
  }
  return {
    [hash]: party,
    [range]: line.ret,
    [localIndex.range]: rankOf(state, party, about.delivered),
    // An alert is no return of the request that it becomes.
    ...((alertPhases as readonly Phase[]).includes(line.phase) ? {} : { [secondIndex.range]: line.request }),
    row: line,
  }
}

/** Whether a party's worklist has a row of a return, whatever its membership; read consistently. */
export async function isListed(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
  ret: string,
): Promise<boolean> {
  return (await getRow(db, table, keyOf(party, ret))) !== undefined
}

/** A party's line of a return, read consistently; nothing where its worklist has none. */
export async function readLine(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
  ret: string,
): Promise<StoredLine | undefined> {
  const row = await getRow(db, table, keyOf(party, ret))
  return row && lineIn(row)
}

function keyOf(party: PartyId, ret: string) {
  return { [hash]: party, [range]: ret }
}

/** The line that a row of `worklists` holds. */
export function lineIn(row: Row): StoredLine {
  return parseRow(storedLine, row.row, 'row')
}
