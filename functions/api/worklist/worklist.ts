import * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'
import { worklistQuery } from '../../../schemas/api/requests.ts'
import type { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { tables } from '../../../schemas/deployment/tables.ts'
import { requestId, returnId } from '../../../schemas/values/texts.ts'
import { queryPage } from '../../dynamodb/query.ts'
import { lineIn, type StoredLine } from '../../exchange/worklist.ts'
import { filerIn } from '../../trail/ids.ts'
import { cursorOf, placeIn } from '../http/cursor.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { ownCode, type Session, tableName } from '../http/session.ts'
import { filterOf } from './filter.ts'
import { answeredRows, listing, readOwnLines } from './rows.ts'
import { walkReturns } from './walk.ts'

const pageSize = 25
const { hash: partyKey, range: retKey, localIndex: requestIndex } = tables.worklists

/**
 * `GET …/returns?phase=&assigned=&post=&arrivingFrom=&arrivingTo=&overdue=&text=&cursor=`: a page of all returns of the
 * party, in the order of its lists; with a filter, of those that it lets through. Such a page can be short and still have a
 * next one; it says how many rows were looked at. Oversight reads the consular department's list. Throws bad-input and
 * bad-cursor.
 */
export async function listReturns({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { cursor: from, ...filters } = queryOf(event)
  const query = worklistQuery.safeParse(filters)
  if (!query.success)
    throw refusal('bad-input', { fields: query.error.issues.map(({ path }) => path.join('.')) })
  const filter = await filterOf(session, query.data)
  const { rows, next, looked } = await walkReturns(session, filter, from, pageSize)
  const lines = await readOwnLines(
    session,
    rows.map(({ ret }) => ret),
  )
  const answer: z.infer<typeof worklistAnswer> = {
    returns: await answeredRows(session, lines),
    ...(next ? { next } : {}),
    ...(filter ? { looked } : {}),
  }
  return json(200, answer)
}

/**
 * `GET …/requests/{request}`: a page of the party's rows of one request: the state of each person's return, and whether she
 * was cleared to leave. Throws not-found where the party is on none of them.
 */
export async function listRequest({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const request = requestId.safeParse(event.pathParameters?.request)
  if (!request.success) throw refusal('not-found')
  const from = queryOf(event).cursor
  const { lines, next } = await readRequest(session, request.data, from)
  if (lines.length === 0 && from === undefined) throw refusal('not-found')
  const answer: z.infer<typeof worklistAnswer> = {
    returns: await answeredRows(session, lines),
    ...(next ? { next } : {}),
  }
  return json(200, answer)
}

/** Throws not-found where a party has no return of a request that it filed itself, and still is on. */
export async function requireOwnRequest(session: Session, request: string): Promise<void> {
  const { lines } = await readRequest(session, request, undefined)
  const own = ({ ret, membership }: StoredLine) =>
    membership === 'on' && filerIn(ret) === ownCode(session.by.party)
  if (!lines.some(own)) throw refusal('not-found')
}

const requestPlace = z.strictObject({ request: requestId, ret: returnId })

/** A page of the party's rows of one request, by their ids. Throws bad-cursor for one of another request. */
async function readRequest(
  session: Session,
  request: string,
  from: string | undefined,
): Promise<{ lines: StoredLine[]; next: string | undefined }> {
  const party = listing(session)
  const start = placeIn(requestPlace, from)
  if (start && start.request !== request) throw refusal('bad-cursor')
  // One more than is shown tells whether there is another page.
  const { rows } = await queryPage(
    session.db,
    {
      table: tableName('worklists'),
      index: requestIndex.name,
      hash: { name: partyKey, value: party },
      range: { name: requestIndex.range, operator: '=', value: request },
    },
    {
      limit: pageSize + 1,
      start: start && { [partyKey]: party, [retKey]: start.ret, [requestIndex.range]: request },
    },
  )
  const lines = rows.slice(0, pageSize).map(lineIn)
  const last = lines.at(-1)
  return { lines, next: rows.length > pageSize && last ? cursorOf({ request, ret: last.ret }) : undefined }
}
