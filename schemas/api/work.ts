import * as z from 'zod/mini'
import { isOwner } from '../commands/commands.ts'
import { taskNames } from '../procedure/tasks.ts'
import { workItemNames } from '../procedure/work-items.ts'
import { alert } from '../values/codes.ts'
import { type PartyKind, partyId } from '../values/parties.ts'
import { day, instant } from '../values/texts.ts'

/** Something that a party owes on a return: what, who, by which day where it has one, and since when. */
export const workItem = z.strictObject({
  what: z.enum(workItemNames),
  party: partyId,
  day: z.optional(day),
  since: z.optional(instant),
  /** The event of a question, a task or a call. */
  seq: z.optional(z.int().check(z.minimum(0))),
  /** Which task. */
  task: z.optional(z.enum(taskNames)),
})
export type WorkItem = z.infer<typeof workItem>

/** What a row says of a person or a journey before anything is opened. */
export const workFlag = z.enum([...alert.options, 'refused', 'on-hold'])
export type WorkFlag = z.infer<typeof workFlag>

/**
 * The lists of what a party has to do, the most urgent first. A return stands in the first list that it belongs to.
 * `calls`: the party is called. `alerts`: an open alert. `late`: an own day is past, or the party was notified that something is
 * overdue. `concern`: contact was lost, or the person is in hospital. `danger`: danger today. `today`: an own day is today.
 * `asked`: a question to the party. `waits`: anything else that it owes, by day. `assigned`: assigned to the caller, or to
 * whom the caller stands in for, and nothing else is owed.
 */
export const waitingLists = [
  'calls',
  'alerts',
  'late',
  'concern',
  'danger',
  'today',
  'asked',
  'waits',
  'assigned',
] as const
export type WaitingList = (typeof waitingLists)[number]

/** Lists beside them, whatever else there is to do: arrivals within a week, and decisions of the ministry. */
export const besideLists = ['arrivals', 'decisions'] as const
export type BesideList = (typeof besideLists)[number]

export const workLists = [...waitingLists, ...besideLists] as const
export type WorkList = WaitingList | BesideList
export const workList = z.enum(workLists)

/** So many days ahead an arrival is listed. */
export const arrivalDays = 7

/** A count is exact up to this; what is above it is said as "this many or more". */
export const mostCounted = 1000

/** Rows of each list in the answer that has all lists. */
export const firstRows = 5

/** Journeys that are looked at for the list of arrivals, the nearest known day first: their days are sealed. */
export const mostJourneys = 250

const hasList: Readonly<Record<WorkList, (kind: PartyKind) => boolean>> = {
  calls: (kind) => isOwner(kind, 'answer-call'),
  alerts: (kind) => isOwner(kind, 'alert') || kind === 'consular',
  late: () => true,
  concern: () => true,
  danger: () => true,
  today: () => true,
  asked: (kind) => isOwner(kind, 'answer'),
  waits: () => true,
  assigned: (kind) => isOwner(kind, 'take'),
  arrivals: (kind) => kind === 'mission' || kind === 'iom' || kind === 'centre',
  decisions: (kind) => kind === 'ministry',
}

/** The lists of a kind of party. Oversight reads those of the consular department. */
export function listsOf(kind: PartyKind): WorkList[] {
  const of = kind === 'oversight' ? 'consular' : kind
  return workLists.filter((list) => hasList[list](of))
}

/** How many returns a list has; `bounded`: so many or more. */
export const listCount = {
  count: z.int().check(z.minimum(0)),
  bounded: z.boolean(),
}
