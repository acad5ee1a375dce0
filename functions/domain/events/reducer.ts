import type { EventType } from '../../../schemas/commands/commands.ts'
import type { EventOf } from '../../../schemas/events/events.ts'
import type { State } from '../state.ts'

/** The events with which a trail begins. */
export type FirstEvent = 'filed' | 'alerted'
export type LaterEvent = Exclude<EventType, FirstEvent>

/** The state with which a trail begins, from its first event. */
export type TrailBeginning<T extends FirstEvent> = (event: EventOf<T>) => State

/**
 * What one type of event does to the state. A reducer never throws, whatever came before, so that a corrected fact can be
 * left out. What follows from every event stands in `evolve.ts`: sections, facts, attested gates, days of a stay, the end
 * of the journey, lacking sections, steps and calls.
 */
export type Reducer<T extends LaterEvent> = (state: State, event: EventOf<T>) => State

/** The reducers of one file. */
export type Reducers = { readonly [T in LaterEvent]?: Reducer<T> }
