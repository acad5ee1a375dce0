import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { Partition } from '../../vault/tags.ts'

/**
 * Which partition of tags a party searches. A mission reads its own, and could read no other. IOM and the centres read the
 * tags of all returns; they then see only the returns that their own worklists list.
 */
export function partitionOf(party: PartyId): Partition {
  return kindOf(party) === 'mission' ? party : 'all'
}
