import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysAfter } from '../../../../functions/domain/calendar/days.ts'
import { dueDay, isWorked, orthodoxEaster } from '../../../../functions/domain/calendar/deadlines.ts'
import type { Calendar } from '../../../../schemas/procedure/calendars.ts'
import type { Deadline } from '../../../../schemas/procedure/procedure.ts'

const at = (instant: string) => Date.parse(instant)
const workingDays = (amount: number): Deadline => ({ amount, unit: 'working-days', calendar: 'moldova' })
const postDays = (amount: number): Deadline => ({ amount, unit: 'working-days', calendar: 'post' })

test.each([
  [2024, '2024-05-05'],
  [2025, '2025-04-20'],
  [2026, '2026-04-12'],
  [2027, '2027-05-02'],
])(
  'Orthodox Easter of %i is %s, and it, the Monday and the Monday a week later are holidays',
  (year, easter) => {
    expect(orthodoxEaster(year)).toBe(easter)
    expect([0, 1, 8].map((after) => isWorked(daysAfter(easter, after)))).toEqual([false, false, false])
    // The days between are those of any week, but for the holidays that have a day of their own.
    const tuesday = daysAfter(easter, 2)
    expect(isWorked(tuesday)).toBe(!['05-01', '05-09'].includes(tuesday.slice(5)))
  },
)

test.each(['01-01', '01-07', '01-08', '03-08', '05-01', '05-09', '06-01', '08-27', '08-31', '12-25'])(
  'the day %s is a holiday, whatever the day of the week',
  (holiday) => {
    for (const year of [2024, 2025, 2026, 2027]) expect(isWorked(`${year}-${holiday}`)).toBe(false)
  },
)

describe('hours end on the day that they reach in Chișinău', () => {
  test.each([
    // In winter midnight there is 22:00 UTC, in summer 21:00.
    ['2026-11-21T09:00:00Z', 24, '2026-11-22'],
    ['2026-11-21T21:59:59Z', 24, '2026-11-22'],
    ['2026-11-21T22:00:00Z', 24, '2026-11-23'],
    ['2026-11-21T21:30:00Z', 1, '2026-11-22'],
    ['2026-07-01T20:59:59Z', 24, '2026-07-02'],
    ['2026-07-01T21:00:00Z', 24, '2026-07-03'],
    // A day that has 25 hours: from noon to noon is not 24 of them.
    ['2026-10-24T20:30:00Z', 24, '2026-10-25'],
    ['2026-10-24T20:30:00Z', 25, '2026-10-25'],
    ['2026-10-24T20:30:00Z', 26, '2026-10-26'],
  ])('a deadline from %s of %i hours ends on %s', (begins, amount, due) => {
    expect(dueDay({ amount, unit: 'hours' }, at(begins))).toBe(due)
  })
})

describe('calendar days run on, from the day in Chișinău', () => {
  test.each([
    ['2026-11-21T09:00:00Z', 2, '2026-11-23'],
    ['2026-11-21T22:30:00Z', 2, '2026-11-24'],
    ['2026-04-10T09:00:00Z', 2, '2026-04-12'],
    ['2026-12-25T09:00:00Z', 10, '2027-01-04'],
    ['2028-02-28T09:00:00Z', 1, '2028-02-29'],
    ['2026-03-28T09:00:00Z', 1, '2026-03-29'],
  ])('a deadline from %s of %i days ends on %s', (begins, amount, due) => {
    expect(dueDay({ amount, unit: 'days' }, at(begins))).toBe(due)
  })
})

