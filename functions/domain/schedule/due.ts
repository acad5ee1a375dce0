import type { StayItem } from '../../../schemas/events/watch-events.ts'
import { overPhases } from '../../../schemas/procedure/phases.ts'
import { ownerOf, procedureOf, type StepName, stepNames } from '../../../schemas/procedure/procedure.ts'
import { kindOf, type PartyId, type PartyKind } from '../../../schemas/values/parties.ts'
import { isHelper } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import type { State } from '../state.ts'
import { stayDaysOf } from './stay.ts'

/**
 * The steps that have begun and are not done, the first due first: whose they are, and when they are due. None while
 * a return is cancelled or closed (they are due again when it is reopened); once she has left, none of what comes
 * before leaving; never a step of somebody who is not on the return, or only goes on reading the journey.
 */
export function dueOf(state: State): { step: StepName | 'ask-person'; owner: PartyKind; day: string }[] {
  const { phase, due } = state
  if (overPhases.includes(phase)) return []
  const kept = procedureOf(state.procedure)
  const kinds = addressed(state)
    .filter((party) => state.basis.get(party) !== 'accompanying')
    .map(kindOf)
  const left = phase === 'travelling' || phase === 'arrived' || phase === 'received'
  const isAhead = (step: StepName) => !left || stepNames.indexOf(step) > stepNames.indexOf('depart')
  const steps = [...due]
    .filter(([step]) => isAhead(step))
    .map(([step, day]) => ({ step, owner: ownerOf(kept, step, kindOf(state.arranger)), day }))
    .filter(({ owner }) => kinds.includes(owner))
  const asking = state.toAsk
    ? [{ step: 'ask-person' as const, owner: kindOf(state.responsible), day: state.toAsk.day }]
    : []
  return [...steps, ...asking].sort((a, b) => a.day.localeCompare(b.day))
}

/** Something that is due of a return, whose it is, and when. */
interface Due {
  step: StepName | 'ask-person' | 'task' | StayItem
  owner: PartyKind
  day: string
}

/**
 * All that is due of a return, as a party sees it: steps, tasks that are to end, days of a stay; the first due first. Who
 * is there for its tasks alone sees of tasks its own, and nothing of a stay.
 */
export function dueFor(state: State, party: PartyId): Due[] {
  const own = isHelper(state, party)
  const tasks = tasksDue(state).filter(({ to }) => !own || to === party)
  const stay = own ? [] : stayDaysOf(state)
  return [
    ...dueOf(state),
    ...tasks.map(({ to, until }) => ({ step: 'task' as const, owner: kindOf(to), day: until })),
    ...stay.map((one) => ({ step: one.item, owner: kindOf(one.party), day: one.day })),
  ].sort((a, b) => a.day.localeCompare(b.day))
}

/**
 * The nearest day that a party has before it: of a step of the procedure that is its own, of the step that it noted, of a
 * task that it has, of a stay. Who is there for its tasks alone has no step of the procedure.
 */
export function nextDayOf(state: State, party: PartyId): string | undefined {
  const steps = isHelper(state, party) ? [] : dueOf(state).filter(({ owner }) => owner === kindOf(party))
  const days = [
    ...steps.map(({ day }) => day),
    state.nextSteps.get(party),
    ...tasksDue(state).flatMap(({ to, until }) => (to === party ? [until] : [])),
    ...stayDaysOf(state).flatMap((stayDay) => (stayDay.party === party ? [stayDay.day] : [])),
  ]
  return days.filter((day) => day !== undefined).sort()[0]
}

/** The tasks that are to end on a day; while the return is over nobody is late with one. */
function tasksDue({ phase, tasks }: State) {
  if (phase === 'cancelled' || phase === 'closed') return []
  return tasks.flatMap(({ to, until }) => (until ? [{ to, until }] : []))
}
