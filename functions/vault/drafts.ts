import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import pLimit from 'p-limit'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { draftId, instant, requestId, sectionId, userId } from '../../schemas/values/texts.ts'
import { isMap, marshall, type Row } from '../dynamodb/attributes.ts'
import { queryPage } from '../dynamodb/query.ts'
import { deleteRow, getRow, putRow } from '../dynamodb/rows.ts'
import { insertStatement, replaceStatement, type Statement } from '../dynamodb/statements.ts'

const { hash, range, expires: expiry } = tables.drafts

/** What is sealed of a draft, and its data key as KMS wrapped it for the party: they come and go together. */
export interface DraftCipher {
  sec: string
  jwe: string
  blob: Uint8Array
}

/** A part of a draft that does not fit into its row, in a row of its own. `sec`: the id of what is sealed. */
export interface DraftPart {
  sec: string
  jwe: string
}

/** A row of `drafts`. `expires`: epoch seconds. */
export interface DraftRow {
  party: string
  draft: string
  expires: number
  version: number
  at: string
  by: string
  assignee: string
  /** The ids of its parts, in their order, where it has any. */
  parts?: readonly string[]
  /** Absent once the draft was sent: then the row only says that it was. */
  cipher?: DraftCipher
  /** The request that the draft becomes, and the filing that sends it: that filing may be repeated, another is refused. */
  sent?: { request: string; filing: string }
}

/** The statement that begins a draft. */
export function insertDraft(table: string, row: DraftRow): Statement {
  return insertStatement(table, storedRow(row))
}

/**
 * The statement that replaces a draft by `row` within a filing's transaction, if it still is of version `read`. Its expiry
 * stays as it was, because the statement sets one attribute.
 */
export function changeDraft(table: string, row: DraftRow, read: number): Statement {
  return replaceStatement(table, keyOf(row), ['state', stateOf(row)], read)
}

/** Saves a draft whole if it still is of version `read`; false where it is not. Throws `busy` while it is being sent. */
export async function saveDraft(
  db: DynamoDBClient,
  table: string,
  row: DraftRow,
  read: number,
): Promise<boolean> {
  const Item = marshall(storedRow(row))
  return holds(db.send(new PutItemCommand({ TableName: table, Item, ...ofVersion(read) })))
}

/** Deletes a draft, ciphertext and wrap, if it still is of version `read`; false where it is not. Throws as `saveDraft`. */
export async function deleteDraft(
  db: DynamoDBClient,
  table: string,
  row: Pick<DraftRow, 'party' | 'draft'>,
  read: number,
): Promise<boolean> {
  const Key = marshall(keyOf(row))
  return holds(db.send(new DeleteItemCommand({ TableName: table, Key, ...ofVersion(read) })))
}

/** One draft of a party, read consistently; nothing where it is not there, or its time is over at `now` (ms). */
export async function readDraft(
  db: DynamoDBClient,
  table: string,
  place: Pick<DraftRow, 'party' | 'draft'>,
  now: number,
): Promise<DraftRow | undefined> {
  const row = await getRow(db, table, keyOf(place))
  return row && current(draftIn(row), now)
}

/** A page of a party's drafts, the newest first, after the draft `from`; `next` where there are more. */
export async function readDrafts(
  db: DynamoDBClient,
  table: string,
  party: string,
  now: number,
  { from, limit }: { from?: string | undefined; limit: number },
): Promise<{ rows: DraftRow[]; next: string | undefined }> {
  const { rows, next } = await queryPage(
    db,
    { table, hash: { name: hash, value: party }, newestFirst: true },
    { limit, start: from === undefined ? undefined : keyOf({ party, draft: from }) },
  )
  const drafts = rows.map(draftIn).filter((draft) => current(draft, now) !== undefined)
  return { rows: drafts, next: next && String(next[range]) }
}

/** Requests for parts at a time. */
const partsAtOnce = 8

/**
 * Writes the parts of a draft, before the row that names them: so whoever reads the row finds them all. Their ids are new,
 * and no row is written over.
 */
export async function writeParts(
  db: DynamoDBClient,
  table: string,
  { party, draft, expires }: Pick<DraftRow, 'party' | 'draft' | 'expires'>,
  parts: readonly DraftPart[],
): Promise<void> {
  await pLimit(partsAtOnce).map(parts, ({ sec, jwe }) =>
    putRow(db, table, { ...partKeyOf({ party, draft }, sec), [expiry]: expires, jwe }),
  )
}

/** The parts of a draft in their order; nothing where one is gone, because the draft was saved anew. */
export async function readParts(
  db: DynamoDBClient,
  table: string,
  place: Pick<DraftRow, 'party' | 'draft'>,
  ids: readonly string[],
): Promise<DraftPart[] | undefined> {
  const rows = await pLimit(partsAtOnce).map(ids, async (sec) => {
    const row = await getRow(db, table, partKeyOf(place, sec))
    return typeof row?.jwe === 'string' ? { sec, jwe: row.jwe } : undefined
  })
  const found = rows.filter((row) => row !== undefined)
  return found.length === ids.length ? found : undefined
}

/**
 * Deletes parts that no row names any more. They cannot be opened without the key of their row; one that is left over
 * expires with its draft.
 */
export async function deleteParts(
  db: DynamoDBClient,
  table: string,
  place: Pick<DraftRow, 'party' | 'draft'>,
  ids: readonly string[] = [],
): Promise<void> {
  await pLimit(partsAtOnce).map(ids, (sec) => deleteRow(db, table, partKeyOf(place, sec)))
}

/** DynamoDB deletes an expired row some day later; for us it is gone at once. */
function current(row: DraftRow, now: number): DraftRow | undefined {
  return row.expires * 1000 > now ? row : undefined
}

async function holds(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    if (error instanceof TransactionConflictException) throw refusal('busy', {}, error)
    throw error
  }
}

function ofVersion(version: number) {
  return {
    ConditionExpression: '#state.#version = :version',
    ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': version }),
  }
}

function keyOf({ party, draft }: Pick<DraftRow, 'party' | 'draft'>): Row {
  return { [hash]: party, [range]: draft }
}

/** Parts have a partition of their own beside the drafts of their party, so that no list reads them. */
function partKeyOf({ party, draft }: Pick<DraftRow, 'party' | 'draft'>, sec: string): Row {
  return { [hash]: `${party}#parts`, [range]: `${draft}#${sec}` }
}

function storedRow(row: DraftRow): Row {
  return { ...keyOf(row), [expiry]: row.expires, state: stateOf(row) }
}

/** All that changes, as one map: a condition on its version guards the whole. */
function stateOf({ version, at, by, assignee, parts, cipher, sent }: DraftRow): Row {
  return { version, at, by, assignee, ...(parts?.length ? { parts } : {}), ...cipher, ...sent }
}

const draftRow = z.object({
  party: z.string(),
  draft: draftId,
  expires: z.int(),
  version: z.int(),
  at: instant,
  by: userId,
  assignee: userId,
  parts: z.optional(z.array(sectionId)),
  cipher: z.optional(z.object({ sec: sectionId, jwe: z.string(), blob: z.instanceof(Uint8Array) })),
  sent: z.optional(z.object({ request: requestId, filing: requestId })),
})

function draftIn(row: Row): DraftRow {
  const state = isMap(row.state) ? row.state : {}
  const read = draftRow.safeParse({
    ...state,
    ...(state.sec ? { cipher: state } : {}),
    ...(state.request ? { sent: state } : {}),
    party: row[hash],
    draft: row[range],
    expires: row[expiry],
  })
  if (!read.success) throw refusal('section-unreadable')
  return read.data
}
