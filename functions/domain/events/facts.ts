import type { EventOf } from '../../../schemas/events/events.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { releaseBed } from '../centre/bed-hold.ts'
import { alertsOnArrival, alertsOnDeparture, withAlert } from '../schedule/alerts.ts'
import type { State } from '../state.ts'
import { advanceJourney, arriveAt, askGatesAgain } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** A fact that alerts the parties, and changes nothing else. */
function alertParties(state: State, { type }: EventOf<'contact-lost' | 'in-hospital'>): State {
  return { ...state, alerts: withAlert(state, type) }
}

/** The person is received: at home, or at the Centre. */
function received(state: State, event: EventOf<'referred-home' | 'admitted'>): State {
  return { ...arriveAt(state, 'received', event), outcome: event.type, alerts: [], leftCentre: false }
}

/** What happened on the way and on arrival. */
export const factReducers = {
  departed: (state, event) => ({
    ...advanceJourney(state, 'travelling', event),
    alerts: alertsOnDeparture(state),
  }),
  // The journey was confirmed without her: the next one has to pass the gates again.
  'did-not-come': (state, event) => ({
    ...askGatesAgain(state, event),
    alerts: withAlert(state, event.type),
  }),
  'contact-lost': alertParties,
  'in-hospital': alertParties,
  arrived: (state, event) => ({ ...arriveAt(state, 'arrived', event), alerts: alertsOnArrival(state) }),
  'handed-over': (state, { seq, by }) => ({
    ...state,
    handovers: [...state.handovers, { seq, by: by.party }],
  }),
  'referred-home': (state, event) => received(releaseBed(state), event),
  // A bed at another centre is not the one that she sleeps in.
  admitted: (state, event) => {
    const elsewhere = kindOf(event.by.party) === 'centre' && state.placeHeld?.by !== event.by.party
    return received(elsewhere ? releaseBed(state) : state, event)
  },
} satisfies Reducers
