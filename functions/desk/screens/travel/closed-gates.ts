import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { type GateName, gates, gatesBefore } from '../../../../schemas/procedure/gates.ts'
import type { ReturnView } from '../../return/return-head.tsx'

/** How a gate stands as far as what is in clear says: `sealed`, where only who opens the data can tell. */
export type GateStatus = 'met' | 'missing' | 'sealed'

/** The gates before a command: whose each is, and how it stands. */
export function membershipBefore(
  command: CommandName,
  seen: ReturnView,
): { gate: GateName; owner: string; membership: GateStatus }[] {
  return gatesBefore(command).map((gate) => ({
    gate,
    owner: gates[gate].owner,
    membership: membershipOf(gate, seen),
  }))
}

const onReturn = ['consent', 'other-basis']

function membershipOf(gate: GateName, seen: ReturnView): GateStatus {
  const met = (is: boolean) => (is ? 'met' : 'missing')
  switch (gate) {
    case 'identity-confirmed':
      return met(seen.identityConfirmed)
    case 'risk-assessed':
      return met(seen.riskAssessed)
    case 'funded':
      return met(seen.funded)
    case 'decided':
      return met(seen.ruling === 'approved' || !onReturn.includes(seen.recipients.ministry ?? 'none'))
    case 'document-valid':
      // Whether it serves on every day, only the data says; that there is none stands in clear.
      return seen.documentIssued ? 'sealed' : 'missing'
    default:
      return 'sealed'
  }
}
