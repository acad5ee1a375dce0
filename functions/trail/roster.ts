import { randomUUID } from 'node:crypto'
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { PartyId } from '../../schemas/parties.ts'
import { type RosterRecord, rosterRecord } from '../../schemas/people.ts'
import { refusal } from '../../schemas/problems.ts'
import { tables } from '../../schemas/tables.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { genesis, rosterHash } from './chain.ts'
import { execute, type Statement } from './transaction.ts'

/** Where the changes of all parties stand in their order; each stands under its party too, which may read its own. */
const all = 'register'
const { hash: partyKey, range: versionKey } = tables.roster

/** A change as it was read, with its hash. */
export interface StoredRoster extends RosterRecord {
  hash: string
}

/** Who works for a party, by the newest change, or nothing where nobody does yet; read consistently. */
export async function readRoster(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
): Promise<StoredRoster | undefined> {
  return readNewest(db, table, party)
}

/** The last change of all parties, or what comes before the first; read consistently. */
export async function readLastRoster(
  db: DynamoDBClient,
  table: string,
): Promise<{ n: number; hash: string }> {
  return (await readNewest(db, table, all)) ?? { n: 0, hash: genesis }
}

/**
 * Writes a change as the one after `last`, under its party and in the order of all, together with what is written beside
 * it. False where another change came first, of this party or of any.
 */
export async function appendRoster(
  db: DynamoDBClient,
  table: string,
  last: { n: number; hash: string },
  change: Omit<RosterRecord, 'n' | 'prev'>,
  beside: readonly Statement[],
): Promise<boolean> {
  const record = rosterRecord.parse({ ...change, n: last.n + 1, prev: last.hash })
  const bytes = canonicalBytes(record)
  const rows = [insertion(table, all, record.n, bytes), insertion(table, record.party, record.version, bytes)]
  const codes = await execute(db, [...rows, ...beside], randomUUID())
  if (!codes) return true
  if (codes.includes('DuplicateItem')) return false
  throw new Error(`The change of a roster was refused: ${codes.join(', ')}.`)
}

/** A page of the changes of all parties from the `n`th on, in order; `trail-broken` where their chain is. */
export async function readRosters(
  db: DynamoDBClient,
  table: string,
  n: number,
  limit: number,
): Promise<StoredRoster[]> {
  const found = await query(db, table, {
    KeyConditionExpression: '#party = :party AND #version >= :n',
    ExpressionAttributeNames: { '#party': partyKey, '#version': versionKey },
    ExpressionAttributeValues: { ':party': { S: all }, ':n': { N: String(n) } },
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
  party: string,
): Promise<StoredRoster | undefined> {
  const [newest] = await query(db, table, {
    KeyConditionExpression: '#party = :party',
    ExpressionAttributeNames: { '#party': partyKey },
    ExpressionAttributeValues: { ':party': { S: party } },
    ScanIndexForward: false,
    Limit: 1,
  })
  return newest
}

async function query(
  db: DynamoDBClient,
  table: string,
  wanted: Omit<QueryCommand['input'], 'TableName' | 'ConsistentRead'>,
): Promise<StoredRoster[]> {
  const { Items: items = [] } = await db.send(
    new QueryCommand({ TableName: table, ConsistentRead: true, ...wanted }),
  )
  return items.map(readRow)
}

/** A row says where it stands by its key, and its record has to say the same. */
function readRow(item: Record<string, AttributeValue>): StoredRoster {
  const bytes = item.record?.B
  if (!bytes) throw refusal('trail-broken')
  const record = parseRecord(bytes)
  const party = item[partyKey]?.S
  const place = party === all ? record.n : record.version
  if ((party !== all && party !== record.party) || item[versionKey]?.N !== String(place))
    throw refusal('trail-broken')
  return { ...record, hash: rosterHash(bytes) }
}

function parseRecord(bytes: Uint8Array): RosterRecord {
  try {
    return rosterRecord.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}

function insertion(table: string, key: string, place: number, bytes: Uint8Array): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${partyKey}': ?, '${versionKey}': ?, 'record': ?}`,
    Parameters: [{ S: key }, { N: String(place) }, { B: bytes }],
  }
}
