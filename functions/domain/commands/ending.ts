import { refusal } from '../../../schemas/api/problems.ts'
import { commandShape, type LaterCommandName } from '../../../schemas/commands/commands.ts'
import type { endingCommands } from '../../../schemas/commands/ending.ts'
import { excludeAtEnd } from '../access/exclusion.ts'
import { lockOf, sectionsWithoutReader } from '../access/retention.ts'
import type { RulesOf, Situation } from '../rule.ts'

/** What an ending says of the sections that nobody can read once its helpers have left. */
export function lockAtEnd<N extends LaterCommandName>({
  state,
  command: { name, at, config },
}: Pick<Situation<N>, 'state' | 'command'>) {
  const { after } = excludeAtEnd(state, commandShape(name).to)
  return after ? lockOf(sectionsWithoutReader(state, after), at, config.lockDays) : {}
}

export const endingRules: RulesOf<keyof typeof endingCommands> = {
  cancel: {
    target(state, command) {
      if (state.phase === 'cancelled') throw refusal('nothing-to-do')
      return excludeAtEnd(state, commandShape(command.name).to)
    },
    data: lockAtEnd,
  },
  close: { data: lockAtEnd },
  reopen: {},
}
