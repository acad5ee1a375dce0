import { releaseBed } from '../centre/bed-hold.ts'
import { enterPhase, enterPhaseOfCommand, lastOpenPhase, withoutEnding } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** A return is cancelled, closed, or opened again. */
export const endingReducers = {
  cancelled: (state, event) => ({
    ...enterPhaseOfCommand(releaseBed(state), event),
    outcome: state.outcome ?? 'cancelled',
    phaseBefore: lastOpenPhase(state),
  }),
  closed: (state, event) => ({
    ...enterPhaseOfCommand(releaseBed(state), event),
    phaseBefore: lastOpenPhase(state),
  }),
  reopened: (state, event) => withoutEnding(enterPhase(state, lastOpenPhase(state), event)),
} satisfies Reducers
