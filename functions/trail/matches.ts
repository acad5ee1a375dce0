import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type MatchRecord, matchRecord } from '../../schemas/api/matches.ts'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { queryRows } from '../dynamodb/query.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { genesis, matchHash } from './chain.ts'
import { addition, type Register, readNewest, type Stored, storedIn } from './register.ts'

const matches: Register<MatchRecord> = {
  keys: tables.matches,
  form: matchRecord,
  hashOf: matchHash,
  placeIn: (chain, { match, n }) => (chain === match ? n : undefined),
}

/** A record as it was read, with its hash. */
export type StoredMatch = Stored<MatchRecord>

/** The record that comes after `last`. Throws where it is not of its closed form. */
export function nextRecord(
  last: StoredMatch | undefined,
  made: Omit<MatchRecord, 'n' | 'prev'>,
): MatchRecord {
  return matchRecord.parse({ ...made, n: last ? last.n + 1 : 0, prev: last?.hash ?? genesis })
}

/** The statement that appends a record; it fails where somebody was first. */
export function appendMatch(table: string, record: MatchRecord): Statement {
  return addition(table, matches.keys, record.match, record.n, record)
}

/** The newest record of a match, read consistently; nothing where it was never raised. */
export function readMatch(
  db: DynamoDBClient,
  table: string,
  match: string,
): Promise<StoredMatch | undefined> {
  return readNewest(db, table, matches, match)
}

/** All records of a match in order, from the first, which is 0; `trail-broken` where their chain is. */
export async function readMatchHistory(
  db: DynamoDBClient,
  table: string,
  match: string,
): Promise<StoredMatch[]> {
  const records: StoredMatch[] = []
  let prev = genesis
  for await (const row of queryRows(db, { table, hash: { name: matches.keys.hash, value: match } })) {
    const record = storedIn(matches, row)
    if (record.n !== records.length || record.prev !== prev) throw refusal('trail-broken')
    records.push(record)
    prev = record.hash
  }
  return records
}
