import type { callsCommands } from '../../../schemas/commands/calls.ts'
import type { RulesOf } from '../rule.ts'
import { requireTarget } from '../target.ts'

export const callsRules: RulesOf<keyof typeof callsCommands> = {
  'answer-call': {
    target(state, { by, body }) {
      requireTarget(
        state.calls.some(({ seq, party }) => seq === body.call && party === by.party),
        'call',
      )
      return {}
    },
    data: ({ command: { body } }) => ({ call: body.call }),
  },
}
