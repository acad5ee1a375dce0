import { releaseBed } from '../centre/bed-hold.ts'
import type { Reducers } from './reducer.ts'

/** The place at a centre. A new one replaces the one before. */
export const placeReducers = {
  'place-held': (state, { seq, by, data }) => ({
    ...state,
    placeHeld: {
      by: by.party,
      until: data.due.find(({ step }) => step === 'place-held')?.day ?? '',
      seq,
    },
  }),
  'place-released': releaseBed,
} satisfies Reducers
