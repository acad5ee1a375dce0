import { refusal } from '../../schemas/api/problems.ts'
import { type CommandEvent, commandShape, commands } from '../../schemas/commands/commands.ts'
import { eventData } from '../../schemas/events/event-data.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { requireTrustedGuardian } from './access/guardian-word.ts'
import type { Facts } from './access/opened-sections.ts'
import type { LaterCommand } from './command.ts'
import { ruleOf } from './commands/rules.ts'
import { evolve } from './evolve.ts'
import { closedGates } from './gates/gates.ts'
import { contentsOf, type Decision, type Plan } from './plan.ts'
import type { Situation } from './rule.ts'
import { stepsMovedBy } from './schedule/begun-steps.ts'
import type { Folded } from './state.ts'

/**
 * What the event of a command says in clear: ids, codes and days that are due. Of a fact also the classes that its author
 * did not see; of an event that may move steps, the steps that begin and end with it.
 */
function dataOf(situation: Situation<LaterCommand['name']>): Decision['data'] {
  const { state, facts, command, plan } = situation
  const rule = ruleOf(command.name)
  const isFact = commandShape(command.name).states === 'fact'
  const days = rule.due?.(state, command) ?? []
  const own = {
    ...(isFact ? { unseen: plan.uses.filter((cls) => facts.unseen.includes(cls)) } : {}),
    ...rule.data?.(situation),
  }
  const event = commands[command.name].event
  const after = saysSteps(event) && evolve(state, eventAhead(situation, { ...own, due: days }))
  const moved = after ? stepsMovedBy(situation, after) : {}
  return {
    ...own,
    ...(moved.ends ? { ends: moved.ends } : {}),
    ...(moved.due || days.length > 0 ? { due: [...(moved.due ?? []), ...days] } : {}),
  }
}

/** Whether events of a type say which steps begin with them. */
const saysSteps = (type: CommandEvent) => 'ends' in eventData[type].shape

/** The event that a command would become: enough of it for the state to which it leads. */
function eventAhead(
  { state, command: { name, by, at }, plan }: Situation<LaterCommand['name']>,
  data: Decision['data'],
): StoredEvent {
  const sections = plan.seals.map(({ cls }, index) => ({ sec: `ahead-${index}`, cls }))
  const { to, for: spokenTo } = plan
  const event = { v: 1, ret: state.ret, seq: state.version, type: commands[name].event, at, by, to }
  // No reducer looks at digests and keys, which come when the event is written.
  return { ...event, ...(spokenTo ? { for: spokenTo } : {}), sections, data } as unknown as StoredEvent
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
  requireTrustedGuardian(command, facts)
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
