import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { kindOf, type PartyId, partyId } from '../../schemas/values/parties.ts'
import { returnId, sectionId } from '../../schemas/values/texts.ts'
import { readersOf } from '../domain/access/readers.ts'
import { placesFreed, staysAt } from '../domain/centre/bed-hold.ts'
import { fold } from '../domain/evolve.ts'
import type { State } from '../domain/state.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { queryRows } from '../dynamodb/query.ts'
import { deleteStatement, insertStatement, replaceStatement, type Statement } from '../dynamodb/statements.ts'

/*
 * Rows of a centre. `occupancy`: its version counts the beds that were booked and every change of the rooms.
 * `place#ret#seq`: the bed that an event booked, for as long as the return's trail says so. `coming#ret`: who is to come or
 * stays. The counts are in sealed sections: a row only says in which.
 */
const { hash, range } = tables.places

const occupancyRow = 'occupancy'
const placeRow = (ret: string, seq: number) => `place#${ret}#${String(seq).padStart(8, '0')}`
const comingRow = (ret: string) => `coming#${ret}`

const bookedPlace = z.strictObject({ ret: returnId, sec: sectionId })
const comingSlots = ['request', 'journey', 'way', 'arrival', 'choice'] as const
const isComingSlot = (slot: string): slot is (typeof comingSlots)[number] =>
  (comingSlots as readonly string[]).includes(slot)

const coming = z.strictObject({
  ret: returnId,
  /** She has come, and sleeps there. */
  present: z.union([z.literal(0), z.literal(1)]),
  /** Which sections of the case say when she comes, with whom, and where she wants to go; the oldest first. */
  sections: z.array(
    z.strictObject({
      sec: sectionId,
      slot: z.enum(comingSlots),
      seq: z.int().check(z.minimum(0)),
      by: partyId,
    }),
  ),
})
export type ComingRow = z.infer<typeof coming>

/** A centre's rows: the version of its occupancy, the sections of booked beds, who is to come or stays. */
export interface PlaceRows {
  version: number
  booked: { ret: string; sec: string }[]
  coming: ComingRow[]
}

const versioned = z.object({ version: z.number() })

/** The rows of a centre, read consistently. */
export async function readPlaces(db: DynamoDBClient, table: string, centre: PartyId): Promise<PlaceRows> {
  const found: PlaceRows = { version: 0, booked: [], coming: [] }
  for await (const row of queryRows(db, { table, hash: { name: hash, value: centre } })) {
    const id = String(row[range])
    if (id === occupancyRow) found.version = parseRow(versioned, row.occupancy, 'places').version
    else if (id.startsWith('place#')) found.booked.push(parseRow(bookedPlace, row.place, 'places'))
    else found.coming.push(parseRow(coming, row.coming, 'places'))
  }
  return found
}

/** Moves a centre's occupancy on by one: fails where somebody booked a bed, or changed a room, since it was read. */
export function advanceOccupancy(table: string, centre: PartyId, version: number): Statement {
  const key = keyOf(centre, occupancyRow)
  const occupancy = { version: version + 1 }
  return version === 0
    ? insertStatement(table, { ...key, occupancy })
    : replaceStatement(table, key, ['occupancy', occupancy], version)
}

/** Notes the bed that an event books, by the section that says which it is. */
export function bookPlace(
  table: string,
  centre: PartyId,
  { ret, seq, sec }: { ret: string; seq: number; sec: string },
): Statement {
  return insertStatement(table, { ...keyOf(centre, placeRow(ret, seq)), place: { ret, sec } })
}

/** Takes off the bed that an event booked. */
export function freePlace(table: string, centre: PartyId, ret: string, seq: number): Statement {
  return deleteStatement(table, keyOf(centre, placeRow(ret, seq)))
}

function keyOf(centre: PartyId, row: string) {
  return { [hash]: centre, [range]: row }
}

/** How a centre's rows of a return change with what it receives: the row that is written, the keys of those deleted. */
export interface PlaceChanges {
  put: Row | undefined
  deleted: Row[]
}

/**
 * How a centre's rows of a return change when it receives more of the trail: `seen` is how far it had come. Nothing for a
 * party that is no centre. A bed that is booked later has a row of its own, which this leaves alone.
 */
export function placeChanges(
  events: readonly StoredEvent[],
  state: State,
  party: PartyId,
  seen: number,
): PlaceChanges | undefined {
  if (kindOf(party) !== 'centre') return undefined
  const before = fold(events.slice(0, seen + 1))
  const { ret } = state
  const line = comingLine(state, party)
  const freed = placesFreed(events, party, { before, after: state, seen })
  return {
    put: line && { ...keyOf(party, comingRow(ret)), coming: line },
    deleted: [
      ...freed.map((seq) => keyOf(party, placeRow(ret, seq))),
      ...(line ? [] : [keyOf(party, comingRow(ret))]),
    ],
  }
}

/** Who is planned to come, is on the way, has come or stays: for a centre that reads the case. */
function comingLine(state: State, centre: PartyId): ComingRow | undefined {
  if (!readersOf(state, 'case').includes(centre)) return undefined
  const present = staysAt(state)
  const sections = state.sections.flatMap(({ sec, cls, slot, seq, by }) =>
    cls === 'case' && isComingSlot(slot) ? [{ sec, slot, seq, by }] : [],
  )
  const journey = sections.some(({ slot }) => slot === 'journey')
  const expected = ['planned', 'confirmed', 'travelling', 'arrived'].includes(state.phase)
  // A person who arrived without a plan has no journey.
  if (!present && !(expected && (journey || state.phase === 'arrived'))) return undefined
  return { ret: state.ret, present: present ? 1 : 0, sections }
}
