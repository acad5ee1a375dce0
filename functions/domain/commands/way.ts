import { refusal } from '../../../schemas/api/problems.ts'
import type { wayCommands } from '../../../schemas/commands/way.ts'
import { addressed } from '../access/readers.ts'
import { slotsByRow } from '../plan.ts'
import type { RulesOf } from '../rule.ts'

export const wayRules: RulesOf<keyof typeof wayCommands> = {
  'report-way': {
    // Only a new day of arrival is shown in lists.
    slots: ({ name, body }) =>
      slotsByRow(name, body).filter(([cls]) => cls !== 'label' || body.case.arrivesOn !== undefined),
    contents: (_state, _facts, { body: { case: way } }) =>
      way.arrivesOn ? { label: { arrives: way.arrivesOn } } : {},
  },
  'end-otherwise': {},
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
