import type { decisionCommands } from '../../../schemas/commands/decision.ts'
import type { RulesOf } from '../rule.ts'

export const decisionRules: RulesOf<keyof typeof decisionCommands> = {
  'assess-risk': {},
  approve: {},
  refuse: {},
  hold: {},
  fund: {},
}
