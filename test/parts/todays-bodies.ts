import { dayIn } from '../../schemas/values/clocks.ts'
import * as fixed from './bodies.ts'

/**
 * The bodies of `bodies.ts`, as of the day on which a test runs: the API asks whether a day can be, by its own clock. All
 * days move by as many as have passed since `today`; of what would be still to come, and is told as a fact, the day is today.
 */

const dayMs = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const movedDays = Math.floor(Date.now() / dayMs) - Date.parse(fixed.today) / dayMs
/** Facts name the clock of Istanbul. */
const now = dayIn(Date.now(), 'Europe/Istanbul')

/** Days that may be still to come, by the name of their field. */
const ahead: readonly string[] = [
  ...['until', 'next', 'departs', 'arrives', 'expiresOn', 'arrivesOn', 'dueOn', 'nextOn', 'backOn', 'from'],
  'earliestOn',
]

function moved(field: string, text: string): string {
  const [, day, time = ''] = /^(20\d\d-\d\d-\d\d)(T\d\d:\d\d)?$/.exec(text) ?? []
  // A birth stays what it is.
  if (day === undefined || day < '2026-01-01') return text
  const then = dayOf(Date.parse(day) + movedDays * dayMs)
  return ahead.includes(field) || then < now ? then + time : now
}

function movedIn(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return moved(field, value)
  if (Array.isArray(value)) return value.map((item) => movedIn(item, field))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, movedIn(member, name)]))
}

/** A content of `bodies.ts` with its days as of today. */
export function asOfToday<T>(content: T): T {
  // The same content: only days in it are other days.
  return movedIn(content) as T
}

export const bodies = asOfToday(fixed.bodies)
export const sample = asOfToday(fixed.sample)
export const itinerary = asOfToday(fixed.itinerary)
export const withdrawalOf = (...of: Parameters<typeof fixed.withdrawalOf>) =>
  asOfToday(fixed.withdrawalOf(...of))
export const happened = (...of: Parameters<typeof fixed.happened>) => asOfToday(fixed.happened(...of))
export const titlu = (...of: Parameters<typeof fixed.titlu>) => asOfToday(fixed.titlu(...of))
export const oneLeg = (...of: Parameters<typeof fixed.oneLeg>) => asOfToday(fixed.oneLeg(...of))
