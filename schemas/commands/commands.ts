import type { WatchEvent } from '../events/watch-events.ts'
import { isOpen, type Phase } from '../procedure/phases.ts'
import { alertCommands } from './alert.ts'
import { amendCommands } from './amend.ts'
import { basisCommands } from './basis.ts'
import { callsCommands } from './calls.ts'
import type { CommandShape } from './command-shape.ts'
import { dailyWorkCommands } from './daily-work.ts'
import { decisionCommands } from './decision.ts'
import { endingCommands } from './ending.ts'
import { factCommands } from './facts.ts'
import { identityCommands } from './identity.ts'
import { linkCommands } from './link.ts'
import { placeCommands } from './place.ts'
import { requestCommands } from './request.ts'
import { responsibilityCommands } from './responsibility.ts'
import { stayCommands } from './stay.ts'
import { talkCommands } from './talk.ts'
import { taskCommands } from './tasks.ts'
import { travelCommands } from './travel.ts'
import { wayCommands } from './way.ts'

/** Every command, once: routes, OpenAPI, events, tests and pages derive from these tables. */
export const commands = {
  ...requestCommands,
  ...talkCommands,
  ...identityCommands,
  ...decisionCommands,
  ...placeCommands,
  ...dailyWorkCommands,
  ...amendCommands,
  ...endingCommands,
  ...callsCommands,
  ...travelCommands,
  ...factCommands,
  ...wayCommands,
  ...basisCommands,
  ...taskCommands,
  ...responsibilityCommands,
  ...stayCommands,
  ...alertCommands,
  ...linkCommands,
} as const satisfies Record<string, CommandShape>

export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]
/** The commands that begin a trail, a return's or an alert's: they start from no phase. */
export type FirstCommandName = {
  [N in CommandName]: (typeof commands)[N]['from'] extends readonly [] ? N : never
}[CommandName]
/** The commands that a party gives on a trail that is there. */
export type LaterCommandName = Exclude<CommandName, FirstCommandName>
/** The type of the event that a command becomes. */
export type EventOfCommand<N extends CommandName> = (typeof commands)[N]['event']
/** Types of events that commands become. */
export type CommandEvent = EventOfCommand<CommandName>
export type EventType = CommandEvent | WatchEvent

/** The row of a command, with every column of the table. */
export function commandShape(command: CommandName): CommandShape {
  return commands[command]
}

/** Whether a command starts from a phase. */
export function startsFrom(command: CommandName, phase: Phase): boolean {
  const { from } = commandShape(command)
  return from === 'open' ? isOpen(phase) : from.includes(phase)
}

/** The command that an event of a type came from. */
export const commandOf = Object.fromEntries(
  commandNames.map((name) => [commands[name].event, name]),
) as Record<CommandEvent, CommandName>

/** The row of the command that an event of any type came from; none for what `watch` writes by itself. */
export function shapeBehind(type: EventType): CommandShape | undefined {
  const behind: Partial<Record<EventType, CommandName>> = commandOf
  const name = behind[type]
  return name && commandShape(name)
}

/** Whether a command begins a trail: a return's, or an alert's. */
export function begins(name: CommandName): name is FirstCommandName {
  return commandShape(name).from.length === 0
}

/** Whether a command is among those that a kind of party has. */
export function isOwner(kind: string, name: CommandName): boolean {
  return (commands[name].owners as readonly string[]).includes(kind)
}

/** The commands that a kind of party gives on a return or an alert that is there. */
export function commandsOf(kind: string): CommandName[] {
  return commandNames.filter((name) => {
    const { withFiling, withDecision } = commandShape(name)
    return !begins(name) && !withFiling && !withDecision && isOwner(kind, name)
  })
}
