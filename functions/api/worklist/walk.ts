import * as z from 'zod/mini'
import { returnId } from '../../../schemas/values/texts.ts'
import { chisinau, dayIn } from '../../domain/calendar/days.ts'
import {
  allStretches,
  type Position,
  readWork,
  type Stretch,
  stretchesOf,
  type WorkRow,
} from '../../exchange/work.ts'
import { cursorOf, placeIn } from '../http/cursor.ts'
import { type Session, tableName } from '../http/session.ts'
import type { Filter } from './filter.ts'
import { listing } from './rows.ts'

/** Rows that are read at most for one page of a filtered list; the page then ends early, and the next goes on. */
const mostRead = 2000
/** Rows of one query of a filtered list. */
const readAtOnce = 250

const place = z.strictObject({
  step: z.int().check(z.minimum(0), z.maximum(20)),
  at: z.string().check(z.maxLength(40)),
  ret: returnId,
})
type Place = z.infer<typeof place>

interface Walked {
  rows: WorkRow[]
  next: string | undefined
  /** How many rows were looked at. */
  looked: number
}

/** Today in Chișinău, by which lists are separated. */
export const today = () => dayIn(Date.now(), chisinau)

/**
 * A page of all returns of the party, list after list; with a filter, of those that it lets through.
 */
export async function walkReturns(
  session: Session,
  filter: Filter | undefined,
  from: string | undefined,
  size: number,
): Promise<Walked> {
  const start = placeIn(place, from)
  const found: StepRow[] = []
  let looked = 0
  for await (const row of rowsBehind(session, filter, start, filter ? readAtOnce : size + 1)) {
    looked += 1
    if (filter?.passes(row) ?? true) found.push(row)
    // One more than is shown tells that there is another page.
    if (found.length > size) return { rows: found.slice(0, size), next: placeOf(found[size - 1]), looked }
    if (looked === mostRead) return { rows: found, next: placeOf(row), looked }
  }
  return { rows: found, next: undefined, looked }
}

type StepRow = WorkRow & { step: number }

/**
 * The rows behind a place, in the order of the lists. The first rows of every list are read at once, so that a page takes
 * one round however many lists are empty.
 */
async function* rowsBehind(
  session: Session,
  filter: Filter | undefined,
  start: Place | undefined,
  limit: number,
): AsyncGenerator<StepRow> {
  const steps = stepsOf(filter?.only)
  const read = (step: number, behind: Position | undefined) =>
    readWork(session.db, tableName('work'), listing(session), steps[step] ?? [], { limit, behind })
  const first = await Promise.all(
    steps.map((_, step) => (step < (start?.step ?? 0) ? undefined : read(step, behindIn(start, step)))),
  )
  for (const [step, begun] of first.entries()) {
    let page = begun
    while (page) {
      for (const row of page.rows) yield { ...row, step }
      const last = page.rows.at(-1)
      page = page.more && last ? await read(step, last) : undefined
    }
  }
}

function stepsOf(only: Filter['only']): Stretch[][] {
  if (only === undefined) return allStretches(today())
  return [only === 'late' ? stretchesOf('late', today()) : [only]]
}

const behindIn = (start: Place | undefined, step: number) => (start?.step === step ? start : undefined)

const placeOf = (row: Place | undefined) =>
  row && cursorOf({ step: row.step, at: row.at, ret: row.ret } satisfies Place)
