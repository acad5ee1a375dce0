import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb'
import type * as z from 'zod/mini'
import type { worklist } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { cursor, type WorklistQuery, worklistQuery } from '../../../schemas/api/requests.ts'
import { tables } from '../../../schemas/deployment/tables.ts'
import { sections } from '../../../schemas/sections/sections.ts'
import { mayRead } from '../../../schemas/values/classes.ts'
import { kindOf, partyId } from '../../../schemas/values/parties.ts'
import { requestId } from '../../../schemas/values/texts.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import { parseRow, type StoredLine } from '../../exchange/worklist.ts'
import { errorName, log } from '../../log.ts'
import { filerIn } from '../../trail/ids.ts'
import { open } from '../../vault/section.ts'
import { readBatch, sectionRowId } from '../../vault/stored.ts'
import { unwrap, wrapId } from '../../vault/wraps.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import { keyArn, ownCode, type Session, sessionOn, table } from '../http/session.ts'

const pageSize = 25
const { hash: partyKey, range: retKey, localIndex, secondIndex } = tables.worklists

export type Label = NonNullable<z.infer<typeof worklist>['returns'][number]['label']>

/** The most rows that are looked through for one page of some of them; the page then ends early, and the next goes on. */
const mostLooked = 2000
/** As many rows as one query brings while most are passed over: they are about a kilobyte each, and it stops at 1 MB. */
const lookedAtOnce = 250

/**
 * `GET …/returns?phase=&assigned=&cursor=`: a page of the party's worklist, most urgent first; of some of its lines, where it
 * is said of which. A page can be short or empty and still have a next one. Oversight reads the consular department's.
 * Throws bad-input and bad-cursor.
 */
export async function listReturns(
  session: Session,
  { cursor: from, ...asked }: Readonly<Record<string, string | undefined>> = {},
): Promise<HttpAnswer> {
  const only = worklistQuery.safeParse(asked)
  if (!only.success)
    throw refusal('bad-input', { fields: only.error.issues.map(({ path }) => path.join('.')) })
  const { phase, assigned } = only.data
  const { lines, next } =
    phase || assigned ? await someOf(session, only.data, from) : await pageOf(session, localIndex, from)
  return answerWith(session, lines, next)
}

/** A page of those lines of a worklist that are asked for, and where the lines after them begin. */
async function someOf(session: Session, { phase, assigned }: WorklistQuery, from: string | undefined) {
  const roster = await session.roster
  const now = new Date().toISOString()
  const { party, user } = session.by
  const isKept = ({ assignee: taken }: StoredLine) => {
    if (assigned === undefined) return true
    // Oversight reads another's rows, and keeps none of them.
    if (party === 'oversight') return assigned === 'to-nobody' && taken === undefined
    const { assignee, standIn } = assignedTo(roster, taken, now)
    return assigned === 'to-me' ? assignee === user || standIn === user : assignee === undefined
  }
  const found: StoredLine[] = []
  for (let looked = 0, start = from; ; looked += lookedAtOnce) {
    const { lines, next, cursorAt } = await pageOf(session, localIndex, start, { most: lookedAtOnce })
    for (const [at, line] of lines.entries()) {
      if ((phase && line.phase !== phase) || !isKept(line)) continue
      found.push(line)
      if (found.length === pageSize)
        return { lines: found, next: at < lines.length - 1 || next ? cursorAt(at) : undefined }
    }
    if (!next || looked + lookedAtOnce >= mostLooked) return { lines: found, next }
    start = next
  }
}

/**
 * `GET …/requests/{request}`: a page of the party's rows of one request: where each person's return stands, and whether
 * she was cleared to leave. Throws not-found where the party is on none of them.
 */
export async function listRequest(
  session: Session,
  asked: string | undefined,
  from: string | undefined,
): Promise<HttpAnswer> {
  const request = requestId.safeParse(asked)
  if (!request.success) throw refusal('not-found')
  const { lines, next } = await pageOf(session, secondIndex, from, { only: request.data })
  if (lines.length === 0 && from === undefined) throw refusal('not-found')
  return answerWith(session, lines, next)
}

/** Throws not-found where a party has no return of a request that it filed itself, and still is on. */
export async function requireOwnRequest(session: Session, request: string): Promise<void> {
  const { lines } = await pageOf(session, secondIndex, undefined, { only: request })
  const own = ({ ret, membership }: StoredLine) =>
    membership === 'on' && filerIn(ret) === ownCode(session.by.party)
  if (!lines.some(own)) throw refusal('not-found')
}

