import {
  type Calendar,
  easterHolidays,
  fixedHolidays,
  officeWeek,
} from '../../../schemas/procedure/calendars.ts'
import {
  type Category,
  type Deadline,
  type Procedure,
  type StepName,
  stepNames,
} from '../../../schemas/procedure/procedure.ts'
import { categories } from '../../../schemas/values/codes.ts'
import { chisinau, dayIn, daysAfter } from './days.ts'

const hourMs = 3_600_000

/** Orthodox Easter of a year, as a day of the Gregorian calendar (Meeus' Julian algorithm; good from 1900 to 2099). */
export function orthodoxEaster(year: number): string {
  const d = (19 * (year % 19) + 15) % 30
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
  const month = Math.floor((d + e + 114) / 31)
  const julian = new Date(Date.UTC(year, month - 1, ((d + e + 114) % 31) + 1)).toISOString().slice(0, 10)
  return daysAfter(julian, 13)
}

function isMoldovanHoliday(day: string): boolean {
  const easter = orthodoxEaster(Number(day.slice(0, 4)))
  return (
    fixedHolidays.includes(day.slice(5)) || easterHolidays.some((after) => daysAfter(easter, after) === day)
  )
}

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** Whether a day is worked: by the Moldovan calendar, or by a post's own week and closed days. */
export function isWorked(day: string, post?: Calendar): boolean {
  if (post) return post.week.includes(weekday(day)) && !post.closed.includes(day)
  return officeWeek.includes(weekday(day)) && !isMoldovanHoliday(day)
}

/**
 * The day on which a deadline that begins at an instant (epoch ms) runs out, in Chișinău. The day of the beginning
 * does not count; hours end on the day that they reach.
 */
export function dueDay(deadline: Deadline, begins: number, post?: Calendar): string {
  const { amount, unit, calendar } = deadline
  const first = dayIn(begins, chisinau)
  switch (unit) {
    case 'hours':
      return dayIn(begins + amount * hourMs, chisinau)
    case 'days':
      return daysAfter(first, amount)
    case 'working-days': {
      let day = first
      for (let left = amount; left > 0; ) {
        day = daysAfter(day, 1)
        if (isWorked(day, calendar === 'post' ? post : undefined)) left--
      }
      return day
    }
  }
}

/**
 * The steps that are ready and have no day yet, with the days on which they are due; `known`: what is done and due by now.
 * Without a category, because the case could not be opened, the earliest day of all categories counts: no deadline is lost
 * with a section that somebody did not read.
 */
export function dueSteps(
  { steps }: Procedure,
  category: Category | undefined,
  known: { done: ReadonlySet<StepName>; due: ReadonlyMap<StepName, string> },
  { begins, post }: { begins: (step: StepName) => number; post?: Calendar | undefined },
): { step: StepName; day: string }[] {
  const possible = category ? [category] : categories
  return stepNames.flatMap((step) => {
    if (known.done.has(step) || known.due.has(step)) return []
    const days = possible.flatMap((name) => {
      const { after, deadline } = steps[name][step]
      const isReady = after.every((before) => known.done.has(before))
      return deadline && isReady ? [dueDay(deadline, begins(step), post)] : []
    })
    const [day] = days.sort()
    return day === undefined ? [] : [{ step, day }]
  })
}
