import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import type { CurrentSection } from '../access/current-sections.ts'
import type { State } from '../state.ts'

/** The state without a place. A bed that was given back is somebody else's: nothing that comes later takes it again. */
export function placeFreed({ placeHeld: _, ...state }: State): State {
  return state
}

/** The place after an event. A new one stands instead of the one before. */
export function placeAfter(state: State, event: StoredEvent): State {
  switch (event.type) {
    case 'place-held': {
      const until = event.data.due.find(({ step }) => step === 'place-held')?.day ?? ''
      return { ...state, placeHeld: { by: event.by.party, until, seq: event.seq } }
    }
    case 'place-released':
    case 'refused':
    case 'cancelled':
    case 'referred-home':
    case 'left-centre':
    case 'closed':
      return placeFreed(state)
    case 'struck': {
      const { strikes } = event.data
      // What nobody can read any more takes no bed.
      const gone = ({ sec, slot, seq }: CurrentSection) =>
        strikes.includes(sec) && slot === 'place' && seq === state.placeHeld?.seq
      return state.sections.some(gone) ? placeFreed(state) : state
    }
    default:
      return state
  }
}

/** Whether somebody sleeps at the centre that she is told to have come to. */
export function staysAt({ phase, outcome, left }: Pick<State, 'phase' | 'outcome' | 'left'>): boolean {
  return phase === 'received' && outcome === 'admitted' && !left
}

/** The events that took a place at a centre and no longer count: of those up to `seen`, only the one that still did. */
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
