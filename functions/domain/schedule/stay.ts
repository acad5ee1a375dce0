import type { EventType } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { type StayItem, stayItems } from '../../../schemas/events/watch-events.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import type { State, StayDay } from '../state.ts'

/** A day of a stay as an event says it in clear. */
export type DueOfStay = { step: StayItem; day: string }

/** The days of services, each once. A service that is done or was refused has no day any more. */
export function daysOfServices(
  services: SlotContent<'care', 'intake' | 'services'>['services'],
): DueOfStay[] {
  const open = services.filter(({ answer }) => answer !== 'done' && answer !== 'refused')
  const days = new Set(open.flatMap(({ dueOn }) => dueOn ?? []))
  return [...days].sort().map((day) => ({ step: 'service', day }))
}

/** Whether an amended slot says which services are due: the intake does, until services are offered anew. */
export function isServiceAmendment({ sections }: State, amendedSlot: string): boolean {
  return amendedSlot === 'intake' && !sections.some(({ cls, slot }) => cls === 'care' && slot === 'services')
}

const atTheCentre: readonly StayItem[] = ['stay', 'service', 'coming-back']

/** The days that an event replaces, or ends where it names none itself. */
const replacedDays: { readonly [T in EventType]?: readonly StayItem[] } = {
  admitted: ['service', 'coming-back'],
  'services-offered': ['service'],
  'stay-planned': ['stay'],
  'followed-up': ['follow-up'],
  'left-centre': atTheCentre,
  'referred-home': atTheCentre,
}

function replacedBy(state: State, event: StoredEvent): readonly StayItem[] {
  if (event.type === 'amended') return isServiceAmendment(state, event.data.slot) ? ['service'] : []
  return replacedDays[event.type] ?? []
}

/** The slots that state the days of each kind. */
const slotsOfDays: Record<StayItem, readonly string[]> = {
  stay: ['stay-plan'],
  service: ['intake', 'services'],
  'follow-up': ['follow-up'],
  'coming-back': ['leaving'],
}

/** The days of a stay after an event; `state` is the one before it. They are the centre's, whoever states them. */
export function stayDaysAfter(state: State, event: StoredEvent): readonly StayDay[] {
  const party = [event.by.party, ...addressed(state)].find(
    (holder): holder is PartyId => holder !== 'watch' && kindOf(holder) === 'centre',
  )
  const due = ('due' in event.data && event.data.due) || []
  const added = due.flatMap(({ step, day }) =>
    party && isStayItem(step) ? [{ item: step, party, day, seq: event.seq }] : [],
  )
  const replaced = replacedBy(state, event)
  const isStruck = event.type === 'struck' ? statedIn(state, event.data.strikes) : () => false
  return [
    ...state.stayDays.filter((stayDay) => !replaced.includes(stayDay.item) && !isStruck(stayDay)),
    ...added,
  ]
}

const isStayItem = (step: string): step is StayItem => (stayItems as readonly string[]).includes(step)

/** Whether a day was stated in one of these sections. Once they are struck, nobody can read any more what was due. */
function statedIn({ sections }: State, secs: readonly string[]): (stayDay: StayDay) => boolean {
  const stating = sections.filter(({ sec }) => secs.includes(sec))
  return ({ item, seq }) =>
    stating.some((section) => section.seq === seq && slotsOfDays[item].includes(section.slot))
}

/**
 * The days that stand, none of a centre that has left the return. Once it is closed, asking how she is goes on; where it was
 * cancelled nothing does.
 */
export function stayDaysOf(state: State): readonly StayDay[] {
  if (state.phase === 'cancelled') return []
  const on = addressed(state)
  return state.stayDays.filter(
    ({ party, item }) => on.includes(party) && (state.phase !== 'closed' || item === 'follow-up'),
  )
}
