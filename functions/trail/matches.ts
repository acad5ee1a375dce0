import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { type MatchRecord, matchRecord } from '../../schemas/matches.ts'
import { refusal } from '../../schemas/problems.ts'
import { tables } from '../../schemas/tables.ts'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { genesis, matchHash } from './chain.ts'
import type { Statement } from './transaction.ts'

const { hash: matchKey, range: placeKey } = tables.matches

/** A record as it was read, with its hash. */
export interface StoredMatch extends MatchRecord {
  hash: string
}

/** The record that comes after `last`. Throws where it is not of its closed form. */
export function nextRecord(
  last: StoredMatch | undefined,
  made: Omit<MatchRecord, 'n' | 'prev'>,
): MatchRecord {
  return matchRecord.parse({ ...made, n: last ? last.n + 1 : 0, prev: last?.hash ?? genesis })
}

/** The statement that appends a record; it fails where somebody was first. */
export function appendMatch(table: string, record: MatchRecord): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${matchKey}': ?, '${placeKey}': ?, 'record': ?}`,
    Parameters: [{ S: record.match }, { N: String(record.n) }, { B: canonicalBytes(record) }],
  }
}

/** The newest record of a match, read consistently; nothing where it was never raised. */
export async function readMatch(
  db: DynamoDBClient,
  table: string,
  match: string,
): Promise<StoredMatch | undefined> {
  const { Items: [item] = [] } = await db.send(
    new QueryCommand({ ...recordsOf(table, match), ScanIndexForward: false, Limit: 1 }),
  )
  return item && readRecord(item)
}

/** All records of a match in order; `trail-broken` where their chain is. */
export async function readMatchHistory(
  db: DynamoDBClient,
  table: string,
  match: string,
): Promise<StoredMatch[]> {
  const records: StoredMatch[] = []
  let prev = genesis
  for await (const page of paginateQuery({ client: db }, recordsOf(table, match)))
    for (const record of (page.Items ?? []).map(readRecord)) {
      if (record.match !== match || record.n !== records.length || record.prev !== prev)
        throw refusal('trail-broken')
      records.push(record)
      prev = record.hash
    }
  return records
}

const recordsOf = (table: string, match: string) => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: '#match = :match',
  ExpressionAttributeNames: { '#match': matchKey },
  ExpressionAttributeValues: { ':match': { S: match } },
})

function readRecord(item: Record<string, AttributeValue>): StoredMatch {
  const bytes = item.record?.B
  if (!bytes) throw refusal('trail-broken')
  const record = parseRecord(bytes)
  if (item[matchKey]?.S !== record.match || item[placeKey]?.N !== String(record.n))
    throw refusal('trail-broken')
  return { ...record, hash: matchHash(bytes) }
}

function parseRecord(bytes: Uint8Array): MatchRecord {
  try {
    return matchRecord.parse(parseCanonical(bytes))
  } catch (error) {
    throw refusal('trail-broken', {}, error)
  }
}
