import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { mostCounted, type WaitingList, waitingLists } from '../../schemas/api/work.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { phases } from '../../schemas/procedure/phases.ts'
import { kindOf, type PartyId, partyId } from '../../schemas/values/parties.ts'
import { day, returnId, userId } from '../../schemas/values/texts.ts'
import { listPlaceOf, noDay, type WorkGroup, waitingGroups } from '../domain/reports/list-place.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { countRows, type Query, queryPage } from '../dynamodb/query.ts'
import type { StoredLine } from './worklist.ts'

/*
 * The rows of a party, each for one return. By `owed#group#day#ret`, or `rest#group#…` where it owes nothing, a return is
 * listed: every return of the party has exactly one such row. `assigned#user#…`, `coming#day#…`, `decide#day#…` and
 * `reference#RET-…#…` are beside it. Ids, codes and days that stand in clear; nothing personal.
 */
const { hash, range } = tables.work

/** After every day and instant, and after every id. */
const end = '~'

/** What the row of a return says, so that lists are filtered without reading the lines. */
const listed = z.strictObject({
  ret: returnId,
  phase: z.enum(phases),
  post: partyId,
  assignee: z.optional(userId),
  arriving: z.optional(day),
})
export type Listed = z.infer<typeof listed>

/** A row of a list: what it says, and by what it is sorted. */
export interface WorkRow extends Listed {
  at: string
}

/** Rows that follow each other: those that begin so, from and to a day where they are named. `to` is not among them. */
export interface Stretch {
  begins: string
  from?: string
  to?: string
}

const beginOf = (group: WorkGroup) => `${waitingGroups.includes(group) ? 'owed' : 'rest'}#${group}#`
const ofGroup = (group: WorkGroup, bounds: Omit<Stretch, 'begins'> = {}): Stretch => ({
  begins: beginOf(group),
  ...bounds,
})

/** The stretches of the journeys that are planned or on the way, of the ministry's decisions, and of a user's returns. */
export const journeyRows: Stretch = { begins: 'coming#' }
export const decisionRows: Stretch = { begins: 'decide#' }
export const assignedRows = (user: string): Stretch => ({ begins: `assigned#${user}#` })
export const referenceRows = (reference: string): Stretch => ({ begins: `reference#${reference}#` })

const dated: readonly WorkGroup[] = ['concern', 'danger', 'asked', 'waits']

/** Each list on a day, by stretches that no two lists share; what is assigned is by user. */
export function stretchesOf(list: Exclude<WaitingList, 'assigned'>, today: string): Stretch[] {
  const afterToday = `${today}#${end}`
  switch (list) {
    case 'calls':
    case 'alerts':
      return [ofGroup(list)]
    case 'late':
      return [ofGroup('late'), ...dated.map((group) => ofGroup(group, { to: today }))]
    case 'concern':
    case 'danger':
      return [ofGroup(list, { from: today })]
    case 'today':
      return [
        ofGroup('asked', { from: today, to: afterToday }),
        ofGroup('waits', { from: today, to: afterToday }),
      ]
    case 'asked':
    case 'waits':
      return [ofGroup(list, { from: afterToday })]
  }
}

/** All returns of a party, in the order of the lists: then what others owe, then what is over. Each item is merged by day. */
export function allStretches(today: string): Stretch[][] {
  const waiting = waitingLists.filter((list) => list !== 'assigned')
  return [...waiting.map((list) => stretchesOf(list, today)), [ofGroup('others')], [ofGroup('over')]]
}

/** All returns that wait for the party, whatever the day. */
export const owedRows: Stretch = { begins: 'owed#' }

const journeys: readonly string[] = ['planned', 'confirmed', 'travelling']
const awaiting: readonly string[] = ['mission', 'iom', 'centre']

