import { shapeBehind } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { State } from '../state.ts'

/** The state in another phase, since an event. */
export function enterPhase(state: State, phase: Phase, { at }: StoredEvent): State {
  return { ...state, phase, since: at }
}

/** The state in the phase to which the command of the event leads (`to` in `schemas/commands`). */
export function enterPhaseOfCommand(state: State, event: StoredEvent): State {
  return enterPhase(state, shapeBehind(event.type)?.to ?? state.phase, event)
}

/** The last phase that was neither cancelled nor closed: the one to which a return is reopened. */
export function lastOpenPhase({ phase, phaseBefore }: State): Phase {
  return phase === 'cancelled' || phase === 'closed' ? (phaseBefore ?? 'filed') : phase
}

const journey: readonly Phase[] = ['travelling', 'arrived', 'received']

/**
 * The state once the person has come to a phase of the journey. A departure that is reported after the arrival does not
 * take the return back. A cancelled or closed return goes on, from where it was: she travels all the same.
 */
export function advanceJourney(state: State, reached: Phase, event: StoredEvent): State {
  const before = lastOpenPhase(state)
  const isAhead = journey.indexOf(reached) > journey.indexOf(before)
  const going = withoutEnding(state)
  if (isAhead) return enterPhase(going, reached, event)
  return before === state.phase ? going : enterPhase(going, before, event)
}

/** The state once the person is said to be in Moldova: the first such report tells when she arrived. */
export function arriveAt(state: State, reached: 'arrived' | 'received', event: StoredEvent): State {
  return advanceJourney({ ...state, arrivedAt: state.arrivedAt ?? event.at }, reached, event)
}

/** A confirmed journey has to be confirmed and cleared again, because something changed that the gates asked. */
export function askGatesAgain(state: State, event: StoredEvent): State {
  const { phase } = state
  return { ...(phase === 'confirmed' ? enterPhase(state, 'planned', event) : state), cleared: false }
}

/** Whether an outcome says that the person did not come by this return. */
export function isWithoutReturn(outcome: State['outcome']): boolean {
  return outcome === 'cancelled' || outcome === 'ended-otherwise'
}

/** The state without the outcome of a cancellation. What a return came to before it was closed stays known. */
export function withoutEnding({ outcome, ...state }: State): State {
  return outcome && !isWithoutReturn(outcome) ? { ...state, outcome } : state
}
