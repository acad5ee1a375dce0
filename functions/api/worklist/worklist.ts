import type * as z from 'zod/mini'
import type { worklistAnswer } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { cursor, type WorklistQuery, worklistQuery } from '../../../schemas/api/requests.ts'
import { tables } from '../../../schemas/deployment/tables.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import { requestId } from '../../../schemas/values/texts.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import type { Row } from '../../dynamodb/attributes.ts'
import { queryPage } from '../../dynamodb/query.ts'
import { lineIn, type StoredLine } from '../../exchange/worklist.ts'
import { filerIn } from '../../trail/ids.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { ownCode, type Session, tableName } from '../http/session.ts'
import { openLabels } from './open-labels.ts'

const pageSize = 25
const { hash: partyKey, range: retKey, localIndex, secondIndex } = tables.worklists

/** Rows that are read at most for one page of a filtered worklist; the page then ends early, and the next goes on. */
const mostRead = 2000
/** Rows of one query of a filtered worklist: they are about a kilobyte each, and a query stops at 1 MB. */
const readAtOnce = 250

/**
 * `GET …/returns?phase=&assigned=&cursor=`: a page of the party's worklist, most urgent first; with a filter, of the lines that it
 * lets through. A page can be short or empty and still have a next one. Oversight reads the consular department's list.
 * Throws bad-input and bad-cursor.
 */
export async function listReturns({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { cursor: from, ...filters } = queryOf(event)
  const filter = worklistQuery.safeParse(filters)
  if (!filter.success)
    throw refusal('bad-input', { fields: filter.error.issues.map(({ path }) => path.join('.')) })
  const { phase, assigned } = filter.data
  const { lines, next } =
    phase || assigned
      ? await readFiltered(session, await passing(session, filter.data), from)
      : await readLines(session, localIndex, from)
  return answerWith(session, lines, next)
}

/** Whether a line passes a filter. */
async function passing(
  session: Session,
  { phase, assigned }: WorklistQuery,
): Promise<(line: StoredLine) => boolean> {
  const roster = await session.roster
  const now = new Date().toISOString()
  const { party, user } = session.by
  const isOfAssignee = ({ assignee: stored }: StoredLine) => {
    if (assigned === undefined) return true
    // Oversight reads another party's rows, and is assigned to none of them.
    if (party === 'oversight') return assigned === 'to-nobody' && stored === undefined
    const { assignee, standIn } = assignedTo(roster, stored, now)
    return assigned === 'to-me' ? assignee === user || standIn === user : assignee === undefined
  }
  return (line) => (phase === undefined || line.phase === phase) && isOfAssignee(line)
}

/** A page of the lines that pass a filter, and where the lines after them begin. */
async function readFiltered(
  session: Session,
  passes: (line: StoredLine) => boolean,
  from: string | undefined,
) {
  const found: StoredLine[] = []
  let start = from
  for (let read = readAtOnce; ; read += readAtOnce) {
    const page = await readLines(session, localIndex, start, { most: readAtOnce })
    const picked = pickLines(page, passes, pageSize - found.length)
    found.push(...picked.lines)
    if (found.length === pageSize || !picked.next || read >= mostRead)
      return { lines: found, next: picked.next }
    start = picked.next
  }
}

/** At most `most` lines of a page that pass a filter, and where the lines after the last of them begin. */
function pickLines(page: LinePage, passes: (line: StoredLine) => boolean, most: number) {
  const places = [...page.lines.entries()].filter(([, line]) => passes(line)).slice(0, most)
  const lines = places.map(([, line]) => line)
  const last = places.at(-1)?.[0]
  if (last === undefined || lines.length < most) return { lines, next: page.next }
  const isEnd = last === page.lines.length - 1 && !page.next
  return { lines, next: isEnd ? undefined : page.cursorAt(last) }
}

/**
 * `GET …/requests/{request}`: a page of the party's rows of one request: the state of each person's return, and whether she
 * was cleared to leave. Throws not-found where the party is on none of them.
 */
export async function listRequest({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const request = requestId.safeParse(event.pathParameters?.request)
  if (!request.success) throw refusal('not-found')
  const from = queryOf(event).cursor
  const { lines, next } = await readLines(session, secondIndex, from, { only: request.data })
  if (lines.length === 0 && from === undefined) throw refusal('not-found')
  return answerWith(session, lines, next)
}

/** Throws not-found where a party has no return of a request that it filed itself, and still is on. */
export async function requireOwnRequest(session: Session, request: string): Promise<void> {
  const { lines } = await readLines(session, secondIndex, undefined, { only: request })
  const own = ({ ret, membership }: StoredLine) =>
    membership === 'on' && filerIn(ret) === ownCode(session.by.party)
  if (!lines.some(own)) throw refusal('not-found')
}

type Index = typeof localIndex | typeof secondIndex

interface LinePage {
  lines: StoredLine[]
  next: string | undefined
  /** Where the lines after one of them begin. */
  cursorAt: (place: number) => string
}

/** A page of the party's rows in the order of an index; of one value of it, where one is given. */
async function readLines(
  session: Session,
  index: Index,
  from: string | undefined,
  { only, most = pageSize }: { only?: string; most?: number } = {},
): Promise<LinePage> {
  const party = session.by.party === 'oversight' ? partyId.parse('consular') : session.by.party
  const start = from === undefined ? undefined : placeIn(from)
  if (start && only !== undefined && start.rank !== only) throw refusal('bad-cursor')
  const { rows, next } = await queryPage(
    session.db,
    {
      table: tableName('worklists'),
      index: index.name,
      hash: { name: partyKey, value: party },
      range: only === undefined ? undefined : { name: index.range, operator: '=', value: only },
    },
    {
      limit: most,
      start: start && { [partyKey]: party, [retKey]: start.ret, [index.range]: start.rank },
    },
  )
  return {
    lines: rows.map(lineIn),
    next: next && cursorOf(next, index),
    cursorAt: (place) => cursorOf(rows[place] ?? {}, index),
  }
}

async function answerWith(
  session: Session,
  lines: readonly StoredLine[],
  next: string | undefined,
): Promise<HttpAnswer> {
  const [labels, roster] = await Promise.all([openLabels(session, lines), session.roster])
  const now = new Date().toISOString()
  const answer: z.infer<typeof worklistAnswer> = {
    returns: lines.map(({ label: _, assignee, ...row }) => {
      const label = labels.get(row.ret)
      // Oversight reads another party's rows, and knows the roster of its own party alone.
      const assigned =
        session.by.party === 'oversight'
          ? { ...(assignee ? { assignee } : {}) }
          : assignedTo(roster, assignee, now)
      return { ...row, ...assigned, ...(label ? { label } : {}) }
    }),
    ...(next ? { next } : {}),
  }
  return json(200, answer)
}

/** Where the following page begins, in a form that holds two keys which the caller has just read, and nothing else. */
function cursorOf(last: Row, { range }: Index): string {
  const place = { rank: last[range], ret: last[retKey] }
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function placeIn(from: string): z.infer<typeof cursor> {
  const place = cursor.safeParse(parsed(from))
  if (!place.success) throw refusal('bad-cursor')
  return place.data
}

function parsed(from: string): unknown {
  try {
    return JSON.parse(Buffer.from(from, 'base64url').toString())
  } catch {
    return undefined
  }
}
