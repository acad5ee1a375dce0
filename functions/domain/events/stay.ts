import { releaseBed } from '../centre/bed-hold.ts'
import type { Reducers } from './reducer.ts'

/** The days at the Centre; which day an event adds or ends, `stayDaysAfter` in `schedule/stay.ts` says. */
export const stayReducers = {
  'services-offered': (state) => state,
  'stay-planned': (state) => state,
  // The bed is for somebody else, also where she left for some days only.
  'left-centre': (state) => ({ ...releaseBed(state), leftCentre: true }),
  'followed-up': (state) => state,
} satisfies Reducers
