import type { EventOf } from '../../../schemas/events/events.ts'
import type { WatchEvent } from '../../../schemas/events/watch-events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import type { Destroys } from '../access/exclusion.ts'

/** An event that `watch` is to write, without its envelope. */
export type WatchNotice = {
  [T in WatchEvent]: {
    type: T
    to: PartyId[]
    for?: PartyId
    data: EventOf<T>['data']
    /** What is destroyed with it. */
    destroys?: Destroys
  }
}[WatchEvent]
