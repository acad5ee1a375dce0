import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod/mini'
import {
  type DraftSealed,
  type draft as draftAnswer,
  draftBody,
  draftDeletion,
  type drafts,
  draftsQuery,
  type draftVersion,
} from '../../../schemas/api/drafts.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { bodyLimit } from '../../../schemas/api/routes.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { draftId } from '../../../schemas/values/texts.ts'
import { execute } from '../../dynamodb/execute.ts'
import { errorName, log } from '../../log.ts'
import { bodyMac, type Claim, claimHash, claimStatement, readClaim, sameBody } from '../../trail/claim.ts'
import { draftBegunAt, newDraftId } from '../../trail/ids.ts'
import {
  type DraftCipher,
  type DraftRow,
  deleteDraft,
  deleteParts,
  insertDraft,
  readDraft,
  readDrafts,
  saveDraft,
  writeParts,
} from '../../vault/drafts.ts'
import {
  type HttpAnswer,
  type HttpEvent,
  idempotencyKeyOf,
  json,
  queryOf,
  readBody,
  requiredVersion,
} from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { openDraft, openDraftLabel, type SealedDraft, sealDraft } from './sealed-draft.ts'

/** Drafts on a page: one Decrypt each. */
const pageSize = 25

/** Drafts read for one page at most, where some of them are sent, or the work of others. */
const mostRead = 20 * pageSize

/**
 * `GET …/drafts?assigned=`: a page of the party's drafts that were not sent; `to-me`: of those that are the caller's own
 * work. Throws bad-input and bad-cursor.
 */
