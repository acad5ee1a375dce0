import { refusal } from '../../../schemas/api/problems.ts'
import type { talkCommands } from '../../../schemas/commands/talk.ts'
import { mayRead } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import type { RulesOf } from '../rule.ts'
import type { Folded } from '../state.ts'
import { requireTarget } from '../target.ts'

/** Whether a party on the return may be asked: it has to be able to read `talk`. */
function canBeAsked(state: Folded, party: PartyId): boolean {
  return addressed(state).includes(party) && mayRead(kindOf(party), 'talk')
}

export const talkRules: RulesOf<keyof typeof talkCommands> = {
  ask: {
    target(state, { by, body }) {
      requireTarget(body.for !== by.party && canBeAsked(state, body.for), 'for')
      return { for: body.for }
    },
  },
  answer: {
    target(state, { by, body }) {
      const question = state.questions.find(({ seq }) => seq === body.question)
      if (question?.for !== by.party) throw refusal('unknown-target', { fields: ['question'] })
      return { for: question.by }
    },
    data: ({ command: { body } }) => ({ question: body.question }),
  },
}
