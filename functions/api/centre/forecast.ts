import type * as z from 'zod/mini'
import { type forecast, forecastDays } from '../../../schemas/api/forecast.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { choiceOf } from '../../domain/access/legal-basis.ts'
import { type Facts, latest } from '../../domain/access/opened-sections.ts'
import { dayOf } from '../../domain/calendar/days.ts'
import { type Expected, expectedOn, forecastOf } from '../../domain/centre/occupancy.ts'
import type { ComingRow } from '../../exchange/places.ts'
import { readLine } from '../../exchange/worklist.ts'
import { appendAccess, readLastAccess } from '../../trail/access.ts'
import { referenceOf } from '../../trail/ids.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'
import { type Label, openLabels } from '../worklist/worklist.ts'
import { type OccupancyRead, openCases, readOccupancy } from './book-bed.ts'

/** What somebody chose who needs no place. */
const elsewhere: readonly string[] = ['home', 'elsewhere']
/** Labels that are opened with one read. */
const labelsAtOnce = 25

/**
 * `GET /v1/centre/forecast?days=`: what is free from today on, two weeks unless it is said, who has a place, and for whom
 * of those to come no room has one. Whose case is told of is seen as looked at by everyone on the return, once a day.
 */
export async function getForecast(session: Session, days: string | undefined): Promise<HttpAnswer> {
  const asked = forecastDays.safeParse(days ?? '14')
  if (!asked.success) throw refusal('bad-input', { fields: ['days'] })
  const book = await readOccupancy(session)
  const staying = new Set(book.taken.flatMap(({ ret, present }) => (present ? [ret] : [])))
  // Of who sleeps in a room nothing more is told than the place.
  const coming = book.coming.filter(({ ret }) => !staying.has(ret))
  const looks = Map.groupBy(
    [
      ...book.taken.map(({ ret, sec }) => ({ ret, sec })),
      ...coming.flatMap(({ ret, told }) => told.map(({ sec }) => ({ ret, sec }))),
    ],
    ({ ret }) => ret,
  )
  const [opened, labels] = await Promise.all([
    openCases(
      session,
      coming.flatMap(({ ret, told }) => told.map(({ sec }) => ({ ret, sec }))),
    ),
    labelsOf(session, [...looks.keys()]),
    ...[...looks].map(([ret, secs]) =>
      recordOnce(
        session,
        ret,
        secs.map(({ sec }) => sec),
      ),
    ),
  ])
  const facts = new Map(coming.map((row) => [row.ret, factsOf(row, opened)]))
  const placed = new Set(book.taken.map(({ ret }) => ret))
  const waiting = coming.filter(({ ret }) => !placed.has(ret))
  const { fitting, unfitting, ...free } = forecastOf(
    book,
    waiting.flatMap((row) => comingOf(row, facts.get(row.ret), book)),
    Number(asked.data),
  )
  const shown = <T extends { ret: string }>(one: T) => {
    const label = labels.get(one.ret)
    return { ...one, reference: referenceOf(one.ret), ...(label ? { label } : {}) }
  }
  const answer: z.infer<typeof forecast> = {
    ...free,
    stayDays: book.config.stayDays,
    placed: book.taken.map(({ sec: _, ...one }) => {
      const told = facts.get(one.ret)
      const arrivesOn = told && expectedOn(told)
      return shown({ ...one, ...(arrivesOn ? { arrivesOn } : {}) })
    }),
    fitting: fitting.map(shown),
    unfitting: unfitting.map(shown),
  }
  return json(200, answer)
}

/** The masks by which lists show returns, as far as the caller reads them. */
async function labelsOf(session: Session, rets: readonly string[]): Promise<Map<string, Label>> {
  const lines = await Promise.all(
    rets.map((ret) => readLine(session.db, table('worklists'), session.by.party, ret)),
  )
  const there = lines.filter((line) => line !== undefined)
  const some = Array.from({ length: Math.ceil(there.length / labelsAtOnce) }, (_, at) =>
    there.slice(at * labelsAtOnce, (at + 1) * labelsAtOnce),
  )
  const labels = await Promise.all(some.map((one) => openLabels(session, one)))
  return new Map(labels.flatMap((label) => [...label]))
}

/** What was told of when she comes, with whom, and where she wants to go, as far as it could be opened. */
function factsOf({ told }: ComingRow, opened: ReadonlyMap<string, unknown>): Facts {
  return {
    opened: told.flatMap(({ sec, ...one }) =>
      opened.has(sec) ? [{ section: { sec, cls: 'case', ...one }, content: opened.get(sec) }] : [],
    ),
    unseen: [],
  }
}

/** Who comes when, with how many: who is there without a place needs one from today on. */
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

/** A board that is looked at all day is one look a day at each case, by each officer. */
async function recordOnce({ db, by }: Session, ret: string, secs: readonly string[]): Promise<void> {
  const at = new Date().toISOString()
  const last = await readLastAccess(db, table('access'), ret)
  const same =
    last?.by.user === by.user &&
    last.reason === 'prepare-arrival' &&
    dayOf(last.at) === dayOf(at) &&
    secs.every((sec) => last.sections.includes(sec))
  if (same) return
  await appendAccess(db, table('access'), {
    subject: ret,
    at,
    by,
    kind: 'open',
    classes: ['case'],
    reason: 'prepare-arrival',
    sections: [...secs],
  })
}
