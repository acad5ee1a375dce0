import type { CommandName } from '../../schemas/commands/commands.ts'
import type { CheckName, Finding } from '../../schemas/values/checks.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../../schemas/values/clocks.ts'
import { type CheckInput, contentAt } from './check-input.ts'

/**
 * Between which days a day may lie. `born`: a birth. `recorded`: what has happened or was written. `happened`: the same,
 * with a time and a zone beside it. `planned`: what is still to come. `around`: what was planned, or is. `expiry`: the
 * last day of a paper. `derived`: nobody sends it.
 */
export type Bound = 'born' | 'recorded' | 'happened' | 'planned' | 'around' | 'expiry' | 'derived'

/** The bound of every day of every section, by its path; a test walks the forms, so that none is forgotten. */
export const dayBounds: Readonly<Record<string, Readonly<Record<string, Bound>>>> = {
  'case/request': {
    learnedOn: 'recorded',
    'wishes.earliestOn': 'planned',
    'agreement.recipients.[].basis.on': 'recorded',
    'agreement.recipients.[].basis.since': 'recorded',
  },
  'case/alert': { heardOn: 'recorded' },
  'case/alert-end': { on: 'recorded' },
  'case/official-request': { on: 'recorded' },
  'case/journey': { leavesOn: 'derived', arrivesOn: 'derived' },
  'label/journey': { leavesOn: 'derived', arrivesOn: 'derived' },
  'label/way': { arrivesOn: 'derived' },
  'case/departure': { 'happened.at': 'happened' },
  'case/did-not-come': { 'happened.at': 'happened' },
  'case/contact-lost': { 'happened.at': 'happened' },
  'case/hospital': { 'happened.at': 'happened' },
  'case/arrival': { 'happened.at': 'happened' },
  'case/choice': { 'happened.at': 'happened' },
  'case/way': { 'happened.at': 'happened', arrivesOn: 'around' },
  'case/ending': { 'happened.at': 'happened' },
  'case/handover': { 'happened.at': 'happened' },
  'case/handover-confirmation': { 'happened.at': 'happened' },
  'case/home': { 'happened.at': 'happened' },
  'case/stay': { 'happened.at': 'happened' },
  'case/stay-plan': { until: 'planned' },
  'case/leaving': { 'happened.at': 'happened', backOn: 'planned' },
  'case/place': { from: 'around', until: 'planned' },
  'case/evacuation': { on: 'recorded' },
  'case/wish': { on: 'recorded' },
  'case/basis': { 'basis.on': 'recorded', 'basis.since': 'recorded' },
  'case/asked-anew': { on: 'recorded' },
  'case/withdrawal': { on: 'recorded' },
  'case/cancellation': { on: 'recorded' },
  'identity/report': { on: 'recorded' },
  'identity/person': { 'birth.on': 'born', 'documents.[].expiresOn': 'expiry' },
  'identity/check': { on: 'recorded' },
  'identity/document': { approvedOn: 'recorded', expiresOn: 'expiry' },
  'contacts/family': { 'children.[].bornOn': 'born' },
  'travel/report': { on: 'recorded' },
  'travel/itinerary': { 'legs.[].departs': 'around', 'legs.[].arrives': 'around' },
  'travel/leg': { departs: 'around', arrives: 'around' },
  'protection/report': { on: 'recorded' },
  'protection/child': {
    'authorityDecision.on': 'recorded',
    bestInterests: 'recorded',
    viewHeard: 'recorded',
  },
  'care/report': { on: 'recorded' },
  'care/fitness': { 'examined.at': 'happened' },
  'care/intake': { 'services.[].dueOn': 'around' },
  'care/services': { 'services.[].dueOn': 'around' },
  'care/follow-up': { on: 'recorded', nextOn: 'planned' },
}

/** The bound of every day that stands in clear in a body. */
export const clearDayBounds: { readonly [N in CommandName]?: Readonly<Record<string, Bound>> } = {
  'hold-place': { until: 'planned' },
  note: { next: 'planned' },
  'give-task': { until: 'planned' },
}

/** Nothing of what is recorded here happened before: the state is younger. */
const firstRecorded = '1991-08-27'
const yearDays = 366
const mostYearsAhead = 2
const mostYearsOfPaper = 30
/** Clocks differ, and people round. */
const slackMs = 3_600_000

/** Today where a post begins the day first, and where one begins it last: a day without a zone may be either. */
const lastToday = (now: number) => dayIn(now, 'Asia/Tokyo')
const firstToday = (now: number) => dayIn(now, 'America/Los_Angeles')

/** The first and the last possible day, and what is wrong with a day before and after. */
interface Range {
  first?: string
  before?: CheckName
  last?: string
  after?: CheckName
}

