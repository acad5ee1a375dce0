import type * as z from 'zod/mini'
import type { answeredRow } from '../../../schemas/api/answers.ts'
import type { WorkItem } from '../../../schemas/api/work.ts'
import { openAlert, overPhases } from '../../../schemas/procedure/phases.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/**
 * The workGroups of a party's returns, in the order in which all of them are listed. Which list a return of a group stands in
 * today follows from its day (`functions/exchange/work.ts`): so time moves it from one list to the next, and nobody writes.
 */
export const workGroups = [
  'calls',
  'alerts',
  'late',
  'concern',
  'danger',
  'asked',
  'waits',
  'others',
  'over',
] as const
export type WorkGroup = (typeof workGroups)[number]

/** Groups of returns that wait for the party. */
export const waitingGroups: readonly WorkGroup[] = workGroups.filter(
  (group) => group !== 'others' && group !== 'over',
)

/** Where a return stands among those of a party: its group, and by what it is sorted there, a day or an instant. */
export interface ListPlace {
  group: WorkGroup
  at: string
}

/** What is sorted last has no day. */
export const noDay = '9999-12-31'

type Row = z.infer<typeof answeredRow>

const inDanger = 2

/** The earliest of some days; the last one of all where there is none. */
const earliest = (days: readonly (string | undefined)[]) =>
  days.filter((day) => day !== undefined).toSorted()[0] ?? noDay

/** Where a return stands for a party, by the row that the party sees. */
export function listPlaceOf(row: Row, party: PartyId): ListPlace {
  const own = row.items.filter((item) => item.party === party)
  const day = earliest(own.map((item) => item.day))
  const isOver = overPhases.includes(row.phase) || row.membership === 'ended'
  if (isOver) return own.length > 0 ? { group: 'waits', at: day } : { group: 'over', at: backwards(row.at) }
  return urgent(row, own, day) ?? owed(row, own, day)
}

function urgent({ phase, at, overdue, flags, urgency }: Row, own: readonly WorkItem[], day: string) {
  const call = own.find(({ what }) => what === 'answer-call')
  if (call) return { group: 'calls', at: call.since ?? at } as const
  if (openAlert.some((open) => open === phase)) return { group: 'alerts', at: own[0]?.since ?? at } as const
  if (overdue.length > 0) return { group: 'late', at: earliest(overdue.map(({ since }) => since)) } as const
  if (flags.includes('contact-lost') || flags.includes('in-hospital'))
    return { group: 'concern', at: day } as const
  return urgency === inDanger ? ({ group: 'danger', at: day } as const) : undefined
}

function owed({ items }: Row, own: readonly WorkItem[], day: string): ListPlace {
  if (own.some(({ what }) => what === 'answer-question')) return { group: 'asked', at: day }
  if (own.length > 0) return { group: 'waits', at: day }
  return { group: 'others', at: earliest(items.map((item) => item.day)) }
}

/** An instant by which the newest is sorted first. */
function backwards(at: string): string {
  return at.replace(/\d/g, (digit) => String(9 - Number(digit)))
}
