import type { SlotContent } from '../sections/sections.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../values/clocks.ts'

type Document = SlotContent<'identity', 'document'>
type Leg = SlotContent<'travel', 'itinerary'>['legs'][number]

/** A titlu serves for as many days from its approval (HG 987/2012). */
const titluDays = 30

/** The days on which a journey's legs begin and end, as they are in Chișinău. */
export function daysOfJourney(legs: readonly Leg[]): string[] {
  return legs.flatMap(({ from, to, departs, arrives }) => [
    dayIn(instantOf(departs, from.zone), chisinau),
    dayIn(instantOf(arrives, to.zone), chisinau),
  ])
}

/** The last day on which a document serves. */
export function lastDayOf(document: Document): string {
  return document.type === 'titlu' ? daysAfter(document.approvedOn, titluDays) : document.expiresOn
}

/** Whether a document serves on every one of some days. */
export function servesOn(document: Document, days: readonly string[]): boolean {
  const first = document.type === 'titlu' ? document.approvedOn : ''
  return days.every((day) => first <= day && day <= lastDayOf(document))
}
