import { ageBandsOf, childBands } from '../../../schemas/values/ages.ts'
import { dayOf } from '../calendar/days.ts'
import { type Facts, latest } from './opened-sections.ts'

/**
 * Whether anything on record says that the person is a child on a day (`leaves`: that day, or a local time on it): the
 * category, the age band, the birth. While somebody disputes the age, the person counts as a child.
 */
export function isChildOnRecord(facts: Facts, leaves: string | undefined): boolean {
  const request = latest(facts, 'case', 'request')
  const person = latest(facts, 'identity', 'person')
  // The band of the filing counts only where the birth does not say better.
  const bands = person && leaves ? ageBandsOf(person.birth, dayOf(leaves)) : [request?.ageBand]
  return (
    request?.category === 'unaccompanied-child' ||
    person?.ageDisputed === true ||
    bands.some((band) => band && childBands.includes(band))
  )
}

/** Whether the person is of age on a day, by all that the birth allows, and nobody disputes it. */
export function isAdult(facts: Facts, on: string): boolean {
  const person = latest(facts, 'identity', 'person')
  if (!person || person.ageDisputed) return false
  return ageBandsOf(person.birth, on).every((band) => !childBands.includes(band))
}

/** Whether the person could still be a child on one day, and is of age on a later one. */
export function cameOfAge(facts: Facts, before: string, now: string): boolean {
  return isAdult(facts, now) && !isAdult(facts, before)
}
