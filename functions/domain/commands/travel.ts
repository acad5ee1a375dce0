import { refusal } from '../../../schemas/api/problems.ts'
import type { travelCommands } from '../../../schemas/commands/travel.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { dayOf } from '../calendar/days.ts'
import type { RulesOf } from '../rule.ts'

/** The days and the point of an itinerary that parties without its details read. */
function journeyOf({ legs, arrivesAt }: SlotContent<'travel', 'itinerary'>): SlotContent<'case', 'journey'> {
  const departures = legs.map(({ departs }) => dayOf(departs)).sort()
  const arrivals = legs.map(({ arrives }) => dayOf(arrives)).sort()
  return { leavesOn: departures[0] ?? '', arrivesOn: arrivals.at(-1) ?? '', arrivesAt }
}

export const travelRules: RulesOf<keyof typeof travelCommands> = {
  'plan-travel': { contents: (_state, _facts, { body }) => ({ case: journeyOf(body.travel) }) },
  'confirm-travel': {},
  'change-travel': { contents: (_state, _facts, { body }) => ({ case: journeyOf(body.travel) }) },
  'check-exit': {},
  'assess-child': {},
  'clear-to-leave': {},
  override: {},
  evacuate: {},
  'confirm-evacuation': {
    target({ evacuation }, { by }) {
      if (!evacuation || evacuation.confirmed) throw refusal('nothing-to-do')
      // Two people, or it is no second opinion.
      if (evacuation.user === by.user) throw refusal('not-yours')
      return {}
    },
  },
}
