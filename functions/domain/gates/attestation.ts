import type { StoredEvent } from '../../../schemas/events/events.ts'
import { type GateName, gateNames, gates, gatesBefore, leaving } from '../../../schemas/procedure/gates.ts'
import type { Facts } from '../access/opened-sections.ts'
import type { Command } from '../command.ts'
import type { State } from '../state.ts'
import { type ClosedGate, closedBy, isAnsweredFor, judgeOf } from './gates.ts'

/** The classes that gates are judged by. */
const judged: readonly string[] = [...new Set(gateNames.flatMap((gate) => gates[gate].reads))]
const beforeJourney = gateNames.filter((gate) => leaving.some((name) => gatesBefore(name).includes(gate)))

/** Of the gates before leaving that the arranger cannot judge, those that a party can: which are open, which closed. */
export function attestable(
  { by, at }: Pick<Command, 'by' | 'at'>,
  state: State,
  facts: Facts,
): { open: GateName[]; closed: ClosedGate[] } {
  const arrangerCan = judgeOf(state, state.arranger, facts)
  const can = judgeOf(state, by.party, facts)
  const asked = beforeJourney.filter(
    (gate) => !isAnsweredFor(gate, state, facts, at) && !arrangerCan(gate) && can(gate),
  )
  const closed = asked.flatMap((gate) => closedBy(gate, state, facts, at) ?? [])
  return { open: asked.filter((gate) => !closed.some((one) => one.gate === gate)), closed }
}

/** What somebody vouched for stands until anything is written, or struck, that a gate is judged by. */
export function attestedAfter({ attested }: State, event: StoredEvent): State['attested'] {
  if (event.type === 'attested') return new Set([...attested, ...event.data.gates])
  const changed = event.type === 'struck' || event.sections.some(({ cls }) => judged.includes(cls))
  return changed && attested.size > 0 ? new Set() : attested
}
