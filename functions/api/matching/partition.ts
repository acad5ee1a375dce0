import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { Partition } from '../../vault/tags.ts'

/**
 * Which rows of tags a party searches. A mission reads its own, and could read no others; IOM and the centres read those
 * of all returns, of which their own worklists then name what they are told.
 */
export function partitionOf(party: PartyId): Partition {
  return kindOf(party) === 'mission' ? party : 'all'
}
