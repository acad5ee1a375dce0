import { type CommandName, commandShape, commands, shapeBehind } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { written } from '../access/current-sections.ts'
import type { LaterCommand } from '../command.ts'
import { slotsByRow } from '../plan.ts'
import { ruleOf } from './rules.ts'

/** Commands that one party gives for itself alone: what another party does of the same kind is no conflict. */
const ownOnly: readonly CommandName[] = ['take', 'assign']

/** Commands about the same thing, which have no slot of their own. */
const alike: readonly (readonly CommandName[])[] = [
  ['take', 'assign'],
  ['hold-place', 'release-place'],
  ['hand-over-case', 'accept-case', 'move-case'],
]

/** Classes of which each section stands by itself. */
const byThemselves: readonly string[] = ['talk', 'note', 'label']

/** The slots that a command writes anew. What stands beside others replaces nothing. */
function replacedBy(command: LaterCommand): string[] {
  const { beside, states } = commandShape(command.name)
  if (beside || states === 'fact') return []
  const slots = ruleOf(command.name).slots?.(command) ?? slotsByRow(command.name, command.body)
  return slots.flatMap(([cls, slot]) => (byThemselves.includes(cls) ? [] : [`${cls}/${slot}`]))
}

/** Whether an event did what a command of the same kind is about to do. */
function isOfSameKind(command: LaterCommand, event: StoredEvent): boolean {
  const { name, by } = command
  if (ownOnly.includes(name) && event.by.party !== by.party) return false
  const slots = slotsByRow(name, command.body)
  // Questions and notes are many, and none stands for another; so are amendments, of different slots.
  if (
    name === 'amend' ||
    commandShape(name).beside ||
    slots.some(([cls]) => cls === 'talk' || cls === 'note')
  )
    return false
  const names = alike.find((group) => group.includes(name)) ?? [name]
  return names.some((each) => commands[each].event === event.type)
}

/**
 * Of the events that a command's author had not read, those that touch the same: they wrote a slot which it writes anew, or
 * did the same. Whatever else has happened meanwhile is no reason to refuse it: it is decided on what stands now.
 */
export function conflictsWith(command: LaterCommand, unread: readonly StoredEvent[]): StoredEvent[] {
  const places = replacedBy(command)
  return unread.filter(
    (event) =>
      isOfSameKind(command, event) ||
      written(event).some(({ cls, slot }) => places.includes(`${cls}/${slot}`)),
  )
}

/** Of the events that a command's author had not read, those that have moved the return to another phase. */
export function movesIn(unread: readonly StoredEvent[]): StoredEvent[] {
  const moving: readonly string[] = ['refused', 'reopened', 'arranger-chosen', 'amended', 'did-not-come']
  return unread.filter(({ type }) => shapeBehind(type)?.to !== undefined || moving.includes(type))
}
