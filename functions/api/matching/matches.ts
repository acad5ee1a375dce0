import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { returnAnswer } from '../../../schemas/api/answers.ts'
import {
  decider,
  type MatchRecord,
  type match,
  matchDecision,
  type matches,
  matchesState,
  type matchHistory,
  matchId,
} from '../../../schemas/api/matches.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import { fold } from '../../domain/evolve.ts'
import { decideMatch, linkOf, raisedAtOf, type Timeline } from '../../domain/matching/matching.ts'
import { execute } from '../../dynamodb/execute.ts'
import {
  linkStatements,
  listMatch,
  readLinks,
  readMatchLines,
  unlinkStatements,
} from '../../exchange/links.ts'
import { readLine } from '../../exchange/worklist.ts'
import { referenceOf } from '../../trail/ids.ts'
import { appendMatch, nextRecord, readMatchHistory, type StoredMatch } from '../../trail/matches.ts'
import { readTrail } from '../../trail/read.ts'
import { cursorOf, placeIn } from '../http/cursor.ts'
import { type HttpAnswer, json, queryOf, readBody, requiredVersion } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'

const pageSize = 25
const matchPlace = z.strictObject({ place: z.string().check(z.maxLength(160)) })

type Match = z.infer<typeof match>
type Linked = NonNullable<z.infer<typeof returnAnswer>['linked']>[number]

/** `GET …/matches?state=`: the matches that are the caller's to decide, the longest waiting first. */
export async function listMatches({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { cursor, state: text = 'open' } = queryOf(event)
  const state = matchesState.safeParse(text)
  if (!state.success) throw refusal('bad-input', { fields: ['state'] })
  const place = placeIn(matchPlace, cursor)?.place
  if (place !== undefined && !place.startsWith(`${state.data}#`)) throw refusal('bad-cursor')
  const { lines, next } = await readMatchLines(
    session.db,
    tableName('links'),
    decider.parse(session.by.party),
    state.data,
    pageSize,
    place,
  )
  const mine = await Promise.all(lines.map(({ record }) => isOnAll(session, record.returns)))
  const answer: z.infer<typeof matches> = {
    matches: lines.filter((_, index) => mine[index]).map(({ record }) => matchIn(record)),
    ...(next ? { next: cursorOf({ place: next }) } : {}),
  }
  return json(200, answer)
}

/** `GET …/matches/{match}`: a match as it stands, and who raised, linked and unlinked it. Throws not-found. */
export async function getMatch({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { records, last } = await readOwnMatch(session, event.pathParameters?.match)
  const answer: z.infer<typeof matchHistory> = { ...matchIn(last), records }
  return json(200, answer, answer.version)
}

/** A decision that was written, and how it changed the link of the two returns. */
export interface DecidedMatch {
  record: StoredMatch
  /** The link that the returns got, or lost; neither where it stayed as it was. */
  linked?: Linked['link']
  unlinked: boolean
  /** The returns, each with its course so far. */
  courses: readonly (Timeline & { ret: string })[]
}

/**
 * Writes a decision on a match, on the version in `If-Match`. The same decision sent twice by one person is answered as
 * done. Throws version-stale, version-lost, nothing-to-do, unknown-target.
 */
export async function recordDecision({ session, event }: ApiRequest): Promise<DecidedMatch> {
  const expected = requiredVersion(event)
  const { answer, reason } = readBody(event, matchDecision).content
  const { records, last, courses } = await readOwnMatch(session, event.pathParameters?.match)
  const version = last.n + 1
  const isRepeated = version === expected + 1 && last.state === answer && last.reason === reason
  if (isRepeated && 'user' in last.by && last.by.user === session.by.user)
    return changedBy(records.at(-2), last, courses)
  if (version !== expected) throw refusal('version-stale', { version })
  const { links, unlinks } = decideMatch(last, answer)
  const { hash: _, link: stood, ...before } = last
  const link = links ? linkOf(courses) : unlinks ? undefined : stood
  const record = nextRecord(last, {
    ...before,
    at: new Date().toISOString(),
    by: session.by,
    state: answer,
    reason,
    ...(link ? { link } : {}),
  })
  const raisedAt = raisedAtOf(records)
  const codes = await execute(
    session.db,
    [
      appendMatch(tableName('matches'), record),
      ...listMatch(tableName('links'), { raisedAt, record }, { raisedAt, record: last }),
      ...(links ? linkStatements(tableName('links'), record) : []),
      ...(unlinks ? unlinkStatements(tableName('links'), record) : []),
    ],
    randomUUID(),
  )
  if (codes?.[0] === 'DuplicateItem') throw refusal('version-lost', { version: version + 1 })
  if (codes) throw new Error(`The decision was refused: ${codes.join(', ')}.`)
  return changedBy(last, { ...record, hash: '' }, courses)
}

function changedBy(
  before: StoredMatch | undefined,
  record: StoredMatch,
  courses: DecidedMatch['courses'],
): DecidedMatch {
  const linked = before?.link ? undefined : record.link
  return {
    record,
    ...(linked ? { linked } : {}),
    unlinked: before?.link !== undefined && !record.link,
    courses,
  }
}

/** The returns that are linked with a return, as far as the caller is on them too. */
export async function linkedWith(session: Session, ret: string): Promise<Linked[]> {
  const rows = await readLinks(session.db, tableName('links'), ret)
  const mine = await Promise.all(rows.map((row) => isOn(session, row.ret)))
  return rows
    .filter((_, index) => mine[index])
    .map(({ ret: other, link, since }) => ({ ret: other, reference: referenceOf(other), link, since }))
}

/** A match that is the caller's to decide: it is on each of its returns. Throws not-found. */
async function readOwnMatch(
  session: Session,
  text: string | undefined,
): Promise<{ records: StoredMatch[]; last: StoredMatch; courses: (Timeline & { ret: string })[] }> {
  const id = matchId.safeParse(text)
  if (!id.success) throw refusal('not-found')
  const records = await readMatchHistory(session.db, tableName('matches'), id.data)
  const last = records.at(-1)
  if (!last || last.decider !== session.by.party) throw refusal('not-found')
  const trails = await Promise.all(last.returns.map((ret) => readTrail(session.db, tableName('trail'), ret)))
  const states = trails.flatMap(({ rows }) => {
    const state = fold(rows.map(({ event }) => event))
    return state ? [{ ...state, filedAt: rows[0]?.event.at ?? '' }] : []
  })
  if (!states.every((state) => membershipOf(state, session.by.party) === 'on')) throw refusal('not-found')
  return { records, last, courses: states }
}

const isOnAll = async (session: Session, rets: readonly string[]) =>
  (await Promise.all(rets.map((ret) => isOn(session, ret)))).every(Boolean)

/** Whether the caller is on a return by its own worklist; the consular department is on all. */
async function isOn({ db, by }: Session, ret: string): Promise<boolean> {
  if (by.party === 'consular') return true
  return (await readLine(db, tableName('worklists'), by.party, ret))?.membership === 'on'
}

/** A match as the API answers it. */
export function matchIn(record: MatchRecord & { hash?: string }): Match {
  const { n, prev: _, returns, hash: __, ...rest } = record
  return { ...rest, version: n + 1, returns: returns.map((ret) => ({ ret, reference: referenceOf(ret) })) }
}
