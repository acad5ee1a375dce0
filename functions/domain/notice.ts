import type { EventOf } from '../../schemas/events.ts'
import type { PartyId } from '../../schemas/parties.ts'
import type { WatchEvent } from '../../schemas/watch-events.ts'
import type { Destroys } from './leaving-out.ts'

/** An event that `watch` is to write, all but its envelope. */
export type Notice = {
  [T in WatchEvent]: {
    type: T
    to: PartyId[]
    for?: PartyId
    data: EventOf<T>['data']
    /** What is taken away with it. */
    destroys?: Destroys
  }
}[WatchEvent]