export async function listDrafts({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { cursor: from, ...filters } = queryOf(event)
  if (from !== undefined && !draftId.safeParse(from).success) throw refusal('bad-cursor')
  const filter = draftsQuery.safeParse(filters)
  if (!filter.success)
    throw refusal('bad-input', { fields: filter.error.issues.map(({ path }) => path.join('.')) })
  const isListed = ({ cipher, assignee }: DraftRow) =>
    cipher !== undefined && (filter.data.assigned === undefined || assignee === session.by.user)
  const { rows: unsent, next } = await readListed(session, isListed, from)
  const answer: z.infer<typeof drafts> = {
    drafts: await Promise.all(
      unsent.map(async (row) => {
        const label = await labelOf(session, row)
        return { ...inClear(row), begun: draftBegunAt(row.draft), ...(label ? { label } : {}) }
      }),
    ),
    ...(next ? { next } : {}),
  }
  return json(200, answer)
}

/** A page of the drafts that are listed, and where the drafts after them begin. */
async function readListed(
  session: Session,
  isListed: (row: DraftRow) => boolean,
  from: string | undefined,
): Promise<{ rows: DraftRow[]; next: string | undefined }> {
  const found: DraftRow[] = []
  let start = from
  for (let read = pageSize; ; read += pageSize) {
    const page = await readDrafts(session.db, tableName('drafts'), session.by.party, Date.now(), {
      from: start,
      limit: pageSize,
    })
    found.push(...page.rows.filter(isListed))
    // One more than a page has: so the last page does not lead to an empty one.
    if (found.length > pageSize) {
      const rows = found.slice(0, pageSize)
      return { rows, next: rows.at(-1)?.draft }
    }
    if (!page.next || read >= mostRead) return { rows: found, next: page.next }
    start = page.next
  }
}

/** `GET …/drafts/{draft}`: in full, for everyone of the party. */
export async function getDraft({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { row, sealed } = await openedDraft(session, event)
  const answer: z.infer<typeof draftAnswer> = { ...inClear(row), ...sealed }
  return json(200, answer, row.version)
}

/** Readings of a draft that somebody else keeps saving. */
const maxReadings = 3

/** The draft in the path, opened; read again where somebody saved it between its row and its parts. */
async function openedDraft(
  session: Session,
  event: HttpEvent,
): Promise<{ row: DraftRow; sealed: DraftSealed }> {
  for (let reading = 1; reading <= maxReadings; reading++) {
    const { row, cipher } = await writtenDraft(session, event)
    const sealed = await openDraft(session, row, cipher)
    if (sealed) return { row, sealed }
  }
  throw refusal('busy')
}

/** `POST …/drafts`: begins a draft. Sent again, the request gets the same draft, even if it was sent or deleted since. */
export async function beginDraft({ session, event, route }: ApiRequest): Promise<HttpAnswer> {
  const key = idempotencyKeyOf(event)
  const { bytes, content } = readBody(event, draftBody, bodyLimit.draft)
  const { party, user } = session.by
  const place = { party, claim: claimHash([user, `${route.method} ${route.path}`, key]) }
  const mac = bodyMac(key, bytes)
  const answer = (draft: string) => {
    const begun: z.infer<typeof draftVersion> = { draft, version: 1 }
    return json(201, begun, begun.version)
  }
  const claimed = await readClaim(session.db, tableName('claims'), party, place.claim)
  if (claimed) return answer(draftOf(claimed, mac))

  const now = Date.now()
  const draft = newDraftId(now)
  const { assignee = user, ...sealed } = content
  const made = await sealDraft(session, draft, sealed)
  const row = savedBy(session, { draft, version: 1, assignee }, now, made)
  await writeParts(session.db, tableName('drafts'), row, made.parts)
  const codes = await execute(
    session.db,
    [
      claimStatement(tableName('claims'), { ...place, mac, ret: draft, seq: 0 }, row.at),
      insertDraft(tableName('drafts'), row),
    ],
    randomUUID(),
  )
  if (!codes) return answer(draft)
  await deleteParts(session.db, tableName('drafts'), row, row.parts)
  const first = await readClaim(session.db, tableName('claims'), party, place.claim)
  if (!first) throw new Error(`The beginning of a draft was refused: ${codes.join(', ')}.`)
  return answer(draftOf(first, mac))
}

/** The draft that the first of two equal requests began. Throws key-reused when they are not equal. */
function draftOf(claim: Claim, mac: string): string {
  if (!sameBody(claim, mac)) throw refusal('key-reused')
  return claim.ret
}

/**
 * `POST …/drafts/{draft}`: saves it whole, on the version in `If-Match`. The same save sent twice by one person (a double
 * click, a broken connection) is answered as done. Any other late save is refused with the current version.
 */
export async function saveDraftWhole({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const read = requiredVersion(event)
  const { content } = readBody(event, draftBody, bodyLimit.draft)
  const { assignee, ...sealed } = content
  const answer = (draft: string, version: number) => {
    const saved: z.infer<typeof draftVersion> = { draft, version }
    return json(200, saved, version)
  }
  const isDone = async ({ row, cipher }: Written) =>
    row.version === read + 1 &&
    row.by === session.by.user &&
    (assignee ?? row.assignee) === row.assignee &&
    isDeepStrictEqual(await openDraft(session, row, cipher), sealed)

  const before = await writtenDraft(session, event)
  const { draft } = before.row
  if (before.row.sent) throw sentAlready(before.row.sent)
  if (before.row.version !== read) {
    if (await isDone(before)) return answer(draft, before.row.version)
    throw refusal('version-stale', { version: before.row.version })
  }
  const made = await sealDraft(session, draft, sealed)
  const next = { draft, version: read + 1, assignee: assignee ?? before.row.assignee }
  const row = savedBy(session, next, Date.now(), made)
  await writeParts(session.db, tableName('drafts'), row, made.parts)
  const isSaved = await saveDraft(session.db, tableName('drafts'), row, read)
  await deleteParts(session.db, tableName('drafts'), row, isSaved ? before.row.parts : row.parts)
  if (isSaved) return answer(draft, row.version)
  const after = await writtenDraft(session, event)
  if (after.row.sent) throw sentAlready(after.row.sent)
  if (await isDone(after)) return answer(draft, after.row.version)
  throw refusal('version-lost', { version: after.row.version })
}

/** `POST …/drafts/{draft}/delete`: on the version in `If-Match`. While a draft is being sent, its returns stay. */
export async function discardDraft({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const read = requiredVersion(event)
  readBody(event, draftDeletion)
  const { row } = await writtenDraft(session, event)
  if (row.version !== read) throw refusal('version-stale', { version: row.version })
  if (!(await deleteDraft(session.db, tableName('drafts'), row, read))) {
    const { version } = (await writtenDraft(session, event)).row
    throw refusal('version-lost', { version })
  }
  await deleteParts(session.db, tableName('drafts'), row, row.parts)
  const deleted: z.infer<typeof draftVersion> = { draft: row.draft, version: row.version }
  return json(200, deleted)
}

interface Written {
  row: DraftRow
  cipher: DraftCipher
}

/** The draft in the path. Throws not-found where the party has none such, and draft-sent where it was sent. */
async function writtenDraft(session: Session, event: HttpEvent): Promise<Written> {
  const id = draftId.safeParse(event.pathParameters?.draft)
  if (!id.success) throw refusal('not-found')
  const place = { party: session.by.party, draft: id.data }
  const row = await readDraft(session.db, tableName('drafts'), place, Date.now())
  if (!row) throw refusal('not-found')
  if (!row.cipher) throw sentAlready(row.sent)
  return { row, cipher: row.cipher }
}

/** The refusal for a draft that has become a request. */
export function sentAlready(sent: DraftRow['sent']) {
  return refusal('draft-sent', sent ? { request: sent.request } : {})
}

function inClear({ draft, version, at, by, assignee, expires, sent }: DraftRow) {
  const until = new Date(expires * 1000).toISOString()
  return { draft, version, at, by, assignee, expires: until, ...(sent ? { request: sent.request } : {}) }
}

/** A draft as its caller saves it at `now` (ms): its time begins again. */
function savedBy(
  { by }: Session,
  next: Pick<DraftRow, 'draft' | 'version' | 'assignee'>,
  now: number,
  { cipher, parts }: SealedDraft,
): DraftRow {
  return {
    ...next,
    ...(parts.length > 0 ? { parts: parts.map(({ sec }) => sec) } : {}),
    party: by.party,
    at: new Date(now).toISOString(),
    by: by.user,
    expires: Math.floor(now / 1000) + Number(setting(variable.draftDays)) * 86_400,
    cipher,
  }
}

/** The label of a draft. A line has none where the draft is broken: one broken draft does not hide the others. */
async function labelOf(session: Session, { draft, cipher }: DraftRow): Promise<DraftSealed['label']> {
  if (!cipher) return undefined
  try {
    return await openDraftLabel(session, draft, cipher)
  } catch (error) {
    log('return-failed', { operation: 'drafts', ret: draft, error: errorName(error) })
    return undefined
  }
}