/** The rows of a return as a party sees it, by its line. */
export function workRows(party: PartyId, line: StoredLine): Row[] {
  const { ret, reference, phase, responsible: post, assignee, arriving, items, membership } = line
  const { group, at } = listPlaceOf(line, party)
  const says: Listed = {
    ret,
    phase,
    post,
    ...(assignee ? { assignee } : {}),
    ...(arriving ? { arriving } : {}),
  }
  const decides = items.find(
    (item) => item.party === party && (item.what === 'decide' || item.what === 'fund'),
  )
  const awaits =
    membership === 'on' &&
    journeys.includes(phase) &&
    awaiting.includes(kindOf(party)) &&
    !isHelped(line, party)
  const places = [
    `${beginOf(group)}${at}#${ret}`,
    `reference#${reference}#${ret}`,
    ...(assignee && group === 'others' ? [`assigned#${assignee}#${at}#${ret}`] : []),
    ...(awaits ? [`coming#${arriving ?? noDay}#${ret}`] : []),
    ...(decides && kindOf(party) === 'ministry'
      ? [`decide#${decisionRank(group)}:${decides.day ?? noDay}#${ret}`]
      : []),
  ]
  return places.map((place) => ({ [hash]: party, [range]: place, row: says }))
}

/** Decisions are sorted as the lists are: what is called or late, then concerns, then danger, then the rest by day. */
function decisionRank(group: WorkGroup): number {
  const rank = ['late', 'concern', 'danger'].indexOf(group)
  if (group === 'calls') return 0
  return rank < 0 ? 3 : rank
}

/** A post that is on a return for a task has no arrival to expect. */
const isHelped = ({ responsible }: StoredLine, party: PartyId) =>
  kindOf(party) === 'mission' && responsible !== party

/** The places of rows: what a later delivery has to take away. */
export const placesOf = (rows: readonly Row[]): string[] => rows.map((row) => String(row[range]))

/** The key of a row. */
export const workKey = (party: PartyId, place: string): Row => ({ [hash]: party, [range]: place })

function queryOf(table: string, party: PartyId, { begins, from = '', to = end }: Stretch): Query {
  return {
    table,
    hash: { name: hash, value: party },
    range: { name: range, operator: 'BETWEEN', value: `${begins}${from}`, end: `${begins}${to}` },
    consistent: false,
  }
}

/** Where a row stands in a list: by what it is sorted, and which it is. */
export type Position = Pick<WorkRow, 'at' | 'ret'>

const after = ({ at, ret }: Position) => `${at}#${ret}!`
const byPosition = (a: Position, b: Position) => {
  const [first, second] = [after(a), after(b)]
  return first < second ? -1 : Number(first > second)
}

/** Rows in their order, and whether there are more behind the last of them. */
export interface WorkPage {
  rows: WorkRow[]
  more: boolean
}

/** The first rows of some stretches, merged by what they are sorted by; those behind a position where one is given. */
export async function readWork(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
  stretches: readonly Stretch[],
  { limit, behind }: { limit: number; behind?: Position | undefined },
): Promise<WorkPage> {
  const pages = await Promise.all(
    stretches.map(async (stretch) => {
      const from = later(stretch.from, behind && after(behind))
      if (from !== undefined && from > (stretch.to ?? end)) return { rows: [], next: undefined }
      const bounded = { ...stretch, ...(from === undefined ? {} : { from }) }
      return queryPage(db, queryOf(table, party, bounded), { limit })
    }),
  )
  const rows = pages.flatMap((page) => page.rows.map(rowIn)).toSorted(byPosition)
  return {
    rows: rows.slice(0, limit),
    more: rows.length > limit || pages.some(({ next }) => next !== undefined),
  }
}

const later = (first: string | undefined, second: string | undefined) =>
  first === undefined || (second !== undefined && second > first) ? second : first

/** How many rows some stretches have: exact up to `mostCounted`, and `bounded` above it. */
export async function countWork(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
  stretches: readonly Stretch[],
): Promise<{ count: number; bounded: boolean }> {
  const counts = await Promise.all(
    stretches.map((stretch) => countRows(db, queryOf(table, party, stretch), mostCounted + 1)),
  )
  return bounded(counts.reduce((sum, count) => sum + count, 0))
}

/** A number of rows as it is said. */
export const bounded = (count: number) => ({
  count: Math.min(count, mostCounted),
  bounded: count > mostCounted,
})

function rowIn(row: Row): WorkRow {
  const says = parseRow(listed, row.row, 'row')
  return { ...says, at: String(row[range]).split('#').at(-2) ?? '' }
}
