/** Calendar days, `2026-11-21`, without a clock or a zone: arithmetic on the proleptic Gregorian calendar. */

export { yearsBetween } from '../../../schemas/values/ages.ts'
// What clocks show in zones stands in the contract, because pages show times too.
export { chisinau, dayIn, daysAfter, hourIn, instantOf } from '../../../schemas/values/clocks.ts'

/** The day that a local time or day falls on, as its own clock shows it. */
export function dayOf(at: string): string {
  return at.slice(0, 10)
}
