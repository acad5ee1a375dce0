import { refusal } from '../../schemas/api/problems.ts'
import { type Command, sent } from './command.ts'
import { type DueOfStay, daysOfServices, isServiceAmendment } from './schedule/stay.ts'
import type { State } from './state.ts'

/**
 * The days of a stay that a command notes, as its event says them in clear. Throws bad-input where a stay is planned
 * longer than before without a reason.
 */
export function stayDue(state: State, command: Command): DueOfStay[] {
  switch (command.name) {
    case 'admit':
      return daysOfServices(sent(command, 'care', 'intake').services)
    case 'offer-services':
      return daysOfServices(sent(command, 'care', 'services').services)
    case 'amend':
      return isServiceAmendment(state, String(command.body.slot))
        ? daysOfServices(sent(command, 'care', 'intake').services)
        : []
    case 'plan-stay': {
      const { until, longer } = sent(command, 'case', 'stay-plan')
      const planned = state.stayDays.find(({ item }) => item === 'stay')
      if (planned && planned.day < until && !longer) throw refusal('bad-input', { fields: ['case.longer'] })
      return [{ step: 'stay', day: until }]
    }
    case 'leave-centre': {
      const { backOn } = sent(command, 'case', 'leaving')
      return backOn ? [{ step: 'coming-back', day: backOn }] : []
    }
    case 'follow-up': {
      const { nextOn } = sent(command, 'care', 'follow-up')
      return nextOn ? [{ step: 'follow-up', day: nextOn }] : []
    }
    default:
      return []
  }
}
