import type { StoredEvent } from '../../../schemas/events/events.ts'
import {
  type GateName,
  gateNames,
  gates,
  gatesBefore,
  leavingCommands,
} from '../../../schemas/procedure/gates.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import type { Facts } from '../access/opened-sections.ts'
import type { State } from '../state.ts'
import { type ClosedGate, closedBy, isWaivedUnseen, judgeableBy } from './gates.ts'

/** The classes by which gates are judged. */
const classesOfGates: readonly string[] = [...new Set(gateNames.flatMap((gate) => gates[gate].reads))]
const beforeJourney = gateNames.filter((gate) =>
  leavingCommands.some((name) => gatesBefore(name).includes(gate)),
)

/** The gates before leaving that the arranger cannot judge and a party can: which of them are open, which closed. */
export function attestable(
  { by, at }: { by: { party: PartyId }; at: string },
  state: State,
  facts: Facts,
): { open: GateName[]; closed: ClosedGate[] } {
  const arrangerCanEvaluate = judgeableBy(state, state.arranger, facts)
  const canEvaluate = judgeableBy(state, by.party, facts)
  const toAttest = beforeJourney.filter(
    (gate) => !isWaivedUnseen(gate, state, facts, at) && !arrangerCanEvaluate(gate) && canEvaluate(gate),
  )
  const closed = toAttest.flatMap((gate) => closedBy(gate, state, facts, at) ?? [])
  return { open: toAttest.filter((gate) => !closed.some((closedGate) => closedGate.gate === gate)), closed }
}

/** The attested gates after an event: none, once it writes or strikes something by which gates are judged. */
export function attestedAfter({ attested }: State, event: StoredEvent): State['attested'] {
  const changed = event.type === 'struck' || event.sections.some(({ cls }) => classesOfGates.includes(cls))
  return changed && attested.size > 0 ? new Set() : attested
}
