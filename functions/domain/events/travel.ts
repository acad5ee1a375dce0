import { askGatesAgain, enterPhaseOfCommand } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** The journey, from the plan to the last word before leaving. */
export const travelReducers = {
  'travel-planned': enterPhaseOfCommand,
  'travel-confirmed': enterPhaseOfCommand,
  // Once the person is on the way no gate is asked any more.
  'travel-changed': (state, event) => (state.phase === 'confirmed' ? askGatesAgain(state, event) : state),
  'exit-checked': (state) => state,
  'child-assessed': (state) => state,
  cleared: (state) => ({ ...state, cleared: true }),
  overridden: (state) => state,
  'evacuation-ordered': (state, { by, at }) => ({
    ...state,
    evacuation: { by: by.party, user: by.user, at, confirmed: false },
  }),
  'evacuation-confirmed': (state) =>
    state.evacuation ? { ...state, evacuation: { ...state.evacuation, confirmed: true } } : state,
} satisfies Reducers
