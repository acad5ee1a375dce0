import type { EventOf } from '../../../schemas/events/events.ts'
import { exclude, giveBasis, markToAsk } from '../access/participants.ts'
import { lockSections, requestAnswer, stopAsking, unlockSections } from '../access/participation.ts'
import { releaseBed } from '../centre/bed-hold.ts'
import type { State } from '../state.ts'
import { askGatesAgain } from './phase.ts'
import type { Reducers } from './reducer.ts'

/** On which legal basis a recipient is on the return, and when that ends. */
export const basisReducers = {
  // The person may have said no.
  'wish-recorded': askGatesAgain,
  agreed: (state, { data }) =>
    stopAsking(unlockSections(giveBasis(state, data.recipient, data.basis), data.grants)),
  shared: (state, { data }) => unlockSections(state, data.grants),
  'to-be-asked': (state, { data, at }) => ({
    ...markToAsk(state, data.recipients),
    toAsk: { at, day: data.due.find(({ step }) => step === 'ask-person')?.day ?? '' },
  }),
  withdrawn: (state, event) => (event.data.accessRemoved ? withoutRecipient(state, event) : state),
  'withdrawal-answered': (state, { by, data }) => {
    const withdrawal = state.withdrawals.get(by.party)
    if (!withdrawal) return state
    const answered = { ...withdrawal, answer: data.answer }
    return { ...state, withdrawals: new Map([...state.withdrawals, [by.party, answered]]) }
  },
} satisfies Reducers

/** The state without a recipient. One that accompanies her stays on the return, and holds no place and no question either. */
function withoutRecipient(state: State, { data, by, at }: EventOf<'withdrawn'>): State {
  const { recipient, stillReads, lock } = data
  const excluded = exclude(state, recipient, stillReads.length > 0)
  const asked = stopAsking(requestAnswer(excluded, recipient, by.party, at))
  const locked = lockSections(asked, lock)
  return {
    ...(locked.placeHeld?.by === recipient ? releaseBed(locked) : locked),
    questions: state.questions.filter((question) => question.by !== recipient && question.for !== recipient),
  }
}
