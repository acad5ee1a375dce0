import type { Screen } from '../parts/screens.ts'
import { type Course, courses, falseAlarmCourse, straightCourse } from './course.ts'
import { weighed } from './weighed-screens.ts'

/** How often things are repeated, and how many samples are taken. */
export interface Effort {
  /** Of each command, of which the later half counts. */
  pureRuns: number
  /** What the stack whose memory is measured is taken through. */
  startCourse: Course
  screens: readonly Screen[]
  /** Of each page, outside the browser. */
  visits: number
  /** The courses for whose commands containers are made warm and cold. */
  renewed: readonly Course[]
  /** Of each bundle and of its floor. */
  imports: number
  /** How many returns the party has whose lists are read. */
  listed: readonly number[]
}

/** Enough for figures that two runs agree on within a tenth, on a machine that does other things too. */
export const full: Effort = {
  pureRuns: 600,
  startCourse: straightCourse,
  screens: weighed,
  visits: 5,
  renewed: courses,
  imports: 7,
  listed: [100, 10_000, 100_000],
}

/** Every part once: whether the bench runs, not what it finds. One screen for each user. */
export const short: Effort = {
  pureRuns: 2,
  startCourse: falseAlarmCourse,
  screens: [...Map.groupBy(weighed, ({ user }) => user).values()].flatMap(([screen]) => screen ?? []),
  visits: 1,
  renewed: [falseAlarmCourse],
  imports: 1,
  listed: [20, 200],
}
