import type { Reducers } from './reducer.ts'

/** An answered call ends (`callsAfter` in `schedule/calls.ts`, which looks at every event). */
export const callReducers = {
  'call-answered': (state) => state,
} satisfies Reducers
