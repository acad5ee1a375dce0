import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type PostRecord, postRecord, type RoutingRecord, routingRecord } from '../../schemas/api/posts.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { genesis, postHash } from './chain.ts'
import {
  add,
  addition,
  newestRow,
  type Register,
  readNewest,
  readPage,
  recordIn,
  type Stored,
} from './register.ts'

/** Where all changes stand in their order; each stands under its post too, which may read its own. */
const all = 'register'
/** Where with each change stands which countries the changed posts answer for: read by who sends an alert on its way. */
const routing = 'routing'

const posts: Register<PostRecord> = {
  keys: tables.posts,
  form: postRecord,
  hashOf: postHash,
  placeIn: (chain, { n, post, version }) => (chain === all ? n : chain === post ? version : undefined),
}

/** A change as it was read, with its hash. */
export type StoredChange = Stored<PostRecord>

/** The last change of all posts, or what comes before the first; read consistently. */
export async function readLastChange(
  db: DynamoDBClient,
  table: string,
): Promise<{ n: number; hash: string }> {
  return (await readNewest(db, table, posts, all)) ?? { n: 0, hash: genesis }
}

/** How a post stands by its newest change, or nothing where it was never changed; read consistently. */
export function readPost(
  db: DynamoDBClient,
  table: string,
  post: PartyId,
): Promise<StoredChange | undefined> {
  return readNewest(db, table, posts, post)
}

/**
 * Writes a change as the one after `last`, under its post and in the order of all, and how the changed posts answer for
 * countries from then on, together or not at all. False when another change of any post came first: so what was read of
 * the others still holds for every change that is written.
 */
export function appendChange(
  db: DynamoDBClient,
  table: string,
  last: { n: number; hash: string },
  change: Omit<PostRecord, 'n' | 'prev'>,
  changed: RoutingRecord['posts'],
): Promise<boolean> {
  const record = postRecord.parse({ ...change, n: last.n + 1, prev: last.hash })
  const routed = routingRecord.parse({ n: record.n, posts: changed })
  return add(db, [
    addition(table, posts.keys, all, record.n, record),
    addition(table, posts.keys, record.post, record.version, record),
    addition(table, posts.keys, routing, record.n, routed),
  ])
}

/** How the posts that were ever changed answer for countries; nothing of who works there. Read consistently. */
export async function readRouting(db: DynamoDBClient, table: string): Promise<RoutingRecord['posts']> {
  const newest = await newestRow(db, table, posts.keys, routing)
  return newest ? recordIn(routingRecord, newest).record.posts : []
}

/** A page of all changes from the `n`th on, in order; `trail-broken` where their chain is. */
export function readChanges(
  db: DynamoDBClient,
  table: string,
  n: number,
  limit: number,
): Promise<StoredChange[]> {
  return readPage(db, table, posts, all, n, limit)
}
