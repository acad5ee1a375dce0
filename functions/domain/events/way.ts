import { lockSections } from '../access/participation.ts'
import { withAlert } from '../schedule/alerts.ts'
import { enterPhaseOfCommand, isWithoutReturn, lastOpenPhase } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** What comes up on the way and at its end. */
export const wayReducers = {
  'way-reported': (state) => ({ ...state, alerts: withAlert(state, 'way-reported') }),
  // What the return had come to before stays its outcome.
  'ended-otherwise': (state, event) => ({
    ...enterPhaseOfCommand(lockSections(state, event.data.lock), event),
    outcome: state.outcome && !isWithoutReturn(state.outcome) ? state.outcome : event.type,
    phaseBefore: lastOpenPhase(state),
    alerts: [],
  }),
  'choice-recorded': (state) => state,
  // The first party of the other side that confirms is named.
  'handover-confirmed': (state, { by, data }) => ({
    ...state,
    handovers: state.handovers.map((handover) =>
      handover.seq === data.handover && handover.by !== by.party
        ? { confirmedBy: by.party, ...handover }
        : handover,
    ),
  }),
} satisfies Reducers