describe('working days leave out weekends and the holidays of Moldova', () => {
  test.each([
    ['over a weekend', '2026-11-20T09:00:00Z', 1, '2026-11-23'],
    ['begun on a Saturday', '2026-11-21T09:00:00Z', 3, '2026-11-25'],
    ['begun on a Sunday night, a Monday already', '2026-11-22T22:30:00Z', 1, '2026-11-24'],
    ['over 1 May, a Friday', '2026-04-30T09:00:00Z', 1, '2026-05-04'],
    ['over 9 May, a Friday', '2025-05-08T09:00:00Z', 1, '2025-05-12'],
    ['over the Easter of 2024, 1 and 9 May and the Monday after', '2024-04-30T09:00:00Z', 6, '2024-05-14'],
    ['over the Easter of 2025', '2025-04-18T09:00:00Z', 1, '2025-04-22'],
    ['over the Easter of 2025 and the Monday a week later', '2025-04-18T09:00:00Z', 5, '2025-04-29'],
    ['over the Easter of 2026', '2026-04-10T09:00:00Z', 1, '2026-04-14'],
    ['over the Easter of 2026 and the Monday a week later', '2026-04-10T09:00:00Z', 5, '2026-04-21'],
    ['over the Easter of 2027', '2027-04-30T09:00:00Z', 1, '2027-05-04'],
    ['over the Easter of 2027 and the Monday a week later', '2027-04-30T09:00:00Z', 5, '2027-05-11'],
    ['over the new year and Christmas by the old calendar', '2026-12-31T09:00:00Z', 4, '2027-01-11'],
  ])('with %s, a deadline from %s of %i working days ends on %s', (_over, begins, amount, due) => {
    expect(dueDay(workingDays(amount), at(begins))).toBe(due)
  })
})

describe('a post works by its own week and closes on days of its own', () => {
  const gulf: Calendar = { week: [7, 1, 2, 3, 4], closed: ['2026-12-02', '2026-12-03'] }
  test.each([
    ['from Thursday to Sunday', '2026-11-19T09:00:00Z', 1, '2026-11-22'],
    ['from Friday to Sunday', '2026-11-20T09:00:00Z', 1, '2026-11-22'],
    ['over its national days', '2026-12-01T09:00:00Z', 1, '2026-12-06'],
    ['over the Easter of Moldova', '2026-04-09T09:00:00Z', 2, '2026-04-13'],
  ])('with %s, a deadline from %s of %i working days ends on %s', (_over, begins, amount, due) => {
    expect(dueDay(postDays(amount), at(begins), gulf)).toBe(due)
  })

  test("a deadline in Chișinău does not depend on the post's calendar", () => {
    expect(dueDay(workingDays(1), at('2026-11-20T09:00:00Z'), gulf)).toBe('2026-11-23')
  })

  test('a post without a calendar of its own works by the Moldovan one', () => {
    expect(dueDay(postDays(1), at('2026-04-10T09:00:00Z'))).toBe('2026-04-14')
  })
})

const weeks = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })
const instants = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2060-01-01'),
  noInvalidDate: true,
})
const posts = fc.option(
  fc.record({
    week: weeks,
    closed: fc.array(
      instants.map((instant) => instant.toISOString().slice(0, 10)),
      { maxLength: 9 },
    ),
  }),
  { nil: undefined },
)

test('one working day more is a later day, and both are worked', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 40 }), posts, (begins, amount, post) => {
      const [due, later] = [amount, amount + 1].map((length) =>
        dueDay(postDays(length), begins.getTime(), post),
      )
      expect((later ?? '') > (due ?? '')).toBe(true)
      for (const day of [due, later]) expect(isWorked(day ?? '', post)).toBe(true)
    }),
  )
})

test('a deadline that begins later never ends earlier', () => {
  const deadlines = fc.record({
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom('hours', 'days', 'working-days'),
    calendar: fc.constantFrom('moldova', 'post'),
  })
  fc.assert(
    fc.property(deadlines, instants, fc.nat({ max: 400 }), posts, (deadline, begins, hours, post) => {
      const [first, second] = [0, hours].map((more) =>
        dueDay(deadline, begins.getTime() + more * 3_600_000, post),
      )
      expect((second ?? '') >= (first ?? '')).toBe(true)
    }),
  )
})
