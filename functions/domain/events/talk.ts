import type { Reducers } from './reducer.ts'

/** Questions of one party to another; a question is open until it is answered. */
export const talkReducers = {
  asked: (state, { seq, by, for: asked, at }) =>
    asked ? { ...state, questions: [...state.questions, { seq, by: by.party, for: asked, at }] } : state,
  answered: (state, { data }) => ({
    ...state,
    questions: state.questions.filter(({ seq }) => seq !== data.question),
  }),
} satisfies Reducers
