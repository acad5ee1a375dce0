import { type CommandName, commands } from '../../../schemas/commands/commands.ts'
import type { Phase } from '../../../schemas/procedure/phases.ts'
import { commandBodies, type SampleReturn } from './command-bodies.ts'

/** Who gives a command: the post that filed the request, or another party by the name of its user. */
export type CommandGiver = 'post' | 'iom' | 'iom-duty' | 'centre' | 'ministry' | 'consular'

export interface CourseStep {
  by: CommandGiver
  name: CommandName
  /** The returns that have the step; without it all. */
  when?: (sample: SampleReturn) => boolean
}

const isChild = ({ situation }: SampleReturn) => situation.age < 18
const goesToCentre = ({ situation }: SampleReturn) => situation.reception === 'centre'

/** The steps of an ordinary return after filing, to its end. */
const ordinaryCourse: readonly CourseStep[] = [
  { by: 'iom', name: 'acknowledge' },
  { by: 'iom', name: 'accept' },
  { by: 'post', name: 'confirm-identity' },
  { by: 'post', name: 'issue-document' },
  // Who confirms the journey has not assessed its risk.
  { by: 'iom-duty', name: 'assess-risk' },
  { by: 'post', name: 'amend', when: ({ situation }) => situation.category === 'person-in-difficulty' },
  { by: 'ministry', name: 'approve' },
  { by: 'ministry', name: 'fund' },
  { by: 'iom', name: 'plan-travel' },
  { by: 'centre', name: 'hold-place', when: (sample) => goesToCentre(sample) && sample.room !== undefined },
  { by: 'iom', name: 'assess-child', when: isChild },
  { by: 'iom', name: 'confirm-travel' },
  { by: 'post', name: 'check-exit' },
  { by: 'iom', name: 'clear-to-leave' },
  { by: 'post', name: 'depart' },
  { by: 'iom', name: 'arrive' },
  { by: 'centre', name: 'admit', when: goesToCentre },
  { by: 'centre', name: 'refer-home', when: (sample) => !goesToCentre(sample) },
  { by: 'centre', name: 'leave-centre', when: goesToCentre },
  { by: 'centre', name: 'close' },
]

/** The steps up to the step that leads to a phase. A plan includes the bed hold and the assessment of a child. */
export function stepsTo(phase: Phase, sample: SampleReturn): CourseStep[] {
  const steps = ordinaryCourse.filter(({ when }) => when?.(sample) ?? true)
  const leads = ({ name }: CourseStep) => 'to' in commands[name] && commands[name].to === phase
  const last = steps.findIndex(leads)
  const withPlan = phase === 'planned' ? steps.findIndex(({ name }) => name === 'confirm-travel') - 1 : last
  return phase === 'filed' ? [] : steps.slice(0, Math.max(last, withPlan) + 1)
}

/** The body of a step's command. */
export function commandBody({ name }: CourseStep, sample: SampleReturn): unknown {
  const bodies: Partial<Record<CommandName, (sample: SampleReturn) => unknown>> = commandBodies
  return bodies[name]?.(sample) ?? {}
}
