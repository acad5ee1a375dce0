import type * as z from 'zod/mini'
import { daysAfter } from './clocks.ts'
import type { ageBand } from './codes.ts'

export type AgeBand = z.infer<typeof ageBand>
/** What is known of a birth: the day, the year, or an age that somebody guessed. */
export type Birth = { on: string } | { year: number } | { aged: number }

const bands: readonly [upTo: number, band: AgeBand][] = [
  [5, '0-5'],
  [11, '6-11'],
  [15, '12-15'],
  [17, '16-17'],
  [24, '18-24'],
  [34, '25-34'],
  [49, '35-49'],
  [64, '50-64'],
]

/** The bands of people under 18. */
export const childBands: readonly AgeBand[] = ['0-5', '6-11', '12-15', '16-17']

/** Whole years from a day of birth to another day. */
export function yearsBetween(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

const bandOf = (years: number): AgeBand => bands.find(([upTo]) => years <= upTo)?.[1] ?? '65+'

/** The possible age bands on a day: two where only the year of birth is known and the birthday may be still to come. */
export function ageBandsOf(birth: Birth, today: string): AgeBand[] {
  if ('on' in birth) return [bandOf(yearsBetween(birth.on, today))]
  if ('aged' in birth) return [bandOf(birth.aged)]
  const years = Number(today.slice(0, 4)) - birth.year
  return [...new Set([bandOf(years - 1), bandOf(years)])]
}

/** The age band on a day: the younger of two that are possible, so that a child is never taken for an adult. */
export function ageBandOf(birth: Birth, today: string): AgeBand {
  return ageBandsOf(birth, today)[0] ?? 'not-known'
}

/** Whether a birth is possible by a UTC day, wherever on earth the person was born. */
export function bornBy(birth: Birth, today: string): boolean {
  if ('on' in birth) return birth.on <= daysAfter(today, 1)
  return 'aged' in birth || birth.year <= Number(today.slice(0, 4))
}

/** Whether the person could be a child on one day, and is of age on a later one, by all that the birth allows. */
export function comesOfAge(birth: Birth, before: string, later: string): boolean {
  const isAdult = (day: string) => ageBandsOf(birth, day).every((band) => !childBands.includes(band))
  return isAdult(later) && !isAdult(before)
}
