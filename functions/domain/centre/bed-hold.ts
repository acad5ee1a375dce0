import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import type { State } from '../state.ts'

/** The state without a place. A bed that was given back can be somebody else's: no later event takes it again. */
export function releaseBed({ placeHeld: _, ...state }: State): State {
  return state
}

/** The state once sections are struck: where they stated the place, nobody can read which bed it was, so none is held. */
export function releaseStruckBed(state: State, strikes: readonly string[]): State {
  const statesPlace = state.sections.some(
    ({ sec, slot, seq }) => strikes.includes(sec) && slot === 'place' && seq === state.placeHeld?.seq,
  )
  return statesPlace ? releaseBed(state) : state
}

/** Whether the person sleeps at the centre that admitted her. */
export function staysAt({
  phase,
  outcome,
  leftCentre,
}: Pick<State, 'phase' | 'outcome' | 'leftCentre'>): boolean {
  return phase === 'received' && outcome === 'admitted' && !leftCentre
}

/**
 * The events that took a place at a centre and no longer count. Of the events up to `seen`, only one still counted: the
 * one in the state `before`.
 */
export function placesFreed(
  events: readonly StoredEvent[],
  centre: PartyId,
  { before, after, seen }: { before: State | undefined; after: State; seen: number },
): number[] {
  const taking = events.filter(
    ({ type, by, seq }) => type === 'place-held' && by.party === centre && seq > seen,
  )
  const held = before?.placeHeld?.by === centre ? [before.placeHeld.seq] : []
  const still = after.placeHeld?.by === centre ? after.placeHeld.seq : undefined
  return [...held, ...taking.map(({ seq }) => seq)].filter((seq) => seq !== still)
}
