import type * as z from 'zod/mini'
import { type forecast, forecastDays } from '../../../schemas/api/forecast.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Label } from '../../domain/access/label.ts'
import { choiceOf } from '../../domain/access/legal-basis.ts'
import { type Facts, latest } from '../../domain/access/opened-sections.ts'
import { dayOf } from '../../domain/calendar/days.ts'
import { type Expected, expectedOn, forecastOf } from '../../domain/centre/occupancy.ts'
import type { ComingRow } from '../../exchange/places.ts'
import { readLine } from '../../exchange/worklist.ts'
import { appendAccess, readLastAccess } from '../../trail/access.ts'
import { referenceOf } from '../../trail/ids.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { openLabels } from '../worklist/open-labels.ts'
import { batchesOf, type OccupancyRead, openCases, readOccupancy } from './bed-booking.ts'

/** The choices of a person who needs no bed. */
const elsewhere: readonly string[] = ['home', 'elsewhere']
/** Labels that are opened with one read. */
const labelsAtOnce = 25

/**
 * `GET /v1/centre/forecast?days=`: which beds are free from today on, for two weeks unless `days` says otherwise, who has a
 * bed, and for whom of those to come no room has one. Everyone on a return sees, once a day, that its case was opened here.
 */
export async function getForecast({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const days = forecastDays.safeParse(queryOf(event).days ?? '14')
  if (!days.success) throw refusal('bad-input', { fields: ['days'] })
  const occupancy = await readOccupancy(session)
  const staying = new Set(occupancy.taken.flatMap(({ ret, present }) => (present ? [ret] : [])))
  // Of a person who sleeps in a room the answer shows the bed and nothing more.
  const coming = occupancy.coming.filter(({ ret }) => !staying.has(ret))
  const cases = coming.flatMap(({ ret, sections }) => sections.map(({ sec }) => ({ ret, sec })))
  // One instant for all: an audit shows one look at the board as one line.
  const at = new Date().toISOString()
  const opening = Map.groupBy(
    [...occupancy.taken.map(({ ret, sec }) => ({ ret, sec })), ...cases],
    ({ ret }) => ret,
  )
  const [opened, labels] = await Promise.all([
    openCases(session, cases),
    labelsOf(session, [...opening.keys()]),
    ...[...opening].map(([ret, sections]) =>
      recordOnce(session, at, { ret, secs: sections.map(({ sec }) => sec) }),
    ),
  ])
  const facts = new Map(coming.map((row) => [row.ret, factsOf(row, opened)]))
  const placed = new Set(occupancy.taken.map(({ ret }) => ret))
  const waiting = coming.filter(({ ret }) => !placed.has(ret))
  const { fitting, unfitting, ...free } = forecastOf(
    occupancy,
    waiting.flatMap((row) => comingOf(row, facts.get(row.ret), occupancy)),
    Number(days.data),
  )
  const labelled = <T extends { ret: string }>(line: T) => {
    const label = labels.get(line.ret)
    return { ...line, reference: referenceOf(line.ret), ...(label ? { label } : {}) }
  }
  const answer: z.infer<typeof forecast> = {
    ...free,
    stayDays: occupancy.config.stayDays,
    placed: occupancy.taken.map(({ sec: _, ...booking }) => {
      const known = facts.get(booking.ret)
      const arrivesOn = known && expectedOn(known)
      return labelled({ ...booking, ...(arrivesOn ? { arrivesOn } : {}) })
    }),
    fitting: fitting.map(labelled),
    unfitting: unfitting.map(labelled),
  }
  return json(200, answer)
}

/** The labels by which lists show returns, as far as the caller reads them. */
async function labelsOf(session: Session, rets: readonly string[]): Promise<Map<string, Label>> {
  const lines = await Promise.all(
    rets.map((ret) => readLine(session.db, tableName('worklists'), session.by.party, ret)),
  )
  const listed = lines.filter((line) => line !== undefined)
  const labels = await Promise.all(batchesOf(listed, labelsAtOnce).map((batch) => openLabels(session, batch)))
  return new Map(labels.flatMap((label) => [...label]))
}

/** What is known of when she comes, with whom, and where she wants to go, as far as it could be opened. */
function factsOf({ sections }: ComingRow, opened: ReadonlyMap<string, unknown>): Facts {
  return {
    opened: sections.flatMap(({ sec, ...section }) =>
      opened.has(sec) ? [{ section: { sec, cls: 'case', ...section }, content: opened.get(sec) }] : [],
    ),
    unseen: [],
  }
}

/** Who comes when, with how many: a person who is there without a bed needs one from today on. */
function comingOf(
  { ret, present }: ComingRow,
  facts: Facts | undefined,
  { today }: OccupancyRead,
): Expected[] {
  const request = facts && latest(facts, 'case', 'request')
  if (!request || (present === 0 && elsewhere.includes(choiceOf(facts) ?? 'not-asked'))) return []
  const arrivesOn = present === 1 ? today : (expectedOn(facts) ?? today)
  return [{ ret, arrivesOn, beds: 1 + request.childrenAlong, sex: request.sex }]
}

/** A board that is open all day is one access a day to each case, by each officer. */
async function recordOnce(
  { db, by }: Session,
  at: string,
  { ret, secs }: { ret: string; secs: readonly string[] },
): Promise<void> {
  const last = await readLastAccess(db, tableName('access'), ret)
  const same =
    last?.by.user === by.user &&
    last.reason === 'prepare-arrival' &&
    dayOf(last.at) === dayOf(at) &&
    secs.every((sec) => last.sections.includes(sec))
  if (same) return
  await appendAccess(db, tableName('access'), {
    subject: ret,
    at,
    by,
    kind: 'open',
    classes: ['case'],
    reason: 'prepare-arrival',
    sections: [...secs],
  })
}
