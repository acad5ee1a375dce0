import { lockSections } from '../access/participation.ts'
import { askGatesAgain, enterPhase, enterPhaseOfCommand, lastOpenPhase, withoutEnding } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** A return is cancelled, closed, or opened again. What it held is given back in `holdings.ts`, whatever ended it. */
export const endingReducers = {
  cancelled: (state, event) => ({
    ...enterPhaseOfCommand(lockSections(state, event.data.lock), event),
    outcome: state.outcome ?? 'cancelled',
    phaseBefore: lastOpenPhase(state),
  }),
  closed: (state, event) => ({
    ...enterPhaseOfCommand(lockSections(state, event.data.lock), event),
    phaseBefore: lastOpenPhase(state),
  }),
  // The bed for which a journey was confirmed is somebody else's by now.
  reopened: (state, event) =>
    askGatesAgain(withoutEnding(enterPhase(state, lastOpenPhase(state), event)), event),
} satisfies Reducers
