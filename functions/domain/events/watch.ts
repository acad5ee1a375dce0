import { lockSections, unlockSections } from '../access/participation.ts'
import { releaseBed } from '../centre/bed-hold.ts'
import { overdueAfter } from '../schedule/overdue.ts'
import type { Reducers } from './reducer.ts'

/** What `watch` writes because a time has come. */
export const watchReducers = {
  // A line of a call was called (`callsAfter` in `schedule/calls.ts`, which looks at every event).
  called: (state) => state,
  overdue: (state, event) => {
    const { item, since } = event.data
    const recorded = { ...state, overdue: overdueAfter(state.overdue, event) }
    // Nobody holds a place beyond its last day.
    const ranOut = item === 'place' && state.placeHeld?.until === since
    return ranOut ? releaseBed(recorded) : recorded
  },
  erased: (state, { data }) =>
    unlockSections(
      { ...state, sections: state.sections.filter(({ sec }) => !data.sections.includes(sec)) },
      data.sections,
    ),
  'access-ended': (state, { data }) =>
    lockSections({ ...state, accessEnded: new Set([...state.accessEnded, data.party]) }, data.lock),
} satisfies Reducers
