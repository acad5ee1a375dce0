import { refusal } from '../../../schemas/api/problems.ts'
import type { stayCommands } from '../../../schemas/commands/stay.ts'
import type { RulesOf } from '../rule.ts'
import { daysOfServices } from '../schedule/stay.ts'

export const stayRules: RulesOf<keyof typeof stayCommands> = {
  'offer-services': { due: (_state, { body }) => daysOfServices(body.care.services) },
  'plan-stay': {
    due({ stayDays }, { body }) {
      const { until, longer } = body.case
      const planned = stayDays.find(({ item }) => item === 'stay')
      // A stay that is planned longer than before needs a reason.
      if (planned && planned.day < until && !longer) throw refusal('bad-input', { fields: ['case.longer'] })
      return [{ step: 'stay', day: until }]
    },
  },
  'leave-centre': {
    due: (_state, { body: { case: leaving } }) =>
      leaving.backOn ? [{ step: 'coming-back', day: leaving.backOn }] : [],
  },
  'follow-up': {
    due: (_state, { body: { care } }) => (care.nextOn ? [{ step: 'follow-up', day: care.nextOn }] : []),
  },
}
