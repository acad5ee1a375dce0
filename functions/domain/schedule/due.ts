import type { StayItem } from '../../../schemas/events/watch-events.ts'
import { openAlert, overPhases } from '../../../schemas/procedure/phases.ts'
import { ownerOf, procedureOf, type StepName, stepNames } from '../../../schemas/procedure/procedure.ts'
import { kindOf, type PartyId, type PartyKind } from '../../../schemas/values/parties.ts'
import { isHelper } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import type { State } from '../state.ts'
import { stayDaysOf } from './stay.ts'
import { mayBegin } from './steps.ts'

/** The steps after the person has left. */
const afterLeaving = stepNames.slice(stepNames.indexOf('depart') + 1)

/**
 * The steps that have begun and are not done, the earliest first: which kind of party does each, and when it is due. There
 * is none while a return is cancelled or closed; they are due again once it is reopened. Once the person has left, the
 * steps before leaving are not due any more. A party that is not on the return, or only accompanies the person, has none.
 */
export function dueOf(state: State): { step: StepName | 'ask-person'; owner: PartyKind; day: string }[] {
  const { phase, due, basis, arranger, responsible, toAsk } = state
  if (overPhases.includes(phase)) return []
  const procedure = procedureOf(state.procedure)
  const kinds = addressed(state)
    .filter((party) => basis.get(party) !== 'accompanying')
    .map(kindOf)
  const hasLeft = phase === 'travelling' || phase === 'arrived' || phase === 'received'
  const steps = [...due]
    .filter(([step]) => !hasLeft || afterLeaving.includes(step))
    .map(([step, day]) => ({ step, owner: ownerOf(procedure, step, kindOf(arranger)), day }))
    .filter(({ owner }) => kinds.includes(owner))
  const asking = toAsk ? [{ step: 'ask-person' as const, owner: kindOf(responsible), day: toAsk.day }] : []
  return [...steps, ...asking].sort((a, b) => a.day.localeCompare(b.day))
}

/**
 * The steps without a deadline that have begun: what comes before them is done, and they are not. They are not in `due`,
 * which has days alone.
 */
export function beginsUndated(state: State): StepName[] {
  const { phase, done, ruling } = state
  if (overPhases.includes(phase) || openAlert.some((open) => open === phase)) return []
  const all = Object.values(procedureOf(state.procedure).steps)
  const hasLeft = phase === 'travelling' || phase === 'arrived' || phase === 'received'
  return stepNames.filter(
    (step) =>
      all.every((ofCategory) => ofCategory[step].deadline === undefined) &&
      all.some((ofCategory) => ofCategory[step].after.every((before) => done.has(before))) &&
      !done.has(step) &&
      mayBegin(step, ruling) &&
      (!hasLeft || afterLeaving.includes(step)),
  )
}

/** Something that is due of a return: which kind of party does it, and when. */
interface Due {
  step: StepName | 'ask-person' | 'task' | StayItem
  owner: PartyKind
  day: string
}

/**
 * All that is due of a return, as a party sees it: steps, tasks with a last day, days of a stay; the earliest first. A
 * helper sees its own tasks alone, and no day of a stay.
 */
export function dueFor(state: State, party: PartyId): Due[] {
  const helps = isHelper(state, party)
  const tasks = tasksDue(state).filter(({ to }) => !helps || to === party)
  const stay = helps ? [] : stayDaysOf(state)
  return [
    ...dueOf(state),
    ...tasks.map(({ to, until }) => ({ step: 'task' as const, owner: kindOf(to), day: until })),
    ...stay.map((stayDay) => ({ step: stayDay.item, owner: kindOf(stayDay.party), day: stayDay.day })),
  ].sort((a, b) => a.day.localeCompare(b.day))
}

/**
 * The earliest day on which something is due of a party: a step of the procedure, the step that it noted for itself, a
 * task, a day of a stay. A helper has no step of the procedure.
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

/** The tasks that have a last day; none while the return is over. */
function tasksDue({ phase, tasks }: State) {
  if (phase === 'cancelled' || phase === 'closed') return []
  return tasks.flatMap(({ to, until }) => (until ? [{ to, until }] : []))
}
