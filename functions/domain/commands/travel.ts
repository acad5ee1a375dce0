import { refusal } from '../../../schemas/api/problems.ts'
import type { travelCommands } from '../../../schemas/commands/travel.ts'
import { type GateName, gates } from '../../../schemas/procedure/gates.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { type Facts, latest } from '../access/opened-sections.ts'
import { dayOf } from '../calendar/days.ts'
import { mayOverride } from '../gates/overrides.ts'
import type { RulesOf } from '../rule.ts'

/** The days and the point of an itinerary that parties without its details read. */
function journeyOf({ legs, arrivesAt }: SlotContent<'travel', 'itinerary'>): SlotContent<'case', 'journey'> {
  const departures = legs.map(({ departs }) => dayOf(departs)).sort()
  const arrivals = legs.map(({ arrives }) => dayOf(arrives)).sort()
  return { leavesOn: departures[0] ?? '', arrivesOn: arrivals.at(-1) ?? '', arrivesAt }
}

/** What lists show of an itinerary: from which country, the point of entry, the days, and how many persons it is for. */
function journeyLabel(
  itinerary: SlotContent<'travel', 'itinerary'>,
  facts: Facts,
): SlotContent<'label', 'journey'> {
  const first = itinerary.legs.toSorted((a, b) => a.departs.localeCompare(b.departs))[0]
  const request = latest(facts, 'case', 'request')
  return {
    country: first?.from.country ?? '',
    ...journeyOf(itinerary),
    ...(request ? { persons: request.childrenAlong + 1 } : {}),
  }
}

const planned = (facts: Facts, itinerary: SlotContent<'travel', 'itinerary'>) => ({
  case: journeyOf(itinerary),
  label: journeyLabel(itinerary, facts),
})

/** Gates that an override cannot answer for, with their owners. */
const whose = (names: readonly GateName[]) =>
  names.map((gate) => ({
    gate,
    owner: gates[gate].owner,
    reason: 'This belongs to another party, and only that party can answer for it.',
  }))

export const travelRules: RulesOf<keyof typeof travelCommands> = {
  'plan-travel': { contents: (_state, facts, { body }) => planned(facts, body.travel) },
  'confirm-travel': {},
  'change-travel': { contents: (_state, facts, { body }) => planned(facts, body.travel) },
  'check-exit': {},
  'assess-child': {},
  'clear-to-leave': {},
  override: {
    target(state, { by, body }) {
      const foreign = body.case.gates.filter((gate) => !mayOverride(state, by.party, gate))
      if (foreign.length > 0) throw refusal('not-yours', { fields: ['case.gates'], gates: whose(foreign) })
      return {}
    },
  },
  evacuate: {},
  'confirm-evacuation': {
    target({ evacuation }) {
      if (!evacuation || evacuation.confirmed) throw refusal('nothing-to-do')
      return {}
    },
  },
}
