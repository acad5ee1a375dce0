import { procedureOn } from '../../../schemas/procedure/procedure.ts'
import { alertParticipants, passAlert } from '../access/alert-participants.ts'
import { chisinau, dayIn } from '../calendar/days.ts'
import { initialState } from '../initial-state.ts'
import { enterPhaseOfCommand } from './phase.ts'
import type { Reducers, TrailBeginning } from './reducer.ts'

/** An alert begins. It has no steps: how long it may wait is a matter of its own levels of escalation. */
export const stateOnAlert: TrailBeginning<'alerted'> = (event) => {
  const { post, urgency } = event.data
  const { version } = procedureOn(dayIn(Date.parse(event.at), chisinau))
  return {
    ...initialState(event),
    ...alertParticipants(event.by.party, post),
    phase: 'alert',
    urgency,
    procedure: version,
    due: new Map(),
  }
}

/** What an alert comes to: a post takes it or passes it on, a request is filed from it, or it is closed. */
export const alertReducers = {
  'alert-acknowledged': enterPhaseOfCommand,
  'alert-passed': ({ moveTo: _, ...state }, event) =>
    enterPhaseOfCommand(passAlert(state, event.data.to), event),
  'became-request': enterPhaseOfCommand,
  'alert-closed': enterPhaseOfCommand,
} satisfies Reducers
