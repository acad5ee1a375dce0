import type { EventOf } from '../../../schemas/events/events.ts'
import type { WatchEvent } from '../../../schemas/events/watch-events.ts'
import { locking } from '../access/participation.ts'
import type { State } from '../state.ts'
import { overdueAfter } from './overdue.ts'

/** What `watch` found, or did because its time had come. */
export function evolveWatch(state: State, event: EventOf<WatchEvent>): State {
  switch (event.type) {
    case 'called':
      return state
    case 'overdue': {
      const { placeHeld, ...rest } = { ...state, overdue: overdueAfter(state.overdue, event) }
      const { item, since } = event.data
      // Nobody holds a place beyond the day that was said.
      const ranOut = item === 'place' && placeHeld?.until === since
      return placeHeld && !ranOut ? { ...rest, placeHeld } : rest
    }
    case 'erased': {
      const gone = event.data.sections
      return {
        ...state,
        sections: state.sections.filter(({ sec }) => !gone.includes(sec)),
        locked: new Map([...state.locked].filter(([sec]) => !gone.includes(sec))),
      }
    }
    case 'access-ended':
      return locking({ ...state, over: new Set([...state.over, event.data.party]) }, event.data.lock)
  }
}
