import { randomUUID } from 'node:crypto'
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import type * as z from 'zod/mini'
import type { PartyId } from '../../schemas/parties.ts'
import { type PostRecord, postRecord, type RoutingRecord, routingRecord } from '../../schemas/posts.ts'
import { refusal } from '../../schemas/problems.ts'
import { tables } from '../../schemas/tables.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { genesis, postHash } from './chain.ts'
import { execute, type Statement } from './transaction.ts'

/** Where all changes stand in their order; each stands under its post too, which may read its own. */
const all = 'register'
/** Where with each change stands which countries the changed posts answer for: read by who sends an alert on its way. */
const routing = 'routing'

/** A change as it was read, with its hash. */
export interface StoredChange extends PostRecord {
  hash: string
}

/** The last change of all posts, or what comes before the first; read consistently. */
export async function readLastChange(
  db: DynamoDBClient,
  table: string,
): Promise<{ n: number; hash: string }> {
  return (await readNewest(db, table, all)) ?? { n: 0, hash: genesis }
}

/** How a post stands by its newest change, or nothing where it was never changed; read consistently. */
export function readPost(
  db: DynamoDBClient,
  table: string,
  post: PartyId,
): Promise<StoredChange | undefined> {
  return readNewest(db, table, post)
}

/**
 * Writes a change as the one after `last`, under its post and in the order of all, and how the changed posts answer for
 * countries from then on, together or not at all. False when
 * another change of any post came first: so what was read of the others still holds for every change that is written.
 */
export async function appendChange(
  db: DynamoDBClient,
  table: string,
  last: { n: number; hash: string },
  change: Omit<PostRecord, 'n' | 'prev'>,
  changed: RoutingRecord['posts'],
): Promise<boolean> {
  const record = postRecord.parse({ ...change, n: last.n + 1, prev: last.hash })
  const bytes = canonicalBytes(record)
  const routed = canonicalBytes(routingRecord.parse({ n: record.n, posts: changed }))
  const rows = [
    insertion(table, all, record.n, bytes),
    insertion(table, record.post, record.version, bytes),
    insertion(table, routing, record.n, routed),
  ]
  const codes = await execute(db, rows, randomUUID())
  if (!codes) return true
  if (codes.includes('DuplicateItem')) return false
  throw new Error(`The change of a post was refused: ${codes.join(', ')}.`)
}

/** How the posts that were ever changed answer for countries; nothing of who works there. Read consistently. */
export async function readRouting(db: DynamoDBClient, table: string): Promise<RoutingRecord['posts']> {
  const [newest] = await itemsOf(db, table, newestUnder(routing))
  const bytes = newest?.record?.B
  if (!newest) return []
  if (!bytes) throw refusal('trail-broken')
  return parseRecord(routingRecord, bytes).posts
}

/** A page of all changes from the `n`th on, in order; `trail-broken` where their chain is. */
export async function readChanges(
  db: DynamoDBClient,
  table: string,
  n: number,
  limit: number,
): Promise<StoredChange[]> {
  const found = await query(db, table, {
    KeyConditionExpression: '#post = :post AND #version >= :n',
    ExpressionAttributeNames: { '#post': tables.posts.hash, '#version': tables.posts.range },
    ExpressionAttributeValues: { ':post': { S: all }, ':n': { N: String(n) } },
    Limit: limit,
  })
  // Of what came before the page, only the very beginning is known.
  let before = n === 1 ? genesis : found[0]?.prev
  for (const [index, change] of found.entries()) {
    if (change.n !== n + index || change.prev !== before) throw refusal('trail-broken')
    before = change.hash
  }
  return found
}

async function readNewest(
  db: DynamoDBClient,
  table: string,
  hash: string,
): Promise<StoredChange | undefined> {
  const [newest] = await query(db, table, newestUnder(hash))
  return newest
}

const newestUnder = (hash: string) => ({
  KeyConditionExpression: '#post = :post',
  ExpressionAttributeNames: { '#post': tables.posts.hash },
  ExpressionAttributeValues: { ':post': { S: hash } },
  ScanIndexForward: false,
  Limit: 1,
})

type Wanted = Omit<QueryCommand['input'], 'TableName' | 'ConsistentRead'>

async function query(db: DynamoDBClient, table: string, wanted: Wanted): Promise<StoredChange[]> {
  return (await itemsOf(db, table, wanted)).map(readRow)
}

async function itemsOf(db: DynamoDBClient, table: string, wanted: Wanted) {
  const { Items: items = [] } = await db.send(
    new QueryCommand({ TableName: table, ConsistentRead: true, ...wanted }),
  )
  return items
}

/** A row says where it stands by its key, and its record has to say the same. */
function readRow(item: Record<string, AttributeValue>): StoredChange {
  const { hash, range } = tables.posts
  const bytes = item.record?.B
  if (!bytes) throw refusal('trail-broken')
  const record = parseRecord(postRecord, bytes)
  const place = item[hash]?.S === all ? record.n : record.version
  if (item[hash]?.S !== all && item[hash]?.S !== record.post) throw refusal('trail-broken')
  if (item[range]?.N !== String(place)) throw refusal('trail-broken')
  return { ...record, hash: postHash(bytes) }
}

function parseRecord<T>(form: z.ZodMiniType<T>, bytes: Uint8Array): T {
  try {
    return form.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}

function insertion(table: string, key: string, place: number, bytes: Uint8Array): Statement {
  const { hash, range } = tables.posts
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'record': ?}`,
    Parameters: [{ S: key }, { N: String(place) }, { B: bytes }],
  }
}
