import type { EventOf, StoredEvent } from '../../../schemas/events/events.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import { passed } from '../commands/alert.ts'
import type { State } from '../state.ts'
import { isParty } from './grants.ts'
import { agreed, leftOut, takenOver, taskEnded, taskGiven, toBeAsked } from './participants.ts'

/** Who is on a return after an event, and what they owe each other for it. Total, as `evolve` is. */
export function evolveParticipation(state: State, event: StoredEvent): State {
  switch (event.type) {
    case 'agreed':
      return answered(granted(agreed(state, event.data.recipient, event.data.basis), event.data.grants))
    case 'shared':
      return granted(state, event.data.grants)
    case 'to-be-asked':
      return {
        ...toBeAsked(state, event.data.recipients),
        toAsk: { at: event.at, day: event.data.due.find(({ step }) => step === 'ask-person')?.day ?? '' },
      }
    case 'withdrawn':
      return withdrawn(state, event)
    case 'withdrawal-answered': {
      const asked = state.withdrawals.get(event.by.party)
      if (!asked) return state
      const answer = { ...asked, answer: event.data.answer }
      return { ...state, withdrawals: new Map([...state.withdrawals, [event.by.party, answer]]) }
    }
    case 'task-given': {
      const { partner: to, task, until, basis, grants } = event.data
      const given = {
        seq: event.seq,
        task,
        to,
        by: event.by.party,
        at: event.at,
        ...(until ? { until } : {}),
      }
      return granted(taskGiven(state, given, basis), grants)
    }
    case 'task-reported':
    case 'task-declined':
    case 'task-ended':
      return answered(locking(taskEnded(state, event.data.task), event.data.lock))
    case 'case-offered': {
      const { to, basis, grants } = event.data
      const offer = { seq: event.seq, task: 'take-over', to, by: event.by.party, at: event.at } as const
      return granted(taskGiven(state, offer, basis), grants)
    }
    case 'case-accepted': {
      const { moveTo: _, ...rest } = state
      const before = state.responsible
      return asked(takenOver(rest, event.by.party), before, event.by.party, event.at)
    }
    case 'move-ordered':
      return { ...state, moveTo: { to: event.data.to, at: event.at } }
    case 'alert-passed': {
      const { moveTo: _, ...rest } = state
      return passed(rest, event.data.to)
    }
    case 'arranger-chosen':
      return locking({ ...state, arranger: event.data.arranger }, event.data.lock)
    default:
      return state
  }
}

/** Sections that lost their last reader are locked until a day. */
export function locking(state: State, lock: EventOf<'withdrawn'>['data']['lock']): State {
  if (!lock) return state
  const { sections, until } = lock
  return { ...state, locked: new Map([...state.locked, ...sections.map((sec) => [sec, until] as const)]) }
}

/** Sections that have a reader again are locked no longer. */
function granted(state: State, grants: readonly string[]): State {
  return { ...state, locked: new Map([...state.locked].filter(([sec]) => !grants.includes(sec))) }
}

/** Nobody waits for the person once no ground waits for her. */
function answered(state: State): State {
  if ([...state.basis.values()].includes('to-ask')) return state
  const { toAsk: _, ...rest } = state
  return rest
}

/** A party that was left out is asked what it did with what it holds; nobody asks the figures. */
function asked(state: State, holder: HolderId, by: PartyId, at: string): State {
  return isParty(holder)
    ? { ...state, withdrawals: new Map([...state.withdrawals, [holder, { by, at }]]) }
    : state
}

/** Who is left out owes no answer to a question and is owed none, and holds no place. */
function withdrawn(state: State, { data, by, at }: EventOf<'withdrawn'>): State {
  const { recipient, accessRemoved, stillReads, lock } = data
  if (!accessRemoved) return state
  const out = answered(asked(leftOut(state, recipient, stillReads.length > 0), recipient, by.party, at))
  const { placeHeld, ...rest } = locking(out, lock)
  return {
    ...rest,
    questions: state.questions.filter((question) => question.by !== recipient && question.for !== recipient),
    ...(placeHeld && placeHeld.by !== recipient ? { placeHeld } : {}),
  }
}
