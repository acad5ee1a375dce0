import { releaseStruckBed } from '../centre/bed-hold.ts'
import { documentCheckOf } from '../schedule/overdue.ts'
import type { State } from '../state.ts'
import { askGatesAgain } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** What was recorded is put right: replaced, corrected or struck. */
export const amendReducers = {
  amended: (state, event) => {
    const { slot, urgency = state.urgency } = event.data
    if (slot !== 'person') return { ...state, urgency, ...documentCheckOf(event) }
    // The identity was confirmed under another name.
    return { ...askGatesAgain(state, event), urgency, identityConfirmed: false }
  },
  // The fold leaves out the fact that it corrects (`fold` in `evolve.ts`).
  corrected: (state) => state,
  struck: (state, { data }) => withoutStruck(releaseStruckBed(state, data.strikes), data.strikes),
} satisfies Reducers

/** The state without struck sections. What they stated is open again, because it was about another person. */
function withoutStruck(state: State, strikes: readonly string[]): State {
  const slots = state.sections.filter(({ sec }) => strikes.includes(sec)).map(({ slot }) => slot)
  return {
    ...state,
    sections: state.sections.filter(({ sec }) => !strikes.includes(sec)),
    identityConfirmed: state.identityConfirmed && !slots.includes('check') && !slots.includes('person'),
    documentIssued: state.documentIssued && !slots.includes('document'),
    riskAssessed: state.riskAssessed && !slots.includes('risk'),
    funded: state.funded && !slots.includes('funding'),
  }
}
