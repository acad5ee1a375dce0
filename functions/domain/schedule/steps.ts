import { commandOf, isOwner } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { beforeLeaving } from '../../../schemas/procedure/phases.ts'
import {
  ownersOf,
  type Procedure,
  procedureOf,
  type StepName,
  stepNames,
  stepsDoneBy,
} from '../../../schemas/procedure/procedure.ts'
import { kindOf, type PartyId, type PartyKind } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import type { Participants, State } from '../state.ts'

/** What of a return's state decides which of its steps are done and due. */
type Progress = Pick<
  State,
  | 'procedure'
  | 'done'
  | 'due'
  | 'phase'
  | 'identityConfirmed'
  | 'documentIssued'
  | 'riskAssessed'
  | 'ruling'
  | 'funded'
  | 'placeHeld'
>

/** Whether the result of a step still stands; where it does not, the step has to be done again. */
const hasResult: { readonly [S in StepName]?: (progress: Progress) => boolean } = {
  acknowledge: ({ phase }) => !['filed', 'sent-back'].includes(phase),
  accept: ({ phase }) => !['filed', 'acknowledged', 'sent-back'].includes(phase),
  'confirm-identity': ({ identityConfirmed }) => identityConfirmed,
  'issue-document': ({ documentIssued }) => documentIssued,
  'assess-risk': ({ riskAssessed }) => riskAssessed,
  fund: ({ funded }) => funded,
  'plan-travel': ({ phase }) => ['planned', 'confirmed'].includes(phase),
  'hold-place': ({ placeHeld }) => placeHeld !== undefined,
  'confirm-travel': ({ phase }) => phase === 'confirmed',
}

/** The steps after the person has left. */
export const afterLeaving: readonly StepName[] = stepNames.slice(stepNames.indexOf('depart') + 1)

/** The steps that nobody has to do while the ministry's answer is no. */
const stoppedByRefusal: readonly StepName[] = ['fund', 'plan-travel', 'hold-place', 'confirm-travel']

/** Whether a step can be due: not against the ministry's no. What was sent back is its filer's to put right. */
export function mayBegin(step: StepName, { ruling, phase }: Pick<State, 'ruling' | 'phase'>): boolean {
  if (phase === 'sent-back' && step === 'acknowledge') return false
  return ruling !== 'refused' || !stoppedByRefusal.includes(step)
}

/**
 * The kind of party on a return whose a step is: its owner or, where none is on the return or has a command to do it with,
 * the one that the procedure names in its place. A party that only accompanies the person has no step. None where nobody
 * was asked.
 */
export function ownerOn(
  procedure: Procedure,
  step: StepName,
  participants: Participants,
): PartyKind | undefined {
  const { arranger, basis } = participants
  const kinds = addressed(participants)
    .filter((party) => basis.get(party) !== 'accompanying')
    .map(kindOf)
  const finishing = procedure.steps.victim[step].done.map((event) => commandOf[event])
  return ownersOf(procedure, step, kindOf(arranger)).find(
    (kind) => kinds.includes(kind) && finishing.some((name) => isOwner(kind, name)),
  )
}

/** Whether a party files for persons who are home already; a mission files for persons abroad. */
export const filesForPersonsAtHome = (party: PartyId) => kindOf(party) !== 'mission'

/** The steps that are done when a party files: a person who is home has only to be received. */
export function stepsDoneAtFiling(party: PartyId): readonly StepName[] {
  return filesForPersonsAtHome(party) ? stepNames.slice(0, stepNames.indexOf('receive')) : []
}

const isStep = (step: string): step is StepName => (stepNames as readonly string[]).includes(step)

/** The steps that an event says are due, with their days. */
export function dueIn({ data }: StoredEvent): Map<StepName, string> {
  const due = ('due' in data && data.due) || []
  return new Map(due.flatMap(({ step, day }): [StepName, string][] => (isStep(step) ? [[step, day]] : [])))
}

/** The days of all steps. Where a step has two days the earlier counts: nobody gains time by stating a fact again. */
function earliestDays(
  known: ReadonlyMap<StepName, string>,
  added: ReadonlyMap<StepName, string>,
): [StepName, string][] {
  const earlier = ([step, day]: [StepName, string]): [StepName, string] => {
    const before = known.get(step)
    return [step, before !== undefined && before < day ? before : day]
  }
  return [...known, ...[...added].map(earlier)]
}

/** The steps that are done and due after an event; `progress` is the state to which the event has led. */
export function stepsAfter(progress: Progress, event: StoredEvent): Pick<State, 'done' | 'due'> {
  const procedure = procedureOf(progress.procedure)
  // Once the person has left, no step before that is done again.
  const isUndone = (step: StepName) =>
    beforeLeaving.includes(progress.phase) && hasResult[step] !== undefined && !hasResult[step](progress)
  const done = new Set(
    [...progress.done, ...stepsDoneBy(procedure, event.type)].filter((step) => !isUndone(step)),
  )
  const isReady = (step: StepName) =>
    Object.values(procedure.steps).some((ofCategory) =>
      ofCategory[step].after.every((before) => done.has(before)),
    )
  const ended: readonly StepName[] = ('ends' in event.data && event.data.ends) || []
  const due = new Map(
    earliestDays(progress.due, dueIn(event)).filter(
      ([step]) => !done.has(step) && isReady(step) && !ended.includes(step) && mayBegin(step, progress),
    ),
  )
  return { done, due }
}
