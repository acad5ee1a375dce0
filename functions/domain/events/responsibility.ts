import { giveTask, takeOverCase } from '../access/participants.ts'
import { lockSections, requestAnswer, unlockSections } from '../access/participation.ts'
import { enterPhase } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** Who answers for the return, who plans the journey, and who attests gates for the arranger. */
export const responsibilityReducers = {
  'case-offered': (state, { seq, by, at, data }) => {
    const offer = { seq, task: 'take-over', to: data.to, by: by.party, at } as const
    return unlockSections(giveTask(state, offer, data.basis), data.grants)
  },
  'case-accepted': ({ moveTo: _, ...state }, { by, at }) =>
    requestAnswer(takeOverCase(state, by.party), state.responsible, by.party, at),
  'move-ordered': (state, { data, at }) => ({ ...state, moveTo: { to: data.to, at } }),
  // A return that was sent back is a new request to the new arranger.
  'arranger-chosen': (state, event) => {
    const { arranger, lock } = event.data
    const locked = lockSections({ ...state, arranger }, lock)
    return state.phase === 'sent-back' ? enterPhase(locked, 'filed', event) : locked
  },
  attested: (state, { data }) => ({ ...state, attested: new Set([...state.attested, ...data.gates]) }),
} satisfies Reducers
