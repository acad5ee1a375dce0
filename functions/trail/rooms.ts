import { randomUUID } from 'node:crypto'
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import { type HouseRecord, houseRecord } from '../../schemas/rooms.ts'
import { tables } from '../../schemas/tables.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { genesis, roomsHash } from './chain.ts'
import { execute, type Statement } from './transaction.ts'

const { hash: centreKey, range: versionKey } = tables.rooms

/** A change as it was read, with its hash. */
export interface StoredHouse extends HouseRecord {
  hash: string
}

/** The rooms of a centre as they are, or nothing where it keeps none yet; read consistently. */
export async function readHouse(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
): Promise<StoredHouse | undefined> {
  const [newest] = await query(db, table, {
    KeyConditionExpression: '#centre = :centre',
    ExpressionAttributeNames: { '#centre': centreKey },
    ExpressionAttributeValues: { ':centre': { S: centre } },
    ScanIndexForward: false,
    Limit: 1,
  })
  return newest
}

/**
 * Writes a change as the one after `last`, together with what has to hold beside it. False where somebody was first, at
 * the rooms or beside them.
 */
export async function appendHouse(
  db: DynamoDBClient,
  table: string,
  last: StoredHouse | undefined,
  change: Omit<HouseRecord, 'prev' | 'version'>,
  beside: readonly Statement[],
): Promise<boolean> {
  const record = houseRecord.parse({
    ...change,
    version: (last?.version ?? 0) + 1,
    prev: last?.hash ?? genesis,
  })
  const insertion = {
    Statement: `INSERT INTO "${table}" VALUE {'${centreKey}': ?, '${versionKey}': ?, 'record': ?}`,
    Parameters: [{ S: record.centre }, { N: String(record.version) }, { B: canonicalBytes(record) }],
  }
  const codes = await execute(db, [insertion, ...beside], randomUUID())
  if (!codes) return true
  if (codes.includes('DuplicateItem') || codes.includes('ConditionalCheckFailed')) return false
  throw new Error(`The change of a room was refused: ${codes.join(', ')}.`)
}

/** A page of a centre's changes from a version on, in order; `trail-broken` where their chain is. */
export async function readHouses(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
  from: number,
  limit: number,
): Promise<StoredHouse[]> {
  const found = await query(db, table, {
    KeyConditionExpression: '#centre = :centre AND #version >= :from',
    ExpressionAttributeNames: { '#centre': centreKey, '#version': versionKey },
    ExpressionAttributeValues: { ':centre': { S: centre }, ':from': { N: String(from) } },
    Limit: limit,
  })
  // Of what came before the page, only the very beginning is known.
  let before = from === 1 ? genesis : found[0]?.prev
  for (const [index, change] of found.entries()) {
    if (change.version !== from + index || change.prev !== before) throw refusal('trail-broken')
    before = change.hash
  }
  return found
}

async function query(
  db: DynamoDBClient,
  table: string,
  wanted: Omit<QueryCommand['input'], 'TableName' | 'ConsistentRead'>,
): Promise<StoredHouse[]> {
  const { Items: items = [] } = await db.send(
    new QueryCommand({ TableName: table, ConsistentRead: true, ...wanted }),
  )
  return items.map(readRow)
}

/** A row says where it stands by its key, and its record has to say the same. */
function readRow(item: Record<string, AttributeValue>): StoredHouse {
  const bytes = item.record?.B
  if (!bytes) throw refusal('trail-broken')
  const record = parseRecord(bytes)
  if (item[centreKey]?.S !== record.centre || item[versionKey]?.N !== String(record.version))
    throw refusal('trail-broken')
  return { ...record, hash: roomsHash(bytes) }
}

function parseRecord(bytes: Uint8Array): HouseRecord {
  try {
    return houseRecord.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}
