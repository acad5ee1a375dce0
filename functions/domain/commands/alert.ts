import { refusal } from '../../../schemas/api/problems.ts'
import type { alertCommands } from '../../../schemas/commands/alert.ts'
import { mayAlert } from '../../../schemas/procedure/ways.ts'
import { dataClassNames } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { alertParticipants, passAlert } from '../access/alert-participants.ts'
import { latest } from '../access/opened-sections.ts'
import { addressed } from '../access/readers.ts'
import type { CommandOf } from '../command.ts'
import { contentsOf, type Decision, type Plan, planFirstEvent } from '../plan.ts'
import type { RulesOf } from '../rule.ts'
import { requireTarget } from '../target.ts'
import { type FirstEventIds, urgencyOf } from './request.ts'

/** What an alert takes that goes to a post, or to the consular department. */
export function planAlert(command: CommandOf<'alert'>, post: PartyId): Plan {
  return planFirstEvent(alertParticipants(command.by.party, post), command)
}

/** Decides on an alert. Throws not-yours and bad-input. */
export function decideAlert(
  { by, body, config }: CommandOf<'alert'>,
  plan: Plan,
  { request, log }: FirstEventIds,
  post: PartyId,
): Decision {
  if (!mayAlert(kindOf(by.party), config.partners[by.party])) throw refusal('not-yours')
  const alert = body.case
  if (alert.children > alert.persons) throw refusal('bad-input', { fields: ['case.children'] })
  return {
    ...plan,
    type: 'alerted',
    data: { request, post, urgency: urgencyOf(alert), log },
    contents: contentsOf(body, plan),
  }
}

export const alertRules: RulesOf<keyof typeof alertCommands> = {
  'acknowledge-alert': {},
  'pass-alert': {
    target(state, { by, body: { to }, config }) {
      const { responsible } = state
      requireTarget(config.missions.includes(to) && to !== responsible, 'to')
      // Without the post that has it only where the consular department has said so.
      if (by.party !== responsible && state.moveTo?.to !== to) throw refusal('not-yours')
      const after = passAlert(state, to)
      const leaves = !addressed(after).includes(responsible)
      return {
        for: to,
        after,
        ...(addressed(state).includes(to) ? {} : { joins: to }),
        ...(leaves ? { destroys: { wraps: [{ holder: responsible, classes: dataClassNames }] } } : {}),
      }
    },
    data: ({ command: { body } }) => ({ to: body.to }),
    // The same words, sealed anew for the post that has it now.
    contents: (_state, facts) => ({
      case: latest(facts, 'case', 'alert'),
      contacts: latest(facts, 'contacts', 'callback'),
    }),
  },
  'become-request': {},
  'close-alert': {},
}
