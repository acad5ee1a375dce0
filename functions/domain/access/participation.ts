import type { EventOf } from '../../../schemas/events/events.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import type { State } from '../state.ts'
import { isParty } from './grants.ts'

/** The state once sections lost their last reader: they are locked until a day. */
export function lockSections(state: State, lock: EventOf<'withdrawn'>['data']['lock']): State {
  if (!lock) return state
  const { sections, until } = lock
  return { ...state, locked: new Map([...state.locked, ...sections.map((sec) => [sec, until] as const)]) }
}

/** The state once sections have a reader again, or are erased: they are not locked any more. */
export function unlockSections(state: State, sections: readonly string[]): State {
  return { ...state, locked: new Map([...state.locked].filter(([sec]) => !sections.includes(sec))) }
}

/** The state without the day to ask the person anew, once no basis waits for her answer. */
export function stopAsking(state: State): State {
  if ([...state.basis.values()].includes('to-ask')) return state
  const { toAsk: _, ...rest } = state
  return rest
}

/** The state once a removed party owes an answer about the data that it holds; nobody asks the figures. */
export function requestAnswer(state: State, holder: HolderId, by: PartyId, at: string): State {
  return isParty(holder)
    ? { ...state, withdrawals: new Map([...state.withdrawals, [holder, { by, at }]]) }
    : state
}
