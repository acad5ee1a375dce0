import { refusal } from '../../../schemas/api/problems.ts'
import { centreConfig } from '../../../schemas/api/rooms.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { type SlotContent, sections } from '../../../schemas/sections/sections.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { type Facts, latest } from '../../domain/access/opened-sections.ts'
import { chisinau, dayIn } from '../../domain/calendar/days.ts'
import {
  asLived,
  type BedBooking,
  fits,
  type Guest,
  misfits,
  nearestChoices,
  type Occupancy,
} from '../../domain/centre/occupancy.ts'
import type { CommandOf } from '../../domain/command.ts'
import type { Folded } from '../../domain/state.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { advanceOccupancy, bookPlace, type ComingRow, freePlace, readPlaces } from '../../exchange/places.ts'
import { readRooms } from '../../trail/rooms.ts'
import { open } from '../../vault/section.ts'
import { readBatch, sectionRowId } from '../../vault/stored.ts'
import { unwrap, wrapId } from '../../vault/wraps.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { keyArn, type Session, tableName } from '../http/session.ts'

/** Sections in one BatchGet, each with its wrap. */
const batchSize = 50

/** A centre's occupancy as it was read: a bed is booked on the condition of its version. */
export interface OccupancyRead extends Occupancy {
  version: number
  /** Each with the section that describes it. */
  taken: (BedBooking & { sec: string })[]
  coming: ComingRow[]
}

/**
 * The caller's own rooms and the beds that are booked in them: two Queries, then a BatchGet, and a Decrypt for each booked
 * bed. Throws section-unreadable: a booking that cannot be read could be made twice.
 */
export async function readOccupancy(session: Session): Promise<OccupancyRead> {
  const { party: centre } = session.by
  const [centreRooms, { version, booked, coming }] = await Promise.all([
    readRooms(session.db, tableName('rooms'), centre),
    readPlaces(session.db, tableName('places'), centre),
  ])
  const opened = await openCases(session, booked)
  const staying = new Set(coming.filter(({ present }) => present === 1).map(({ ret }) => ret))
  const config = centreConfig.parse(JSON.parse(setting(variable.centreConfig)))[centre]
  if (!config) throw refusal('internal')
  const today = dayIn(Date.now(), chisinau)
  return {
    version,
    coming,
    today,
    rooms: centreRooms?.rooms ?? [],
    taken: booked.flatMap(({ ret, sec }) => {
      const content = opened.get(sec)
      return content === undefined
        ? []
        : [asLived({ ...placeIn(content), ret, sec, present: staying.has(ret) }, today)]
    }),
    config,
    others: deploymentConfig().centres.filter((other) => other !== centre),
  }
}

/**
 * Sections of class `case` of several returns, by id, opened with the caller's own wraps. One whose wrap is gone is left
 * out: the caller no longer reads that return. Throws section-unreadable.
 */
export async function openCases(
  { db, kms, by }: Session,
  cases: readonly { ret: string; sec: string }[],
): Promise<Map<string, unknown>> {
  const places = cases.map(({ ret, sec }) => ({ ret, sec, cls: 'case' as const, party: by.party }))
  const opened = await Promise.all(
    batchesOf(places, batchSize).map(async (batch) => {
      const found = await readBatch(db, {
        wraps: {
          table: tableName('keys'),
          keys: batch.map((place) => ({ ret: place.ret, wrap: wrapId(place) })),
        },
        sections: {
          table: tableName('sealed'),
          keys: batch.map((place) => ({ ret: place.ret, section: sectionRowId(place) })),
        },
      })
      return Promise.all(
        batch.map(async (place): Promise<[string, unknown][]> => {
          const wrap = found.wraps.find(({ ret, wrap: id }) => ret === place.ret && id === wrapId(place))
          const row = found.sections.find(
            ({ ret, section }) => ret === place.ret && section === sectionRowId(place),
          )
          if (!wrap || !row) return []
          const key = await unwrap(kms, keyArn(by.party), wrap, place)
          return [[place.sec, await open(row.jwe, key, place)]]
        }),
      )
    }),
  )
  return new Map(opened.flat(2))
}

/** A list cut into batches of a size. */
export function batchesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}

/**
 * Checks that the bed that a command books is free; the return's own bed is given back with it. A centre that has entered
 * no rooms yet books without a check. Throws bad-input where a room has to be named, no-place with what is near, and
 * check-failed where the room does not suit the person.
 */
export function requireFreeBed(
  occupancy: OccupancyRead,
  command: CommandOf<'hold-place'>,
  ret: string,
  facts: Facts,
): void {
  if (occupancy.rooms.length === 0) return
  const place = command.body.case
  if (place === undefined) throw refusal('bad-input', { fields: ['case'] })
  if (!occupancy.rooms.some(({ room }) => room === place.room))
    throw refusal('bad-input', { fields: ['case.room'] })
  const others = { ...occupancy, taken: occupancy.taken.filter((booking) => booking.ret !== ret) }
  const sex: SlotContent<'case', 'request'>['sex'] = latest(facts, 'case', 'request')?.sex ?? 'not-known'
  if (!fits(others, place)) throw refusal('no-place', { choices: nearestChoices(others, place, sex) })
  requireSuitableRoom(occupancy, place, { sex, stepFree: latest(facts, 'care', 'needs')?.stepFree === true })
}

/** Throws check-failed where the room does not suit the person and no override answers for it. */
function requireSuitableRoom(
  { rooms }: OccupancyRead,
  { room: chosen, overrides = [] }: NonNullable<CommandOf<'hold-place'>['body']['case']>,
  guest: Guest,
): void {
  const room = rooms.find(({ room }) => room === chosen)
  const found = room ? misfits(room, guest) : []
  const isAnswered = overrides.some(({ field }) => field === 'case.room')
  if (found.length > 0 && !isAnswered) throw refusal('check-failed', { fields: ['case.room'], checks: found })
}

/** The place in a section, without the reasons for what looked wrong when it was chosen. */
function placeIn(content: unknown): Omit<SlotContent<'case', 'place'>, 'overrides'> {
  const { overrides: _, ...place } = sections.case.place.parse(content)
  return place
}

/**
 * What a centre's own event changes of its rows: the bed that it gave up is free, and the bed that it books is noted, on the
 * condition that nobody booked one since the occupancy was read. The inbox notes what the events of others change.
 */
export function bookingStatements(
  centre: PartyId,
  { ret, seq, sections }: StoredEvent,
  { before, after }: { before: Folded | undefined; after: Folded },
  version: number | undefined,
): { races: Statement[]; rows: Statement[] } {
  if (kindOf(centre) !== 'centre') return { races: [], rows: [] }
  const given = before?.placeHeld
  const booked = after.placeHeld
  const freed = given?.by === centre && given.seq !== booked?.seq ? [given.seq] : []
  const sec = sections.find(({ cls }) => cls === 'case')?.sec
  const books = version !== undefined && booked?.seq === seq && sec !== undefined
  return {
    races: books ? [advanceOccupancy(tableName('places'), centre, version)] : [],
    rows: [
      ...freed.map((held) => freePlace(tableName('places'), centre, ret, held)),
      ...(books ? [bookPlace(tableName('places'), centre, { ret, seq, sec })] : []),
    ],
  }
}