/** The possible days of each bound, `now` being epoch milliseconds. */
function rangeOf(bound: Bound, now: number): Range {
  const today = firstToday(now)
  const recorded = { first: firstRecorded, before: 'too-early' } as const
  const aheadBy = (years: number) =>
    ({ last: daysAfter(today, years * yearDays), after: 'too-far-ahead' }) as const
  const ranges: Record<Bound, Range> = {
    born: { last: lastToday(now), after: 'in-the-future' },
    recorded: { ...recorded, last: lastToday(now), after: 'in-the-future' },
    // Whether it is still to come, its own clock says.
    happened: recorded,
    planned: { first: today, before: 'in-the-past', ...aheadBy(mostYearsAhead) },
    around: { first: daysAfter(today, -yearDays), before: 'too-early', ...aheadBy(mostYearsAhead) },
    expiry: { ...recorded, ...aheadBy(mostYearsOfPaper) },
    derived: {},
  }
  return ranges[bound]
}

/** A value in a content: its path, and the group in which it stands. */
interface Found {
  path: readonly string[]
  value: unknown
  beside: unknown
}

/** The values at a path in a content; `[]` is each item of a list. */
function valuesAt(
  content: unknown,
  [step, ...rest]: readonly string[],
  path: readonly string[] = [],
): Found[] {
  if (step === undefined || typeof content !== 'object' || content === null) return []
  const members =
    step === '[]' ? Object.entries(content) : Object.entries(content).filter(([name]) => name === step)
  return members.flatMap(([name, value]: [string, unknown]) =>
    rest.length === 0
      ? [{ path: [...path, name], value, beside: content }]
      : valuesAt(value, rest, [...path, name]),
  )
}

/** A day or a time that stands in a body. */
export interface DayFound {
  field: string
  bound: Bound
  /** `2026-11-21` or `2026-11-21T18:55`. */
  at: string
  /** The zone beside it. */
  zone: string | undefined
}

/** All days of a body, with what bounds them. */
export function daysOf({ command, body, contents }: CheckInput): DayFound[] {
  const sealed = [...contents].flatMap(([place, content]) => {
    const [cls = ''] = place.split('/')
    return found(dayBounds[place] ?? {}, content, [cls])
  })
  return [...sealed, ...found(clearDayBounds[command] ?? {}, body, [])]
}

function found(bounds: Readonly<Record<string, Bound>>, content: unknown, at: readonly string[]): DayFound[] {
  return Object.entries(bounds).flatMap(([path, bound]) =>
    valuesAt(content, path.split('.')).flatMap(({ path: below, value, beside }) =>
      typeof value === 'string' && bound !== 'derived'
        ? [{ field: [...at, ...below].join('.'), bound, at: value, zone: zoneBeside(beside) }]
        : [],
    ),
  )
}

function zoneBeside(group: unknown): string | undefined {
  if (typeof group !== 'object' || group === null || !('zone' in group)) return undefined
  return typeof group.zone === 'string' ? group.zone : undefined
}

/** Whether a time with a zone is still to come. */
function isToCome({ at, zone = chisinau }: DayFound, now: number): boolean {
  return at.includes('T') ? instantOf(at, zone) > now + slackMs : at > dayIn(now + slackMs, zone)
}

function problemOfDay(found: DayFound, now: number): CheckName | undefined {
  const { first, before, last, after } = rangeOf(found.bound, now)
  const day = found.at.slice(0, 10)
  if (found.bound === 'happened' && isToCome(found, now)) return 'in-the-future'
  if (first !== undefined && day < first) return before
  return last !== undefined && day > last ? after : undefined
}

/** The days of a body that lie outside their bounds. */
export function daysOutOfBounds(input: CheckInput): Finding[] {
  return daysOf(input).flatMap((day) => {
    const check = problemOfDay(day, input.now)
    return check ? [{ check, fields: [day.field] }] : []
  })
}

/** What is said to have happened more than a year ago. */
export function daysLongAgo(input: CheckInput): Finding[] {
  const aYearAgo = daysAfter(firstToday(input.now), -yearDays)
  return daysOf(input).flatMap(({ field, bound, at }): Finding[] => {
    const day = at.slice(0, 10)
    // Only in class `case` an override can stand beside it.
    const isOld = bound === 'happened' && field.startsWith('case.') && day < aYearAgo && day >= firstRecorded
    return isOld ? [{ check: 'long-ago', fields: [field] }] : []
  })
}

/** Two days of one section, of which the second cannot come before the first. */
export function daysInWrongOrder({ contents, body }: CheckInput): Finding[] {
  const leaving = contentAt(contents, 'case', 'leaving')
  const followUp = contentAt(contents, 'care', 'follow-up')
  const way = contentAt(contents, 'case', 'way')
  const place = contentAt(contents, 'case', 'place')
  const until = typeof body.until === 'string' ? body.until : undefined
  const pairs: readonly (readonly [first: string | undefined, then: string | undefined, field: string])[] = [
    [leaving?.happened?.at, leaving?.backOn, 'case.backOn'],
    [followUp?.on, followUp?.nextOn, 'care.nextOn'],
    [way?.happened?.at, way?.arrivesOn, 'case.arrivesOn'],
    [place?.from, until, 'until'],
  ]
  return pairs.flatMap(([first, then, field]) =>
    first && then && then.slice(0, 10) < first.slice(0, 10)
      ? [{ check: 'ends-before-it-begins' as const, fields: [field] }]
      : [],
  )
}
