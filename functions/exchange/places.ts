import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { kindOf, type PartyId, partyId } from '../../schemas/values/parties.ts'
import { returnId, sectionId } from '../../schemas/values/texts.ts'
import { readersOf } from '../domain/access/readers.ts'
import { placesFreed, staysAt } from '../domain/centre/bed-hold.ts'
import { fold } from '../domain/evolve.ts'
import type { State } from '../domain/state.ts'
import { plain, stored } from '../dynamodb/attributes.ts'

/*
 * Rows of a centre: `book`, whose version counts what was taken and every change of its rooms; `place#ret#seq`, the place
 * that the event took, for as long as the return's trail says so; `coming#ret`, who is to come or stays. The counts are
 * in sealed sections: a row only says in which.
 */
const { hash, range } = tables.places

type Item = Record<string, AttributeValue>
interface Statement {
  Statement: string
  Parameters: AttributeValue[]
}

const bookRow = 'book'
const placeRow = (ret: string, seq: number) => `place#${ret}#${String(seq).padStart(8, '0')}`
const comingRow = (ret: string) => `coming#${ret}`

const section = z.strictObject({ ret: returnId, sec: sectionId })
const comingSlots = ['request', 'journey', 'way', 'arrival', 'choice'] as const
const isComingSlot = (slot: string): slot is (typeof comingSlots)[number] =>
  (comingSlots as readonly string[]).includes(slot)

const coming = z.strictObject({
  ret: returnId,
  /** She has come, and sleeps there. */
  present: z.union([z.literal(0), z.literal(1)]),
  /** Which sections of the case say when she comes, with whom, and where she wants to go; the oldest first. */
  told: z.array(
    z.strictObject({
      sec: sectionId,
      slot: z.enum(comingSlots),
      seq: z.int().check(z.minimum(0)),
      by: partyId,
    }),
  ),
})
export type ComingRow = z.infer<typeof coming>

/** What a centre's rows say: the version of the book, the sections of places that are taken, who is to come or stays. */
export interface PlaceRows {
  version: number
  taken: { ret: string; sec: string }[]
  coming: ComingRow[]
}

/** The rows of a centre, read consistently. */
export async function readPlaces(db: DynamoDBClient, table: string, centre: PartyId): Promise<PlaceRows> {
  const rows: PlaceRows = { version: 0, taken: [], coming: [] }
  const wanted = {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#centre = :centre',
    ExpressionAttributeNames: { '#centre': hash },
    ExpressionAttributeValues: { ':centre': { S: centre } },
  }
  for await (const { Items: items = [] } of paginateQuery({ client: db }, wanted)) {
    for (const item of items) {
      const row = item[range]?.S ?? ''
      if (row === bookRow) rows.version = Number(item.book?.M?.version?.N ?? 0)
      else if (row.startsWith('place#')) rows.taken.push(parsed(section, item.place))
      else rows.coming.push(parsed(coming, item.coming))
    }
  }
  return rows
}

function parsed<T>(schema: z.ZodMiniType<T>, value: AttributeValue | undefined): T {
  const read = schema.safeParse(plain(value))
  if (!read.success) throw refusal('internal', { fields: ['places'] })
  return read.data
}

/** Turns the page of a centre's book: fails where somebody took a place, or changed a room, since it was read. */
export function advanceOccupancy(table: string, centre: PartyId, version: number): Statement {
  const book = { M: { version: { N: String(version + 1) } } }
  if (version === 0) {
    return {
      Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'book': ?}`,
      Parameters: [{ S: centre }, { S: bookRow }, book],
    }
  }
  return {
    Statement: `UPDATE "${table}" SET "book"=? WHERE "${hash}"=? AND "${range}"=? AND "book"."version"=?`,
    Parameters: [book, { S: centre }, { S: bookRow }, { N: String(version) }],
  }
}

/** Notes the place that an event takes, by the section that says what it is. */
export function takePlace(
  table: string,
  centre: PartyId,
  { ret, seq, sec }: { ret: string; seq: number; sec: string },
): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'place': ?}`,
    Parameters: [{ S: centre }, { S: placeRow(ret, seq) }, stored({ ret, sec })],
  }
}

/** Takes off the place that an event took; what is gone stays gone. */
export function freePlace(table: string, centre: PartyId, ret: string, seq: number): Statement {
  return {
    Statement: `DELETE FROM "${table}" WHERE "${hash}"=? AND "${range}"=?`,
    Parameters: [{ S: centre }, { S: placeRow(ret, seq) }],
  }
}

/** What a centre's rows of a return become with what it receives: what is written, and the keys of what goes. */
export interface PlaceChanges {
  put: Item | undefined
  gone: Item[]
}

/**
 * What the trail says of a return at a centre, up to what it knows of it; `seen` is how far it had come. Nothing for a
 * party that is no centre. A place that is taken later has a row of its own, which this does not touch.
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
  const key = (row: string): Item => ({ [hash]: { S: party }, [range]: { S: row } })
  const line = comingLine(state, party)
  const freed = placesFreed(events, party, { before, after: state, seen })
  return {
    put: line && { ...key(comingRow(ret)), coming: stored(line) },
    gone: [...freed.map((seq) => key(placeRow(ret, seq))), ...(line ? [] : [key(comingRow(ret))])],
  }
}

/** Who is planned to come, is on the way, has come or stays: for a centre that reads the case. */
function comingLine(state: State, centre: PartyId): ComingRow | undefined {
  if (!readersOf(state, 'case').includes(centre)) return undefined
  const present = staysAt(state)
  const told = state.sections.flatMap(({ sec, cls, slot, seq, by }) =>
    cls === 'case' && isComingSlot(slot) ? [{ sec, slot, seq, by }] : [],
  )
  const journey = told.some(({ slot }) => slot === 'journey')
  const expected = ['planned', 'confirmed', 'travelling', 'arrived'].includes(state.phase)
  // Who came without a plan has no journey.
  if (!present && !(expected && (journey || state.phase === 'arrived'))) return undefined
  return { ret: state.ret, present: present ? 1 : 0, told }
}
