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
import { digestOf, type FormTicket, formTicketOf, openWith, rowOf, type Secret, sealWith } from './secret.ts'

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

/** A page that a form led to: the browser is sent to it, and can come back to it. */
const shownPage = z.strictObject({
  kind: z.literal('page'),
  status: z.number(),
  /** The HTML, compressed (brotli), base64. */
  html: z.string(),
  /** For how long it is there, in seconds. */
  seconds: z.number(),
})
export type ShownPage = z.infer<typeof shownPage>

const content = z.discriminatedUnion('kind', [session, entry, shownPage])
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

/** For how long a content is there, in seconds: a session for a working day, an entry as long as a saved form. */
function lifetimeOf(stored: Content): number {
  switch (stored.kind) {
    case 'session':
      return longest
    case 'entry':
      return savedPostSeconds
    case 'page':
      return stored.seconds
  }
}

/** Stores the content of a secret. */
export async function store(secret: Secret, stored: Content): Promise<void> {
  const now = seconds()
  const until = now + lifetimeOf(stored)
  await db.send(
    new PutItemCommand({
      TableName: name(),
      Item: {
        ...keyFor(secret),
        sealed: { S: await sealWith(secret, content.parse(stored)) },
        ...(stored.kind === 'session' ? { form: { S: digestOf(formTicketOf(secret)) } } : {}),
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
 * Whether a form may be saved that carries a ticket: the ticket is that of a session whose row is still there, and few forms
 * were saved for it so far. Nothing is saved for a stranger.
 */
export function maySavePost(ticket: FormTicket): Promise<boolean> {
  return update(
    ticket.row,
    'SET savedPosts = if_not_exists(savedPosts, :none) + :one',
    {
      ':none': { N: '0' },
      ':one': { N: '1' },
      ':most': { N: String(maxSavedPosts) },
      ':form': { S: digestOf(ticket) },
    },
    ' AND form = :form AND (attribute_not_exists(savedPosts) OR savedPosts < :most)',
  )
}

/** The page of a secret, while it is there. */
export async function readShownPage(secret: Secret): Promise<ShownPage | undefined> {
  const found = await read(secret)
  return found?.content.kind === 'page' ? found.content : undefined
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
  await update(rowOf(secret), 'SET sealed = :sealed', { ':sealed': { S: await sealWith(secret, signed) } })
}

/** Removes the content of a secret. */
export async function forget(secret: Secret): Promise<void> {
  await db.send(new DeleteItemCommand({ TableName: name(), Key: keyFor(secret) }))
}

const touch = (secret: Secret, now: number) =>
  update(rowOf(secret), 'SET idle = :idle', { ':idle': { N: String(now + idleSeconds) } })

/** Changes a row if it is there. Tells whether it was. */
async function update(
  row: string,
  set: string,
  values: Record<string, { S: string } | { N: string }>,
  only = '',
): Promise<boolean> {
  try {
    await db.send(
      new UpdateItemCommand({
        TableName: name(),
        Key: { [tables.sessions.hash]: { S: row } },
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
