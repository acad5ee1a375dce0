import { standingOf } from '../../functions/domain/reports/standing.ts'
import { worklistRowOf } from '../../functions/domain/reports/worklist-row.ts'
import type { State } from '../../functions/domain/state.ts'
import type { PartyId } from '../../schemas/values/parties.ts'

const about = {
  version: 1,
  hash: '0'.repeat(64),
  at: '2026-11-21T10:00:00.000Z',
  reference: 'RET-0000-0000',
}

/** Where a return stands among those of a party: the group, and by what it is sorted there. */
export function standing(state: State, party: PartyId): [group: string, at: string] {
  const { group, at } = standingOf(worklistRowOf(state, party, about), party)
  return [group, at]
}
