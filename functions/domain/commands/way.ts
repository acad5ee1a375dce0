import { refusal } from '../../../schemas/api/problems.ts'
import type { wayCommands } from '../../../schemas/commands/way.ts'
import { addressed } from '../access/readers.ts'
import type { RulesOf } from '../rule.ts'
import { lockAtEnd } from './ending.ts'

export const wayRules: RulesOf<keyof typeof wayCommands> = {
  'report-way': {
    contents: (_state, _facts, { body: { case: way } }) => ({
      label: { newDay: way.arrivesOn !== undefined, ...(way.arrivesOn ? { arrivesOn: way.arrivesOn } : {}) },
    }),
  },
  'end-otherwise': { data: lockAtEnd },
  'record-choice': {},
  'confirm-handover': {
    target(state, { by, body }) {
      const handover = state.handovers.find(({ seq }) => seq === body.handover)
      if (!handover || handover.by === by.party) throw refusal('unknown-target', { fields: ['handover'] })
      if (handover.confirmedBy) throw refusal('nothing-to-do')
      return addressed(state).includes(handover.by) ? { for: handover.by } : {}
    },
    data: ({ command: { body } }) => ({ handover: body.handover }),
  },
}
