import { type CommandName, commands } from '../../../schemas/commands/commands.ts'
import type { Phase } from '../../../schemas/procedure/phases.ts'
import { type Case, contents } from './contents.ts'

/** Who gives a command: the post that filed, or one of the others by the name of its user. */
export type By = 'post' | 'iom' | 'centre' | 'ministry' | 'consular'

export interface Step {
  by: By
  name: CommandName
  /** Only on some returns. */
  when?: (one: Case) => boolean
}

const isChild = ({ said }: Case) => said.age < 18
const toTheCentre = ({ said }: Case) => said.reception === 'centre'

/** The way of an ordinary return, from filing to its end. */
const ordinary: readonly Step[] = [
  { by: 'iom', name: 'acknowledge' },
  { by: 'iom', name: 'accept' },
  { by: 'post', name: 'confirm-identity' },
  { by: 'post', name: 'issue-document' },
  { by: 'iom', name: 'assess-risk' },
  { by: 'post', name: 'amend', when: ({ said }) => said.category === 'person-in-difficulty' },
  { by: 'ministry', name: 'approve' },
  { by: 'ministry', name: 'fund' },
  { by: 'iom', name: 'plan-travel' },
  { by: 'centre', name: 'hold-place', when: (one) => toTheCentre(one) && one.room !== undefined },
  { by: 'iom', name: 'assess-child', when: isChild },
  { by: 'iom', name: 'confirm-travel' },
  { by: 'post', name: 'check-exit' },
  { by: 'iom', name: 'clear-to-leave' },
  { by: 'post', name: 'depart' },
  { by: 'iom', name: 'arrive' },
  { by: 'centre', name: 'admit', when: toTheCentre },
  { by: 'centre', name: 'refer-home', when: (one) => !toTheCentre(one) },
  { by: 'centre', name: 'leave-centre', when: toTheCentre },
  { by: 'centre', name: 'close' },
]

/** The steps up to the one that leads to a phase; a place that is held and a child that is assessed belong to the plan. */
export function stepsTo(phase: Phase, one: Case): Step[] {
  const own = ordinary.filter(({ when }) => when?.(one) ?? true)
  const leads = ({ name }: Step) => 'to' in commands[name] && commands[name].to === phase
  const last = own.findIndex(leads)
  const withPlan = phase === 'planned' ? own.findIndex(({ name }) => name === 'confirm-travel') - 1 : last
  return phase === 'filed' ? [] : own.slice(0, Math.max(last, withPlan) + 1)
}

/** The body of a step's command, for one return. */
export function bodyOf({ name }: Step, one: Case): unknown {
  const made: Partial<Record<CommandName, (one: Case) => unknown>> = contents
  return made[name]?.(one) ?? {}
}
