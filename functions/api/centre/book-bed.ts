import { refusal } from '../../../schemas/api/problems.ts'
import { centreConfig } from '../../../schemas/api/rooms.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { SectionEntry, StoredEvent } from '../../../schemas/events/events.ts'
import { type Content, sections } from '../../../schemas/sections/sections.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { type Facts, latest } from '../../domain/access/opened-sections.ts'
import { chisinau, dayIn } from '../../domain/calendar/days.ts'
import { type BedBooking, fits, nearestChoices, type Occupancy } from '../../domain/centre/occupancy.ts'
import type { CommandOf } from '../../domain/command.ts'
import { fold } from '../../domain/evolve.ts'
import type { Folded } from '../../domain/state.ts'
import type { Statement } from '../../dynamodb/execute.ts'
import { advanceOccupancy, type ComingRow, freePlace, readPlaces, takePlace } from '../../exchange/places.ts'
import { readHouse } from '../../trail/rooms.ts'
import { open } from '../../vault/section.ts'
import { readBatch, sectionRowId } from '../../vault/stored.ts'
import { unwrap, wrapId } from '../../vault/wraps.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { keyArn, type Session, table } from '../http/session.ts'

/** Sections in one BatchGet, each with its wrap. */
const batch = 50

/** A centre's book as it was read: its version is the condition of taking a place. */
export interface OccupancyRead extends Occupancy {
  version: number
  /** Each with the section that says of it. */
  taken: (BedBooking & { sec: string })[]
  coming: ComingRow[]
}

/**
 * The caller's own rooms and what is taken of them: two Queries, then a BatchGet and a Decrypt for each place that is
 * taken. Throws section-unreadable: a place that cannot be read could be given away twice.
 */
export async function readOccupancy(session: Session): Promise<OccupancyRead> {
  const { party: centre } = session.by
  const [house, { version, taken, coming }] = await Promise.all([
    readHouse(session.db, table('rooms'), centre),
    readPlaces(session.db, table('places'), centre),
  ])
  const opened = await openCases(session, taken)
  const staying = new Set(coming.filter(({ present }) => present === 1).map(({ ret }) => ret))
  const own = centreConfig.parse(JSON.parse(setting(variable.centreConfig)))[centre]
  if (!own) throw refusal('internal')
  return {
    version,
    coming,
    today: dayIn(Date.now(), chisinau),
    rooms: house?.rooms ?? [],
    taken: taken.flatMap(({ ret, sec }) => {
      const content = opened.get(sec)
      return content === undefined
        ? []
        : [{ ...sections.case.place.parse(content), ret, sec, present: staying.has(ret) }]
    }),
    config: own,
    others: deploymentConfig().centres.filter((one) => one !== centre),
  }
}

/**
 * Sections of class `case` of several returns, by id, opened with the caller's own wraps; one whose wrap is gone is left
 * out: its return is no longer the caller's. Throws section-unreadable.
 */
export async function openCases(
  { db, kms, by }: Session,
  wanted: readonly { ret: string; sec: string }[],
): Promise<Map<string, unknown>> {
  const places = wanted.map(({ ret, sec }) => ({ ret, sec, cls: 'case' as const, party: by.party }))
  const batches = Array.from({ length: Math.ceil(places.length / batch) }, (_, index) =>
    places.slice(index * batch, (index + 1) * batch),
  )
  const opened = await Promise.all(
    batches.map(async (some) => {
      const found = await readBatch(db, {
        wraps: { table: table('keys'), keys: some.map((one) => ({ ret: one.ret, wrap: wrapId(one) })) },
        sections: {
          table: table('sealed'),
          keys: some.map((one) => ({ ret: one.ret, section: sectionRowId(one) })),
        },
      })
      return Promise.all(
        some.map(async (one): Promise<[string, unknown][]> => {
          const wrap = found.wraps.find(({ ret, wrap }) => ret === one.ret && wrap === wrapId(one))
          const row = found.sections.find(
            ({ ret, section }) => ret === one.ret && section === sectionRowId(one),
          )
          if (!wrap || !row) return []
          return [[one.sec, await open(row.jwe, await unwrap(kms, keyArn(by.party), wrap, one), one)]]
        }),
      )
    }),
  )
  return new Map(opened.flat(2))
}

/**
 * Whether the place that a command wants is free; the return's own is given back with it. A centre that keeps no rooms
 * yet holds places by its word. Throws bad-input where a room has to be named, and no-place with what is near.
 */
export function placeFits(
  book: OccupancyRead,
  command: CommandOf<'hold-place'>,
  ret: string,
  facts: Facts,
): void {
  if (book.rooms.length === 0) return
  const want = command.body.case
  if (want === undefined) throw refusal('bad-input', { fields: ['case'] })
  if (!book.rooms.some(({ room }) => room === want.room))
    throw refusal('bad-input', { fields: ['case.room'] })
  const others = { ...book, taken: book.taken.filter((one) => one.ret !== ret) }
  if (fits(others, want)) return
  const sex: Content<'case', 'request'>['sex'] = latest(facts, 'case', 'request')?.sex ?? 'not-known'
  throw refusal('no-place', { choices: nearestChoices(others, want, sex) })
}

/**
 * What a centre's own event does to its rows: the place that it gave up is free, and the one that it took is noted, on
 * the condition that nobody took one since the book was read. What others' events do the inbox notes.
 */
export function placeStatements(
  centre: PartyId,
  event: {
    ret: string
    seq: number
    sections: readonly { entry: SectionEntry }[]
    events: readonly StoredEvent[]
    state: Folded | undefined
    book?: number | undefined
  },
): { races: Statement[]; rows: Statement[] } {
  if (kindOf(centre) !== 'centre') return { races: [], rows: [] }
  const { ret, seq, sections: written, state, book } = event
  const before = fold(event.events)?.placeHeld
  const after = state?.placeHeld
  const freed = before?.by === centre && before.seq !== after?.seq ? [before.seq] : []
  const sec = written.find(({ entry }) => entry.cls === 'case')?.entry.sec
  const taken = book !== undefined && after?.seq === seq && sec ? [sec] : []
  return {
    races: taken.map(() => advanceOccupancy(table('places'), centre, book ?? 0)),
    rows: [
      ...freed.map((one) => freePlace(table('places'), centre, ret, one)),
      ...taken.map((one) => takePlace(table('places'), centre, { ret, seq, sec: one })),
    ],
  }
}
