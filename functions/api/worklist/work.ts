import * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'
import {
  firstRows,
  listsOf,
  mostCounted,
  type WorkList,
  waitingLists,
  workList,
} from '../../../schemas/api/work.ts'
import type { workAnswer, workCountAnswer, workListAnswer } from '../../../schemas/api/work-answers.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import { worksFor } from '../../domain/directory/roster.ts'
import {
  assignedRows,
  bounded,
  countWork,
  decisionRows,
  owedRows,
  type Position,
  readWork,
  type Stretch,
  stretchesOf,
} from '../../exchange/work.ts'
import { cursorOf, placeIn } from '../http/cursor.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { readArrivals } from './arrivals.ts'
import { answeredRows, listing, readOwnLines } from './rows.ts'
import { today } from './walk.ts'

const pageSize = 25

type ListAnswer = z.infer<typeof workListAnswer>
interface Count {
  count: number
  bounded: boolean
}

/** A list as it is read: which returns, in their order, where the next page begins, and how many there are in all. */
interface ReadList extends Count {
  list: WorkList
  rets: string[]
  next?: string
}

/** `GET …/work/all`: every list of the party, with its count over all returns and its first rows. */
export async function getWork({ session }: ApiRequest): Promise<HttpAnswer> {
  const lists = await Promise.all(
    listsOf(kindOf(session.by.party)).map((list) => readList(session, list, { limit: firstRows })),
  )
  const answered = await answeredLists(session, lists)
  const waits = lists.filter(({ list }) => waitingLists.some((waitingList) => waitingList === list))
  const { count: total, bounded: some } = sumOf(waits)
  const answer: z.infer<typeof workAnswer> = {
    at: new Date().toISOString(),
    total,
    bounded: some,
    lists: answered,
  }
  return json(200, answer)
}

/** A place in a list; it names the list, so that a page of another one does not begin there. */
const position = z.strictObject({ list: workList, at: z.string().check(z.maxLength(40)), ret: returnId })

/**
 * `GET …/work/{list}?cursor=`: a page of one list, and its count. Throws not-found for a list that the party has not, and
 * bad-cursor for a cursor of another list.
 */
export async function getWorkList({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const list = workList.safeParse(event.pathParameters?.list)
  if (!list.success || !listsOf(kindOf(session.by.party)).includes(list.data)) throw refusal('not-found')
  const behind = placeIn(position, queryOf(event).cursor)
  if (behind && behind.list !== list.data) throw refusal('bad-cursor')
  const read = await readList(session, list.data, { limit: pageSize, behind })
  const [answer] = await answeredLists(session, [read])
  return json(200, answer)
}

/** `GET …/work/count`: how many returns wait for the caller. */
export async function getWorkCount({ session }: ApiRequest): Promise<HttpAnswer> {
  const isRead = listsOf(kindOf(session.by.party)).includes('assigned')
  const { count: total, bounded: some } = await countOf(session, [
    owedRows,
    ...(isRead ? await assignedStretches(session) : []),
  ])
  const answer: z.infer<typeof workCountAnswer> = { total, bounded: some }
  return json(200, answer)
}

interface Paging {
  limit: number
  behind?: Position | undefined
}

async function readList(session: Session, list: WorkList, paging: Paging): Promise<ReadList> {
  if (list === 'arrivals') {
    const { rows, more, ...count } = await readArrivals(session, paging)
    return { list, ...count, ...shown(list, rows, more) }
  }
  const stretches = await stretchesFor(session, list)
  const { rows, more } = await readRows(session, stretches, paging)
  // Everything was read, so everything was counted.
  const isWhole = !more && paging.behind === undefined
  return {
    list,
    ...(isWhole ? bounded(rows.length) : await countOf(session, stretches)),
    ...shown(list, rows, more),
  }
}

function shown(list: WorkList, rows: readonly Position[], more: boolean) {
  const last = rows.at(-1)
  const next =
    more && last
      ? cursorOf({ list, at: last.at, ret: last.ret } satisfies z.infer<typeof position>)
      : undefined
  return { rets: rows.map(({ ret }) => ret), ...(next ? { next } : {}) }
}

async function stretchesFor(
  session: Session,
  list: Exclude<WorkList, 'arrivals'>,
): Promise<readonly Stretch[]> {
  if (list === 'decisions') return [decisionRows]
  return list === 'assigned' ? assignedStretches(session) : stretchesOf(list, today())
}

/** What is assigned to the caller, and to whom the caller stands in for today. */
async function assignedStretches(session: Session): Promise<Stretch[]> {
  const roster = await session.roster
  return worksFor(roster, session.by.user, new Date().toISOString()).map(assignedRows)
}

const readRows = (session: Session, stretches: readonly Stretch[], paging: Paging) =>
  readWork(session.db, tableName('work'), listing(session), stretches, paging)

const countOf = (session: Session, stretches: readonly Stretch[]) =>
  countWork(session.db, tableName('work'), listing(session), stretches)

function sumOf(counts: readonly Count[]): Count {
  const { count, bounded: isMore } = bounded(counts.reduce((sum, each) => sum + each.count, 0))
  return { count: Math.min(count, mostCounted), bounded: isMore || counts.some((each) => each.bounded) }
}

/** Lists with the rows of their returns: the rows of all lists are read together, each once. */
async function answeredLists(session: Session, lists: readonly ReadList[]): Promise<ListAnswer[]> {
  const rets = [...new Set(lists.flatMap((list) => list.rets))]
  const rows = await answeredRows(session, await readOwnLines(session, rets))
  const byRet = new Map(rows.map((row) => [row.ret, row]))
  return lists.map(({ list, count, bounded: some, rets: own, next }) => ({
    list,
    count,
    bounded: some,
    returns: own.flatMap((ret) => byRet.get(ret) ?? []),
    ...(next ? { next } : {}),
  }))
}
