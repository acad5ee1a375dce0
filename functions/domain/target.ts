import { refusal } from '../../schemas/api/problems.ts'
import type { HolderId, PartyId } from '../../schemas/values/parties.ts'
import type { Destroys } from './access/exclusion.ts'
import type { Participants } from './state.ts'

/** What a command points at: the party that it speaks to, who is on the return afterwards, what it takes away and gives. */
export interface CommandTarget {
  for?: PartyId
  after?: Participants
  destroys?: Destroys
  /** Who gains wraps. */
  grants?: HolderId
  /** A party that is new on the trail and is granted nothing: it gets the log key. */
  joins?: PartyId
  /** By whom its sections can be read, where that is not `after`. */
  readers?: Participants
  /** It can do without the classes that its author does not read on this return. */
  withoutUnread?: true
}

/** Throws unknown-target, naming the field that points at nothing. */
export function requireTarget(found: boolean, field: string): asserts found {
  if (!found) throw refusal('unknown-target', { fields: [field] })
}
