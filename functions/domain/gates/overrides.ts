import { type GateName, gates, overriddenBy } from '../../../schemas/procedure/gates.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { Facts } from '../access/opened-sections.ts'
import { latest } from '../access/opened-sections.ts'
import { addressed } from '../access/readers.ts'
import type { Participants, State } from '../state.ts'

/**
 * Whether a party may answer for a gate that is not open yet: the table says who. Where nobody of the table and no owner
 * of the gate is on the return, the responsible party does.
 */
export function mayOverride(participants: Participants, party: PartyId, gate: GateName): boolean {
  const kinds: readonly string[] = overriddenBy(gate)
  if (kinds.includes(kindOf(party))) return true
  const others: readonly string[] = [...kinds, gates[gate].owner]
  const isAnybodyOn = addressed(participants).some((on) => on !== party && others.includes(kindOf(on)))
  return kinds.length > 0 && !isAnybodyOn && party === participants.responsible
}

type Refused = (state: State, facts: Facts) => boolean

/** Gates to which somebody can say no: the ministry, a physician, the country that the person leaves. */
const refusals: { readonly [G in GateName]?: Refused } = {
  decided: ({ ruling }) => ruling === 'refused' || ruling === 'on-hold',
  'fit-to-travel': (_state, facts) => latest(facts, 'care', 'fitness')?.fit === false,
  'exit-checked': (_state, facts) => latest(facts, 'travel', 'exit')?.ban === 'in-force',
}

/** Whether somebody has said no to a gate: an override answers for what is missing, never for a no. */
export function isRefused(gate: GateName, state: State, facts: Facts): boolean {
  return refusals[gate]?.(state, facts) ?? false
}

/** Whether only sealed sections say that somebody has said no. */
export function mayHideRefusal(gate: GateName): boolean {
  return gate in refusals && gates[gate].reads.length > 0
}
