import type { Reducers } from './reducer.ts'

/** What a party does for itself: to whom the return is assigned, and its next step. */
export const dailyWorkReducers = {
  taken: (state, { by }) => ({
    ...state,
    assignees: new Map([...state.assignees, [by.party, by.user]]),
  }),
  assigned: (state, { by, data }) => ({
    ...state,
    assignees: new Map([...state.assignees, [by.party, data.user]]),
  }),
  noted: (state, { by, data }) => {
    const nextSteps = new Map(state.nextSteps)
    const [due] = data.due
    if (due) nextSteps.set(by.party, due.day)
    else nextSteps.delete(by.party)
    return { ...state, nextSteps }
  },
} satisfies Reducers
