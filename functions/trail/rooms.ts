import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type RoomsRecord, roomsRecord } from '../../schemas/api/rooms.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { genesis, roomsHash } from './chain.ts'
import { add, addition, type Register, readNewest, readPage, type Stored } from './register.ts'

const roomsRegister: Register<RoomsRecord> = {
  keys: tables.rooms,
  form: roomsRecord,
  hashOf: roomsHash,
  placeIn: (chain, { centre, version }) => (chain === centre ? version : undefined),
}

/** A change as it was read, with its hash. */
export type StoredRooms = Stored<RoomsRecord>

/** The rooms of a centre as they are, or nothing where it has entered none yet; read consistently. */
export function readRooms(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
): Promise<StoredRooms | undefined> {
  return readNewest(db, table, roomsRegister, centre)
}

/**
 * Writes a change as the one after `last`, together with other statements that must hold. False where somebody else was
 * first, at the rooms or at one of those.
 */
export function appendRooms(
  db: DynamoDBClient,
  table: string,
  last: StoredRooms | undefined,
  change: Omit<RoomsRecord, 'prev' | 'version'>,
  beside: readonly Statement[],
): Promise<boolean> {
  const record = roomsRecord.parse({
    ...change,
    version: (last?.version ?? 0) + 1,
    prev: last?.hash ?? genesis,
  })
  return add(db, [addition(table, roomsRegister.keys, record.centre, record.version, record), ...beside])
}

/** A page of a centre's changes from a version on, in order; `trail-broken` where their chain is. */
export function readRoomChanges(
  db: DynamoDBClient,
  table: string,
  centre: PartyId,
  from: number,
  limit: number,
): Promise<StoredRooms[]> {
  return readPage(db, table, roomsRegister, centre, from, limit)
}
