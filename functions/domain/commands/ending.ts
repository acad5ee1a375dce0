import { refusal } from '../../../schemas/api/problems.ts'
import { commandShape } from '../../../schemas/commands/commands.ts'
import type { endingCommands } from '../../../schemas/commands/ending.ts'
import { excludeAccompanying } from '../access/exclusion.ts'
import type { RulesOf } from '../rule.ts'

export const endingRules: RulesOf<keyof typeof endingCommands> = {
  cancel: {
    target(state, command) {
      if (state.phase === 'cancelled') throw refusal('nothing-to-do')
      return excludeAccompanying(state, commandShape(command.name).to)
    },
  },
  close: {},
  reopen: {},
}
