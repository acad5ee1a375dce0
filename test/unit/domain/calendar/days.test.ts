import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dayIn,
  dayOf,
  daysAfter,
  instantOf,
  yearsBetween,
} from '../../../../functions/domain/calendar/days.ts'
import { inChisinau } from '../../../../schemas/values/clocks.ts'

const chisinau = 'Europe/Chisinau'
const istanbul = 'Europe/Istanbul'

test.each([
  ['2026-11-21', 30, '2026-12-21'],
  ['2026-12-05', 30, '2027-01-04'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-02-28', 1, '2026-03-01'],
  ['2026-03-28', 1, '2026-03-29'],
  ['2026-10-24', 2, '2026-10-26'],
  ['2026-11-21', -21, '2026-10-31'],
])('the day %s plus %i days is %s', (day, count, later) => {
  expect(daysAfter(day, count)).toBe(later)
})

test.each([
  ['2008-11-21', '2026-11-20', 17],
  ['2008-11-21', '2026-11-21', 18],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2026-11-21', '2026-11-21', 0],
])('a person born on %s is on %s %i years old', (birth, on, years) => {
  expect(yearsBetween(birth, on)).toBe(years)
})

test.each([
  ['2026-11-21T18:55', '2026-11-21'],
  ['2026-11-21', '2026-11-21'],
  ['2026-11-21T22:30:00.000Z', '2026-11-21'],
])('the local time %s is on the day %s', (at, day) => {
  expect(dayOf(at)).toBe(day)
})

test.each([
  ['2026-01-15T12:00', chisinau, '2026-01-15T10:00:00.000Z'],
  ['2026-07-15T12:00', chisinau, '2026-07-15T09:00:00.000Z'],
  ['2026-01-15T12:00', istanbul, '2026-01-15T09:00:00.000Z'],
  ['2026-01-15T12:00', 'UTC', '2026-01-15T12:00:00.000Z'],
  // Clocks in Chișinău went forward on 29 March and back on 25 October 2026; these hours exist once.
  ['2026-03-29T01:59', chisinau, '2026-03-28T23:59:00.000Z'],
  ['2026-03-29T05:00', chisinau, '2026-03-29T02:00:00.000Z'],
  ['2026-10-25T01:59', chisinau, '2026-10-24T22:59:00.000Z'],
  ['2026-10-25T05:00', chisinau, '2026-10-25T03:00:00.000Z'],
])('the local time %s in %s is the instant %s', (local, zone, instant) => {
  expect(new Date(instantOf(local, zone)).toISOString()).toBe(instant)
})

test.each(['2026-03-29T03:30', '2026-10-25T03:30'])(
  'the local time %s is still that day where clocks jump',
  (local) => {
    expect(dayIn(instantOf(local, chisinau), chisinau)).toBe(dayOf(local))
  },
)

test.each([
  // An evening in Lisbon, New York or Chișinău itself, and the day it is in Chișinău.
  ['2026-12-31T22:30', 'Europe/Lisbon', '2027-01-01'],
  ['2026-12-31T21:59', 'Europe/Lisbon', '2026-12-31'],
  ['2026-12-05T17:00', 'America/New_York', '2026-12-06'],
  ['2026-12-06T00:30', istanbul, '2026-12-05'],
  ['2026-07-06T00:30', istanbul, '2026-07-06'],
  ['2026-12-05T23:59', chisinau, '2026-12-05'],
])('the local time %s in %s is %s in Chișinău', (local, zone, day) => {
  expect(dayIn(instantOf(local, zone), chisinau)).toBe(day)
})

const minute = 60_000
const instants = fc
  .integer({ min: Date.UTC(2020, 0, 1) / minute, max: Date.UTC(2040, 0, 1) / minute })
  .map((minutes) => minutes * minute)
const zones = fc.constantFrom(chisinau, istanbul, 'Europe/Lisbon', 'America/New_York', 'Asia/Beirut', 'UTC')

test('a local time is found again from its instant, except where a clock shows it twice', () => {
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const clock = new Date(instant)
        .toLocaleString('sv-SE', { timeZone: zone })
        .slice(0, 16)
        .replace(' ', 'T')
      const found = instantOf(clock, zone)
      expect([0, 60 * minute]).toContain(Math.abs(found - instant))
      expect(dayIn(found, zone)).toBe(dayOf(clock))
    }),
  )
})

test('adding days and subtracting them leads back', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -4000, max: 4000 }), (instant, count) => {
      const day = new Date(instant).toISOString().slice(0, 10)
      expect(daysAfter(daysAfter(day, count), -count)).toBe(day)
    }),
  )
})

test.each([
  // Winter, summer, and the two nights of 2026 on which clocks in Chișinău and Istanbul come apart and together.
  ['2026-12-05T11:30', istanbul, '2026-12-05T10:30'],
  ['2026-07-05T11:30', istanbul, '2026-07-05T11:30'],
  ['2026-03-29T00:30', istanbul, '2026-03-28T23:30'],
  ['2026-03-29T12:00', istanbul, '2026-03-29T12:00'],
  ['2026-10-25T12:00', istanbul, '2026-10-25T11:00'],
  ['2026-12-31T23:30', 'Europe/Lisbon', '2027-01-01T01:30'],
  // The United States change two weeks before Europe does.
  ['2026-03-20T18:00', 'America/New_York', '2026-03-21T00:00'],
  ['2026-11-21T18:55', chisinau, '2026-11-21T18:55'],
])('clocks in Chișinău at %s in %s show %s', (local, zone, shown) => {
  expect(inChisinau(local, zone)).toBe(shown)
})
