import { codeOf, kindOf, type PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'

/**
 * Whether a party may ask for a return at all, by its id: a mission for those that it filed.
 * Throws not-found, as for a return that does not exist. The session role's tags say the same to DynamoDB.
 */
export function mayAskFor(party: PartyId, ret: string): void {
  if (kindOf(party) === 'mission' && !ret.startsWith(codeOf(party) ?? ' ')) throw refusal('not-found')
}
