import type { StoredEvent } from '../../../schemas/events/events.ts'
import { beforeLeaving, type Phase } from '../../../schemas/procedure/phases.ts'
import { procedureOf, type StepName, stepNames, stepsDoneBy } from '../../../schemas/procedure/procedure.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** A place at a centre: the event that took it is its name, wherever what is taken is written down. */
export interface PlaceHeld {
  by: PartyId
  /** The day on which it runs out if nobody has come. */
  until: string
  seq: number
}

/** Of a return's state, what its steps are reckoned from. */
export interface Course {
  /** The version of the procedure that it began with. */
  procedure: string
  /** The steps that are done, and the days on which those are due that have begun. */
  done: ReadonlySet<StepName>
  due: ReadonlyMap<StepName, string>
  phase: Phase
  identityConfirmed: boolean
  documentIssued: boolean
  riskAssessed: boolean
  ruling?: 'approved' | 'refused' | 'on-hold'
  funded: boolean
  /** The place that is held, or in which she stays: by which event, and until when it waits for her. */
  placeHeld?: PlaceHeld
}

/** What a step has led to; while it does not stand, the step is to be done again. */
const stands: { readonly [S in StepName]?: (course: Course) => boolean } = {
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

/** What nobody has to do while the ministry's answer is no. */
const stopped: readonly StepName[] = ['fund', 'plan-travel', 'hold-place', 'confirm-travel']

/** Whether a step can be due after a ruling. */
export function mayBegin(step: StepName, ruling: Course['ruling']): boolean {
  return ruling !== 'refused' || !stopped.includes(step)
}

const isStep = (step: string): step is StepName => (stepNames as readonly string[]).includes(step)

/** The steps that an event says are due, with their days. */
export function dueIn({ data }: StoredEvent): Map<StepName, string> {
  const due = ('due' in data && data.due) || []
  return new Map(due.flatMap(({ step, day }): [StepName, string][] => (isStep(step) ? [[step, day]] : [])))
}

/** Of a day that was said twice the earlier: nobody gains time by telling a fact again. */
function earliest(
  known: ReadonlyMap<StepName, string>,
  told: ReadonlyMap<StepName, string>,
): [StepName, string][] {
  const sooner = ([step, day]: [StepName, string]): [StepName, string] => {
    const before = known.get(step)
    return [step, before !== undefined && before < day ? before : day]
  }
  return [...known, ...[...told].map(sooner)]
}

/** The steps that are done after an event, and those that are due: `course` is where the event has led. */
export function stepsAfter(course: Course, event: StoredEvent): Pick<Course, 'done' | 'due'> {
  const procedure = procedureOf(course.procedure)
  // Once she has left, nothing before is done again.
  const again = (step: StepName) =>
    beforeLeaving.includes(course.phase) && stands[step] !== undefined && !stands[step](course)
  const done = new Set([...course.done, ...stepsDoneBy(procedure, event.type)].filter((step) => !again(step)))
  const ready = (step: StepName) =>
    Object.values(procedure.steps).some((own) => own[step].after.every((one) => done.has(one)))
  const due = new Map(
    earliest(course.due, dueIn(event)).filter(
      ([step]) => !done.has(step) && ready(step) && mayBegin(step, course.ruling),
    ),
  )
  return { done, due }
}
