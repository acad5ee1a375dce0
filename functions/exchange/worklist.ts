import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { answeredRow } from '../../schemas/api/answers.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { alertPhases, type Phase } from '../../schemas/procedure/phases.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import { sectionId } from '../../schemas/values/texts.ts'
import { readersOf } from '../domain/access/readers.ts'
import { type RowDetails, worklistRowOf } from '../domain/reports/worklist-row.ts'
import type { State } from '../domain/state.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { getRow, getRows } from '../dynamodb/rows.ts'

/**
 * A line of a worklist as it is stored: the row, and which sections hold the label (`label#sec` in `sealed`), for
 * a party that may read it. Nothing personal.
 */
const storedLine = z.extend(answeredRow, {
  labels: z.optional(
    z.array(
      z.strictObject({
        sec: sectionId,
        slot: z.enum(['label', 'journey', 'way']),
        seq: z.int().check(z.minimum(0)),
        by: partyId,
      }),
    ),
  ),
})
export type StoredLine = z.infer<typeof storedLine>

const { hash, range, localIndex } = tables.worklists

/** DynamoDB's bound on the keys of one BatchGetItem. */
const mostInBatch = 100

/**
 * The row of `worklists` of a return as a party sees it: party, return, the request (of the index), and the map `row` with the
 * line.
 */
export function worklistRow(state: State, party: PartyId, about: RowDetails): Row {
  const labels = readersOf(state, 'label').includes(party) ? labelsOf(state) : []
  const line: StoredLine = {
    ...worklistRowOf(state, party, about),
    ...(labels.length > 0 ? { labels } : {}),
  }
  return {
    [hash]: party,
    [range]: line.ret,
    // An alert is no return of the request that it becomes.
    ...((alertPhases as readonly Phase[]).includes(line.phase) ? {} : { [localIndex.range]: line.request }),
    row: line,
  }
}

const journeys: readonly Phase[] = ['planned', 'confirmed', 'travelling']

/** The sections of the label of a return: the person; while a journey is ahead or under way, the newest word on it. */
function labelsOf({ sections, phase }: State): NonNullable<StoredLine['labels']> {
  const newest = (slot: 'label' | 'journey' | 'way') => {
    const found = sections.findLast((section) => section.cls === 'label' && section.slot === slot)
    return found && { sec: found.sec, slot, seq: found.seq, by: found.by }
  }
  const [label, journey, way] = [newest('label'), newest('journey'), newest('way')]
  const isNewer = way && journey && way.seq > journey.seq
  const ofJourney = journeys.includes(phase) ? [journey, isNewer ? way : undefined] : []
  return [label, ...ofJourney].filter((section) => section !== undefined)
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

/** A party's lines of some returns, in the order of their ids; one that it has no line of is left out. */
export async function readLinesOf(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
  rets: readonly string[],
): Promise<StoredLine[]> {
  const lines = new Map<string, StoredLine>()
  for (let from = 0; from < rets.length; from += mostInBatch) {
    const keys = rets.slice(from, from + mostInBatch).map((ret) => keyOf(party, ret))
    for (const row of (await getRows(db, new Map([[table, keys]]))).get(table) ?? []) {
      const line = lineIn(row)
      lines.set(line.ret, line)
    }
  }
  return rets.flatMap((ret) => lines.get(ret) ?? [])
}

function keyOf(party: PartyId, ret: string) {
  return { [hash]: party, [range]: ret }
}

/** The line that a row of `worklists` holds. */
export function lineIn(row: Row): StoredLine {
  return parseRow(storedLine, row.row, 'row')
}
