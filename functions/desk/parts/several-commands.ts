import { type CommandName, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { PartyKind } from '../../../schemas/values/parties.ts'

/** Commands that are given for several returns at once, in the order in which they come up. */
export const severalCommands = [
  'acknowledge',
  'accept',
  'plan-travel',
  'depart',
  'arrive',
] as const satisfies readonly CommandName[]
export type SeveralCommand = (typeof severalCommands)[number]

/** The commands that a kind of party may give for several returns; with `phases`, those that one of them can begin from. */
export function severalOf(kind: PartyKind, phases?: readonly Phase[]): SeveralCommand[] {
  const own: readonly CommandName[] = commandsOf(kind)
  return severalCommands.filter(
    (command) => own.includes(command) && (!phases || phases.some((phase) => startsFrom(command, phase))),
  )
}
