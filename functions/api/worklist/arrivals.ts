import { arrivalDays, mostJourneys } from '../../../schemas/api/work.ts'
import { daysAfter } from '../../domain/calendar/days.ts'
import { noDay } from '../../domain/reports/list-place.ts'
import { bounded, journeyRows, type Position, readWork } from '../../exchange/work.ts'
import { type Session, tableName } from '../http/session.ts'
import { openLabels } from './open-labels.ts'
import { listing, readOwnLines } from './rows.ts'
import { today } from './walk.ts'

/**
 * The journeys whose arrival is expected within a week, the nearest first. The planned day is sealed, so the labels of the
 * journeys are opened, `mostJourneys` of them at most; where there are more, `bounded` says so.
 */
export async function readArrivals(
  session: Session,
  { limit, behind }: { limit: number; behind?: Position | undefined },
): Promise<{ rows: Position[]; more: boolean; count: number; bounded: boolean }> {
  const journeys = await readWork(session.db, tableName('work'), listing(session), [journeyRows], {
    limit: mostJourneys,
  })
  const lines = await readOwnLines(
    session,
    journeys.rows.map(({ ret }) => ret),
  )
  const labels = await openLabels(session, lines)
  const last = daysAfter(today(), arrivalDays)
  const expected = lines
    .map(({ ret, arriving }): Position => ({ at: labels.get(ret)?.arrives ?? arriving ?? noDay, ret }))
    .filter(({ at }) => at <= last)
    .sort(byPosition)
  const rest = behind ? expected.filter((row) => byPosition(behind, row) < 0) : expected
  return {
    rows: rest.slice(0, limit),
    more: rest.length > limit,
    count: bounded(expected.length).count,
    bounded: journeys.more,
  }
}

const byPosition = (a: Position, b: Position) => a.at.localeCompare(b.at) || a.ret.localeCompare(b.ret)
