import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { tables } from '../../../schemas/deployment/tables.ts'
import { authorRoles, partyId } from '../../../schemas/values/parties.ts'
import { userId } from '../../../schemas/values/texts.ts'
import { openWith, rowOf, type Secret, sealWith } from './secret.ts'

/** Seconds. A session lasts a working day at most, and half an hour without a page. */
const longest = 10 * 3600
export const idleSeconds = 30 * 60
/** For so long a form is saved that was sent after the session had ended, or before the screen was hidden. */
export const savedPostSeconds = 3600
/** So many forms are saved for one session that is over: as many as tabs may be open. */
const maxSavedPosts = 20
/** The time of the last page is written once a minute at most. */
const touchSeconds = 60

const savedPost = z.strictObject({
  path: z.string(),
  body: z.string(),
  /** The user who typed it. Nobody else can send it. */
  user: userId,
  /** Epoch seconds. A sign-in that begins again does not prolong it. */
  until: z.number(),
})
export type SavedPost = z.infer<typeof savedPost>

/** Somebody who is signed in. */
const session = z.strictObject({
  kind: z.literal('session'),
  user: userId,
  party: partyId,
  role: z.enum(authorRoles),
  access: z.string(),
  /** Epoch ms. */
  accessUntil: z.number(),
  refresh: z.optional(z.string()),
})
export type StoredSession = z.infer<typeof session>

/** A sign-in that has begun: the user is on the way to the issuer and back. */
const entry = z.strictObject({
  kind: z.literal('entry'),
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** The address of the desk to go to afterwards. */
  to: z.string(),
  savedPost: z.optional(savedPost),
})
export type Entry = z.infer<typeof entry>

const content = z.discriminatedUnion('kind', [session, entry])
type Content = z.infer<typeof content>

/** The content that a secret opens. `idle`: epoch seconds at which it ends unless the user comes back. */
export interface SealedSession<C> {
  content: C
  idle: number
}

/** Milliseconds. The gateway gives up at 30 s. */
const db = new DynamoDBClient({ requestHandler: { connectionTimeout: 1000, requestTimeout: 6000 } })
const name = () => setting(variable.table('sessions'))
const keyFor = (secret: Secret) => ({ [tables.sessions.hash]: { S: rowOf(secret) } })
const seconds = () => Math.floor(Date.now() / 1000)

/** Stores the content of a secret. A session lasts a working day, an entry as long as a saved form. */
export async function store(secret: Secret, stored: Content): Promise<void> {
  const now = seconds()
  const until = now + (stored.kind === 'session' ? longest : savedPostSeconds)
  await db.send(
    new PutItemCommand({
      TableName: name(),
      Item: {
        ...keyFor(secret),
        sealed: { S: await sealWith(secret, content.parse(stored)) },
        idle: { N: String(stored.kind === 'session' ? now + idleSeconds : until) },
        [tables.sessions.expires]: { N: String(until) },
      },
    }),
  )
}

/** The session of a secret, with its time renewed; nothing if there is none or it is over. */
export async function readSession(secret: Secret): Promise<SealedSession<StoredSession> | undefined> {
  const found = await read(secret)
  const now = seconds()
  if (found?.content.kind !== 'session' || found.idle <= now) return undefined
  if (found.idle - now < idleSeconds - touchSeconds) await touch(secret, now)
  return { content: found.content, idle: now + idleSeconds }
}

/**
 * Whether a form may be saved for a secret: the secret was that of a session, and few forms were saved for it so far.
 * Nothing is saved for a stranger.
 */
export async function maySavePost(secret: Secret): Promise<boolean> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: name(), Key: keyFor(secret), ConsistentRead: true }),
  )
  const opened = content.safeParse(
    item?.sealed?.S && (await openWith(secret, item.sealed.S).catch(() => undefined)),
  )
  if (opened.data?.kind !== 'session') return false
  return update(
    secret,
    'SET savedPosts = if_not_exists(savedPosts, :none) + :one',
    { ':none': { N: '0' }, ':one': { N: '1' }, ':most': { N: String(maxSavedPosts) } },
    ' AND (attribute_not_exists(savedPosts) OR savedPosts < :most)',
  )
}

/** Reads and removes the entry of a secret: it serves once. */
export async function takeEntry(secret: Secret): Promise<Entry | undefined> {
  const found = await read(secret)
  if (found?.content.kind !== 'entry') return undefined
  await forget(secret)
  return found.content
}

/** Seals renewed tokens into a session, if it is still there. */
export async function renew(secret: Secret, signed: StoredSession): Promise<void> {
  await update(secret, 'SET sealed = :sealed', { ':sealed': { S: await sealWith(secret, signed) } })
}

/** Removes the content of a secret. */
export async function forget(secret: Secret): Promise<void> {
  await db.send(new DeleteItemCommand({ TableName: name(), Key: keyFor(secret) }))
}

const touch = (secret: Secret, now: number) =>
  update(secret, 'SET idle = :idle', { ':idle': { N: String(now + idleSeconds) } })

/** Changes a row if it is there. Tells whether it was. */
async function update(
  secret: Secret,
  set: string,
  values: Record<string, { S: string } | { N: string }>,
  only = '',
): Promise<boolean> {
  try {
    await db.send(
      new UpdateItemCommand({
        TableName: name(),
        Key: keyFor(secret),
        UpdateExpression: set,
        ConditionExpression: `attribute_exists(sealed)${only}`,
        ExpressionAttributeValues: values,
      }),
    )
    return true
  } catch (error) {
    // The user has signed out in another window: it stays so.
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error
    return false
  }
}

async function read(secret: Secret): Promise<SealedSession<Content> | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: name(), Key: keyFor(secret), ConsistentRead: true }),
  )
  const { sealed, idle } = item ?? {}
  const until = item?.[tables.sessions.expires]?.N
  // DynamoDB removes expired rows some time later.
  if (!sealed?.S || !idle?.N || !until || Number(until) <= seconds()) return undefined
  // A content that is damaged or of another version of the desk counts as missing: the user signs in again.
  const opened = content.safeParse(await openWith(secret, sealed.S).catch(() => undefined))
  return opened.success ? { content: opened.data, idle: Number(idle.N) } : undefined
}
