import { refusal } from '../../../schemas/api/problems.ts'
import type { placeCommands } from '../../../schemas/commands/place.ts'
import type { RulesOf } from '../rule.ts'

export const placeRules: RulesOf<keyof typeof placeCommands> = {
  'hold-place': { due: (_state, { body }) => [{ step: 'place-held', day: body.until }] },
  'release-place': {
    target(state, { by }) {
      if (state.placeHeld?.by !== by.party) throw refusal('nothing-to-do')
      return {}
    },
  },
}
