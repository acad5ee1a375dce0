import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { type GateName, gates, gatesBefore } from '../../../../schemas/procedure/gates.ts'
import type { ReturnView } from '../../return/return-head.tsx'

/** The status of a gate by what is not sealed. `sealed`: only the sealed data can tell. */
export type GateStatus = 'met' | 'missing' | 'sealed'

/** The gates before a command, each with its owner and status. */
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
      // Only the sealed data say whether the document is valid on every day. That there is none is not sealed.
      return seen.documentIssued ? 'sealed' : 'missing'
    default:
      return 'sealed'
  }
}
