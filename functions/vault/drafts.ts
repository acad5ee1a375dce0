import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { draftId, instant, requestId, sectionId, userId } from '../../schemas/values/texts.ts'

const { hash, range, expires: expiry } = tables.drafts

type Item = Record<string, AttributeValue>
interface Statement {
  Statement: string
  Parameters: AttributeValue[]
}

/** What is sealed of a draft, and its data key as KMS wrapped it for the party: they come and go together. */
export interface DraftCipher {
  sec: string
  jwe: string
  blob: Uint8Array
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
  /** Nothing once it was sent: then only the mark is left that it was. */
  cipher?: DraftCipher
  /** The request that it becomes, and by which filing: one that is sent again goes on, another is refused. */
  sent?: { request: string; filing: string }
}

/** The statement that begins a draft. */
export function insertDraft(table: string, row: DraftRow): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, '${expiry}': ?, 'state': ?}`,
    Parameters: [{ S: row.party }, { S: row.draft }, { N: String(row.expires) }, stateOf(row)],
  }
}

/**
 * The statement that leaves a draft as `row` has it if it still is of version `read`, within a filing's transaction. It
 * expires when it would have: PartiQL sets one attribute that DynamoDB and the local one both take.
 */
export function changeDraft(table: string, row: DraftRow, read: number): Statement {
  return {
    Statement: `UPDATE "${table}" SET "state"=? WHERE "${hash}"=? AND "${range}"=? AND "state"."version"=?`,
    Parameters: [stateOf(row), { S: row.party }, { S: row.draft }, { N: String(read) }],
  }
}

/** Saves a draft whole if it still is of version `read`; false where it is not. Throws `busy` while it is being sent. */
export async function saveDraft(
  db: DynamoDBClient,
  table: string,
  row: DraftRow,
  read: number,
): Promise<boolean> {
  const Item = { ...keyOf(row), [expiry]: { N: String(row.expires) }, state: stateOf(row) }
  return holds(db.send(new PutItemCommand({ TableName: table, Item, ...ofVersion(read) })))
}

/** Deletes a draft, ciphertext and wrap, if it still is of version `read`; false where it is not. Throws as `saveDraft`. */
export async function deleteDraft(
  db: DynamoDBClient,
  table: string,
  row: Pick<DraftRow, 'party' | 'draft'>,
  read: number,
): Promise<boolean> {
  return holds(db.send(new DeleteItemCommand({ TableName: table, Key: keyOf(row), ...ofVersion(read) })))
}

/** One draft of a party, read consistently; nothing where it is not there, or its time is over at `now` (ms). */
export async function readDraft(
  db: DynamoDBClient,
  table: string,
  place: Pick<DraftRow, 'party' | 'draft'>,
  now: number,
): Promise<DraftRow | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: table, Key: keyOf(place), ConsistentRead: true }),
  )
  return item && current(rowOf(item), now)
}

/** A page of a party's drafts after the one that `from` names, the one begun last first; `next` where there are more. */
export async function readDrafts(
  db: DynamoDBClient,
  table: string,
  party: string,
  now: number,
  { from, limit }: { from?: string | undefined; limit: number },
): Promise<{ rows: DraftRow[]; next: string | undefined }> {
  const { Items: items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#party = :party',
      ExpressionAttributeNames: { '#party': hash },
      ExpressionAttributeValues: { ':party': { S: party } },
      ScanIndexForward: false,
      Limit: limit,
      ...(from === undefined ? {} : { ExclusiveStartKey: keyOf({ party, draft: from }) }),
    }),
  )
  const rows = items.map(rowOf).filter((row) => current(row, now) !== undefined)
  return { rows, next: last?.[range]?.S }
}

/** DynamoDB deletes what has expired some day; it counts as gone at once. */
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
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  }
}

function keyOf({ party, draft }: Pick<DraftRow, 'party' | 'draft'>): Item {
  return { [hash]: { S: party }, [range]: { S: draft } }
}

/** All that changes, as one value: a condition on its version guards the whole. */
function stateOf({ version, at, by, assignee, cipher, sent }: DraftRow): AttributeValue {
  return {
    M: {
      version: { N: String(version) },
      at: { S: at },
      by: { S: by },
      assignee: { S: assignee },
      ...(cipher ? { sec: { S: cipher.sec }, jwe: { S: cipher.jwe }, blob: { B: cipher.blob } } : {}),
      ...(sent ? { request: { S: sent.request }, filing: { S: sent.filing } } : {}),
    },
  }
}

const stored = z.object({
  party: z.string(),
  draft: draftId,
  expires: z.int(),
  version: z.int(),
  at: instant,
  by: userId,
  assignee: userId,
  cipher: z.optional(z.object({ sec: sectionId, jwe: z.string(), blob: z.instanceof(Uint8Array) })),
  sent: z.optional(z.object({ request: requestId, filing: requestId })),
})

function rowOf(item: Item): DraftRow {
  const state = item.state?.M ?? {}
  const { sec, jwe, blob, request, filing } = state
  const read = stored.safeParse({
    party: item[hash]?.S,
    draft: item[range]?.S,
    expires: Number(item[expiry]?.N),
    version: Number(state.version?.N),
    at: state.at?.S,
    by: state.by?.S,
    assignee: state.assignee?.S,
    ...(sec ? { cipher: { sec: sec.S, jwe: jwe?.S, blob: blob?.B } } : {}),
    ...(request ? { sent: { request: request.S, filing: filing?.S } } : {}),
  })
  if (!read.success) throw refusal('section-unreadable')
  return read.data
}
