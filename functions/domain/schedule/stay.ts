import type { EventType } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { type StayItem, stayItems } from '../../../schemas/events/watch-events.ts'
import type { Content } from '../../../schemas/sections/sections.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { CurrentSection } from '../access/current-sections.ts'
import { addressed } from '../access/readers.ts'
import type { State, StayDay } from '../state.ts'

type Services = Content<'care', 'intake' | 'services'>['services']
type Due = { step: StayItem; day: string }

/** The days of services, each once; nothing is to be done any more of one that is done or was refused. */
export function daysOfServices(services: Services): Due[] {
  const toDo = services.filter(({ answer }) => answer !== 'done' && answer !== 'refused')
  const days = new Set(toDo.flatMap(({ dueOn }) => dueOn ?? []))
  return [...days].sort().map((day) => ({ step: 'service', day }))
}

/** Whether an amended slot says which services are due: what was offered later stands, whatever the intake has said. */
export function isIntake({ sections }: State, amended: string): boolean {
  return amended === 'intake' && !sections.some(({ cls, slot }) => cls === 'care' && slot === 'services')
}

const atTheCentre: readonly StayItem[] = ['stay', 'service', 'coming-back']

/** The matters whose days an event ends; those that it says itself stand instead. */
const ends: { readonly [T in EventType]?: readonly StayItem[] } = {
  admitted: ['service', 'coming-back'],
  'services-offered': ['service'],
  'stay-planned': ['stay'],
  'followed-up': ['follow-up'],
  'left-centre': atTheCentre,
  'referred-home': atTheCentre,
}

function endedBy(state: State, event: StoredEvent): readonly StayItem[] {
  if (event.type === 'amended') return isIntake(state, event.data.slot) ? ['service'] : []
  return ends[event.type] ?? []
}

/** The slots in which the days of a matter are told. */
const slots: Record<StayItem, readonly string[]> = {
  stay: ['stay-plan'],
  service: ['intake', 'services'],
  'follow-up': ['follow-up'],
  'coming-back': ['leaving'],
}

/** The days of a stay after an event; whoever tells them, they are the centre's. */
export function stayDaysAfter(state: State, event: StoredEvent): readonly StayDay[] {
  const party = [event.by.party, ...addressed(state)].find(
    (one): one is PartyId => one !== 'watch' && kindOf(one) === 'centre',
  )
  const due = ('due' in event.data && event.data.due) || []
  const told = due.flatMap(({ step, day }) =>
    party && isStayItem(step) ? [{ item: step, party, day, seq: event.seq }] : [],
  )
  const ended = endedBy(state, event)
  const gone = event.type === 'struck' ? struck(state.sections, event.data.strikes) : () => false
  return [...state.stayDays.filter((stayDay) => !ended.includes(stayDay.item) && !gone(stayDay)), ...told]
}

const isStayItem = (step: string): step is StayItem => (stayItems as readonly string[]).includes(step)

/** Which days go with sections that are struck: nobody can read any more what was due. */
function struck(sections: readonly CurrentSection[], strikes: readonly string[]): (one: StayDay) => boolean {
  const gone = sections.filter(({ sec }) => strikes.includes(sec))
  return (one) => gone.some(({ slot, seq }) => seq === one.seq && slots[one.item].includes(slot))
}

/** The days that stand: none while the return is over, nor of a centre that is not on it any more. */
export function stayDaysOf(state: State): readonly StayDay[] {
  if (state.phase === 'cancelled' || state.phase === 'closed') return []
  const on = addressed(state)
  return state.stayDays.filter(({ party }) => on.includes(party))
}
