import { isOwner } from '../../../schemas/commands/commands.ts'
import type { StayItem } from '../../../schemas/events/watch-events.ts'
import { beforeLeaving, openAlert, overPhases } from '../../../schemas/procedure/phases.ts'
import { procedureOf, type StepName, stepNames } from '../../../schemas/procedure/procedure.ts'
import { kindOf, type PartyId, type PartyKind } from '../../../schemas/values/parties.ts'
import { isHelper } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import type { State } from '../state.ts'
import { stayDaysOf } from './stay.ts'
import { afterLeaving, mayBegin, ownerOn } from './steps.ts'

/**
 * The steps that have begun and are not done, the earliest first: which kind of party does each, and when it is due. There
 * is none while a return is cancelled or closed; they are due again once it is reopened. Once the person has left, the
 * steps before leaving are not due any more. A party that is not on the return, or only accompanies the person, has none.
 */
export function dueOf(state: State): { step: StepName | 'ask-person'; owner: PartyKind; day: string }[] {
  const { phase, due, toAsk } = state
  if (overPhases.includes(phase)) return []
  const procedure = procedureOf(state.procedure)
  const hasLeft = !beforeLeaving.includes(phase)
  const steps = [...due]
    .filter(([step]) => !hasLeft || afterLeaving.includes(step))
    .flatMap(([step, day]) => {
      const owner = ownerOn(procedure, step, state)
      return owner ? [{ step, owner, day }] : []
    })
  const asking = toAsk ? [{ step: 'ask-person' as const, owner: kindOf(askerOf(state)), day: toAsk.day }] : []
  return [...steps, ...asking].sort((a, b) => a.day.localeCompare(b.day))
}

/**
 * The party that asks the person anew, where a basis waits for her answer: the responsible one, unless it is of a kind that
 * records no basis.
 */
export function askerOf(state: State): PartyId {
  const { responsible, basis } = state
  const canRecord = (party: PartyId) =>
    isOwner(kindOf(party), 'agree') && basis.get(party) !== 'accompanying' && !isHelper(state, party)
  return [responsible, ...addressed(state)].find(canRecord) ?? responsible
}

/**
 * The steps without a deadline that have begun: what comes before them is done, and they are not. They are not in `due`,
 * which has days alone.
 */
export function undatedSteps(state: State): { step: StepName; owner: PartyKind }[] {
  const { phase, done } = state
  if (overPhases.includes(phase) || openAlert.some((open) => open === phase)) return []
  const procedure = procedureOf(state.procedure)
  const all = Object.values(procedure.steps)
  const hasLeft = !beforeLeaving.includes(phase)
  const begun = stepNames.filter(
    (step) =>
      all.every((ofCategory) => ofCategory[step].deadline === undefined) &&
      all.some((ofCategory) => ofCategory[step].after.every((before) => done.has(before))) &&
      !done.has(step) &&
      mayBegin(step, state) &&
      (!hasLeft || afterLeaving.includes(step)),
  )
  return begun.flatMap((step) => {
    const owner = ownerOn(procedure, step, state)
    return owner ? [{ step, owner }] : []
  })
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
    overPhases.includes(state.phase) ? undefined : state.nextSteps.get(party),
    ...tasksDue(state).flatMap(({ to, until }) => (to === party ? [until] : [])),
    ...stayDaysOf(state).flatMap((stayDay) => (stayDay.party === party ? [stayDay.day] : [])),
  ]
  return days.filter((day) => day !== undefined).sort()[0]
}

/** The tasks that have a last day. Those that go on once the return is over are due then too. */
function tasksDue({ tasks }: State) {
  return tasks.flatMap(({ to, until }) => (until ? [{ to, until }] : []))
}
