import { refusal } from '../../schemas/api/problems.ts'
import { commandShape, commands } from '../../schemas/commands/commands.ts'
import type { Facts } from './access/opened-sections.ts'
import type { LaterCommand } from './command.ts'
import { ruleOf } from './commands/rules.ts'
import { closedGates } from './gates/gates.ts'
import { contentsOf, type Decision, type Plan } from './plan.ts'
import type { Situation } from './rule.ts'
import { begunSteps } from './schedule/begun-steps.ts'
import type { Folded } from './state.ts'

/**
 * What the event of a command says in clear: ids, codes and days that are due. Of a fact also the classes that its author
 * did not see; of an event that finishes a step, the steps that begin.
 */
function dataOf(situation: Situation<LaterCommand['name']>): Decision['data'] {
  const { state, facts, command, plan } = situation
  const rule = ruleOf(command.name)
  const isFact = commandShape(command.name).states === 'fact'
  const own = rule.data?.(situation)
  const steps = begunSteps(state, facts, command, rule.ruling ?? state.ruling)
  const days = rule.due?.(state, command) ?? []
  return {
    ...(isFact ? { unseen: plan.uses.filter((cls) => facts.unseen.includes(cls)) } : {}),
    ...own,
    ...(steps || days.length > 0 ? { due: [...(steps ?? []), ...days] } : {}),
  }
}

/**
 * Decides on a command, by the plan that was made for it (`planCommand`): an event's content, or a refusal. Throws
 * not-readable, gate-closed, guardian-suspected, nothing-to-do and bad-input. A fact is refused by nothing but a closed
 * return. `granted`: the sections of the plan's grants that the author can wrap.
 */
export function decide(
  state: Folded,
  facts: Facts,
  command: LaterCommand,
  plan: Plan,
  granted: readonly string[] = [],
): Decision {
  const unread = plan.needs.filter((cls) => facts.unseen.includes(cls))
  if (unread.length > 0) throw refusal('not-readable', { fields: unread })
  const gates = closedGates(command, state, facts)
  if (gates.length > 0) throw refusal('gate-closed', { gates })
  const situation = { state, facts, command, plan, granted }
  const data = dataOf(situation)
  const rule = ruleOf(command.name)
  const settled = rule.settle?.(situation) ?? plan
  return {
    ...settled,
    type: commands[command.name].event,
    data,
    contents: contentsOf(command.body, settled, rule.contents?.(state, facts, command)),
  }
}
