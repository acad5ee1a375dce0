import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type HouseRecord, houseRecord } from '../../schemas/api/rooms.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import type { Statement } from '../dynamodb/execute.ts'
import { genesis, roomsHash } from './chain.ts'
import { add, addition, type Register, readNewest, readPage, type Stored } from './register.ts'

const houses: Register<HouseRecord> = {
  keys: tables.rooms,
  form: houseRecord,
  hashOf: roomsHash,
  placeIn: (chain, { centre, version }) => (chain === centre ? version : undefined),
}

/** A change as it was read, with its hash. */
export type StoredHouse = Stored<HouseRecord>

/** The rooms of a centre as they are, or nothing where it keeps none yet; read consistently. */
export function readHouse(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
): Promise<StoredHouse | undefined> {
  return readNewest(db, table, houses, centre)
}

/**
 * Writes a change as the one after `last`, together with what has to hold beside it. False where somebody was first, at
 * the rooms or beside them.
 */
export function appendHouse(
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
  return add(db, [addition(table, houses.keys, record.centre, record.version, record), ...beside])
}

/** A page of a centre's changes from a version on, in order; `trail-broken` where their chain is. */
export function readHouses(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
  from: number,
  limit: number,
): Promise<StoredHouse[]> {
  return readPage(db, table, houses, centre, from, limit)
}
