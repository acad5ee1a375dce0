import type { LaterCommandName } from '../../../schemas/commands/commands.ts'
import type { Rule, RulesOf } from '../rule.ts'
import { alertRules } from './alert.ts'
import { amendRules } from './amend.ts'
import { basisRules } from './basis.ts'
import { callsRules } from './calls.ts'
import { dailyWorkRules } from './daily-work.ts'
import { decisionRules } from './decision.ts'
import { endingRules } from './ending.ts'
import { factRules } from './facts.ts'
import { identityRules } from './identity.ts'
import { linkRules } from './link.ts'
import { placeRules } from './place.ts'
import { requestRules } from './request.ts'
import { responsibilityRules } from './responsibility.ts'
import { stayRules } from './stay.ts'
import { talkRules } from './talk.ts'
import { taskRules } from './tasks.ts'
import { travelRules } from './travel.ts'
import { wayRules } from './way.ts'

/** The rule of every command that is given on a trail; one that is missing fails the type checker. */
export const rules = {
  ...requestRules,
  ...talkRules,
  ...identityRules,
  ...decisionRules,
  ...placeRules,
  ...dailyWorkRules,
  ...amendRules,
  ...endingRules,
  ...callsRules,
  ...travelRules,
  ...factRules,
  ...wayRules,
  ...basisRules,
  ...taskRules,
  ...responsibilityRules,
  ...stayRules,
  ...alertRules,
  ...linkRules,
} satisfies RulesOf<LaterCommandName>

const ruleOfEach: { readonly [N in LaterCommandName]: Rule<N> } = rules

/** The rule of a command. */
export function ruleOf<N extends LaterCommandName>(name: N): Rule<N> {
  return ruleOfEach[name]
}
