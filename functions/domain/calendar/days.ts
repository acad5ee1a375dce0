/** Calendar days, `2026-11-21`, without a clock or a zone: arithmetic on the proleptic Gregorian calendar. */

// What clocks show in zones stands in the contract, because pages show times too.
export { chisinau, dayIn, daysAfter, hourIn, instantOf } from '../../../schemas/values/clocks.ts'

/** The day that a local time or day falls on, as its own clock shows it. */
export function dayOf(at: string): string {
  return at.slice(0, 10)
}

/** Whole years from a day of birth to another day. */
export function yearsBetween(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}
