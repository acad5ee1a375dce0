import type { factCommands } from '../../../schemas/commands/facts.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { latest } from '../access/opened-sections.ts'
import { dayIn, dayOf, instantOf } from '../calendar/days.ts'
import type { RulesOf } from '../rule.ts'
import { isNight } from '../schedule/calls.ts'
import { daysOfServices } from '../schedule/stay.ts'

/** The day of a departure on the clock of the place where the leg begins. */
function departureDay({ at, zone }: SlotContent<'case', 'departure'>['happened'], placeZone: string): string {
  return at.includes('T') ? dayIn(instantOf(at, zone), placeZone) : at
}

export const factRules: RulesOf<keyof typeof factCommands> = {
  depart: {
    contents(_state, facts, { body }) {
      const itinerary = latest(facts, 'travel', 'itinerary')
      if (!itinerary) return {}
      const leg = itinerary.legs[body.travel.leg]
      const asPlanned =
        leg !== undefined && departureDay(body.case.happened, leg.from.zone) === dayOf(leg.departs)
      return { case: { ...body.case, asPlanned } }
    },
  },
  'did-not-come': {},
  'contact-lost': {},
  'in-hospital': {},
  arrive: {
    data: ({ command: { at, config } }) => (isNight(at, config.night) ? { night: true } : {}),
    contents(_state, facts, { body }) {
      const itinerary = latest(facts, 'travel', 'itinerary')
      return itinerary ? { case: { ...body.case, asPlanned: itinerary.arrivesAt === body.case.point } } : {}
    },
  },
  'hand-over': {},
  'refer-home': {},
  admit: { due: (_state, { body }) => daysOfServices(body.care.services) },
}