type Index = typeof localIndex | typeof secondIndex

/** A page of the party's rows in the order of an index; of one value of it, where one is given. */
async function pageOf(
  session: Session,
  index: Index,
  from: string | undefined,
  { only, most = pageSize }: { only?: string; most?: number } = {},
) {
  const party = session.by.party === 'oversight' ? partyId.parse('consular') : session.by.party
  const start = from === undefined ? undefined : placeIn(from)
  if (start && only !== undefined && start.rank !== only) throw refusal('bad-cursor')
  const { Items: items = [], LastEvaluatedKey: last } = await session.db.send(
    new QueryCommand({
      TableName: table('worklists'),
      IndexName: index.name,
      KeyConditionExpression: only === undefined ? '#party = :party' : '#party = :party AND #only = :only',
      ExpressionAttributeNames: {
        '#party': partyKey,
        ...(only === undefined ? {} : { '#only': index.range }),
      },
      ExpressionAttributeValues: {
        ':party': { S: party },
        ...(only === undefined ? {} : { ':only': { S: only } }),
      },
      Limit: most,
      ...(start
        ? {
            ExclusiveStartKey: {
              [partyKey]: { S: party },
              [retKey]: { S: start.ret },
              [index.range]: { S: start.rank },
            },
          }
        : {}),
    }),
  )
  return {
    lines: items.map(parseRow),
    next: last && cursorOf(last, index),
    /** Where the lines after one of them begin. */
    cursorAt: (at: number) => cursorOf(items[at] ?? {}, index),
  }
}

async function answerWith(
  session: Session,
  lines: readonly StoredLine[],
  next: string | undefined,
): Promise<HttpAnswer> {
  const [labels, roster] = await Promise.all([openLabels(session, lines), session.roster])
  const now = new Date().toISOString()
  const answer: z.infer<typeof worklist> = {
    returns: lines.map(({ label: _, assignee, ...row }) => {
      const label = labels.get(row.ret)
      // Oversight reads another's rows, and knows who works for its own party alone.
      const kept =
        session.by.party === 'oversight'
          ? { ...(assignee ? { assignee } : {}) }
          : assignedTo(roster, assignee, now)
      return { ...row, ...kept, ...(label ? { label } : {}) }
    }),
    ...(next ? { next } : {}),
  }
  return json(200, answer)
}

/** Opens the labels of a page: one BatchGet for each filer's, and one Decrypt for each that is not known from a moment ago. */
export async function openLabels(
  session: Session,
  lines: readonly StoredLine[],
): Promise<Map<string, Label>> {
  const party = session.by.party
  if (!mayRead(kindOf(party), 'label')) return new Map()
  const places = lines.flatMap(({ ret, label }) =>
    label ? [{ ret, sec: label.sec, cls: 'label' as const, party }] : [],
  )
  // The caller's own rows name these returns, so that it may ask for each of them.
  const batches = Map.groupBy(places, ({ ret }) => (kindOf(party) === 'mission' ? filerIn(ret) : party))
  const found = await Promise.all(
    [...batches.values()].map((some) =>
      readBatch(sessionOn(session, some[0]?.ret ?? '').db, {
        wraps: { table: table('keys'), keys: some.map((place) => ({ ret: place.ret, wrap: wrapId(place) })) },
        sections: {
          table: table('sealed'),
          keys: some.map((place) => ({ ret: place.ret, section: sectionRowId(place) })),
        },
      }),
    ),
  )
  const wraps = found.flatMap((batch) => batch.wraps)
  const rows = found.flatMap((batch) => batch.sections)
  const opened = await Promise.all(
    places.map(async (place) => {
      const wrap = wraps.find((wrap) => wrap.ret === place.ret && wrap.wrap === wrapId(place))
      const row = rows.find((row) => row.ret === place.ret && row.section === sectionRowId(place))
      if (!wrap || !row) return []
      try {
        const key = await unwrap(session.kms, keyArn(party), wrap, place)
        return [[place.ret, sections.label.label.parse(await open(row.jwe, key, place))] as const]
      } catch (error) {
        // The line stays without it: one label that is broken does not hide the other returns.
        log('return-failed', { operation: 'list', ret: place.ret, error: errorName(error) })
        return []
      }
    }),
  )
  return new Map(opened.flat())
}

/** Where a page goes on, in a form that says nothing but two keys which the caller has just read. */
function cursorOf(last: Record<string, AttributeValue>, { range }: Index): string {
  const place = { rank: last[range]?.S, ret: last[retKey]?.S }
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
