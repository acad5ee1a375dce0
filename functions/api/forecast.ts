import { refusal } from '../../schemas/problems.ts'
import { type Forecast, forecastDays } from '../../schemas/rooms.ts'
import { dayOf } from '../domain/days.ts'
import { choiceOf } from '../domain/grounds.ts'
import { type Facts, latest } from '../domain/opened.ts'
import { type Coming, expectedOn, forecastOf } from '../domain/places.ts'
import type { ComingRow } from '../exchange/places.ts'
import { appendAccess, readLastAccess } from '../trail/access.ts'
import { type HttpAnswer, json } from './http.ts'
import { type BookRead, openCases, readBook } from './placing.ts'
import { type Session, table } from './session.ts'

/** What somebody chose who needs no place. */
const elsewhere: readonly string[] = ['home', 'elsewhere']

/**
 * `GET /v1/centre/forecast?days=`: what is free from today on, two weeks unless it is said, and for whom of those to come
 * no room has a place. It opens their cases: everyone on such a return sees it, once a day.
 */
export async function tellForecast(session: Session, days: string | undefined): Promise<HttpAnswer> {
  const asked = forecastDays.safeParse(days ?? '14')
  if (!asked.success) throw refusal('bad-input', { fields: ['days'] })
  const book = await readBook(session)
  const placed = new Set(book.taken.map(({ ret }) => ret))
  const lines = book.coming.filter(({ ret }) => !placed.has(ret))
  const wanted = lines.flatMap(({ ret, told }) => told.map(({ sec }) => ({ ret, sec })))
  const [opened] = await Promise.all([
    openCases(session, wanted),
    ...lines.map((line) => recordOnce(session, line)),
  ])
  const coming = lines.flatMap((line) => comingOf(line, opened, book))
  const answer: Forecast = forecastOf(book, coming, Number(asked.data))
  return json(200, answer)
}

/** Who comes when, with how many: who stays without a place needs one from today on. */
function comingOf(
  { ret, stays, told }: ComingRow,
  opened: ReadonlyMap<string, unknown>,
  { today }: BookRead,
): Coming[] {
  const facts: Facts = {
    opened: told.flatMap(({ sec, ...one }) =>
      opened.has(sec) ? [{ standing: { sec, cls: 'case', ...one }, content: opened.get(sec) }] : [],
    ),
    unseen: [],
  }
  const request = latest(facts, 'case', 'request')
  if (!request || (stays === 0 && elsewhere.includes(choiceOf(facts) ?? 'not-asked'))) return []
  const arrivesOn = stays === 1 ? today : (expectedOn(facts) ?? today)
  return [{ ret, arrivesOn, beds: 1 + request.childrenAlong, sex: request.sex }]
}

/** A board that is looked at all day is one look a day at each case, by each officer. */
async function recordOnce({ db, by }: Session, { ret, told }: ComingRow): Promise<void> {
  const at = new Date().toISOString()
  const last = await readLastAccess(db, table('access'), ret)
  const secs = told.map(({ sec }) => sec)
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
    sections: secs,
  })
}
