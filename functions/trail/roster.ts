import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type RosterRecord, rosterRecord } from '../../schemas/api/people.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { genesis, rosterHash } from './chain.ts'
import { add, addition, type Register, readNewest, readPage, type Stored } from './register.ts'

/** Where the changes of all parties stand in their order; each stands under its party too, which may read its own. */
const all = 'register'

const rosters: Register<RosterRecord> = {
  keys: tables.roster,
  form: rosterRecord,
  hashOf: rosterHash,
  placeIn: (chain, { n, party, version }) => (chain === all ? n : chain === party ? version : undefined),
}

/** A change as it was read, with its hash. */
export type StoredRoster = Stored<RosterRecord>

/** Who works for a party, by the newest change, or nothing where nobody does yet; read consistently. */
export function readRoster(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
): Promise<StoredRoster | undefined> {
  return readNewest(db, table, rosters, party)
}

/** The last change of all parties, or what comes before the first; read consistently. */
export async function readLastRoster(
  db: DynamoDBClient,
  table: string,
): Promise<{ n: number; hash: string }> {
  return (await readNewest(db, table, rosters, all)) ?? { n: 0, hash: genesis }
}

/**
 * Writes a change as the one after `last`, under its party and in the order of all, together with what is written beside
 * it. False where another change came first, of this party or of any.
 */
export function appendRoster(
  db: DynamoDBClient,
  table: string,
  last: { n: number; hash: string },
  change: Omit<RosterRecord, 'n' | 'prev'>,
  beside: readonly Statement[],
): Promise<boolean> {
  const record = rosterRecord.parse({ ...change, n: last.n + 1, prev: last.hash })
  return add(db, [
    addition(table, rosters.keys, all, record.n, record),
    addition(table, rosters.keys, record.party, record.version, record),
    ...beside,
  ])
}

/** A page of the changes of all parties from the `n`th on, in order; `trail-broken` where their chain is. */
export function readRosters(
  db: DynamoDBClient,
  table: string,
  n: number,
  limit: number,
): Promise<StoredRoster[]> {
  return readPage(db, table, rosters, all, n, limit)
}
