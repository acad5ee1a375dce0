import { listPlaceOf } from '../../functions/domain/reports/list-place.ts'
import { openWork } from '../../functions/domain/reports/work-items.ts'
import { worklistRowOf } from '../../functions/domain/reports/worklist-row.ts'
import type { State } from '../../functions/domain/state.ts'
import type { PartyId } from '../../schemas/values/parties.ts'

const about = {
  version: 1,
  hash: '0'.repeat(64),
  at: '2026-11-21T10:00:00.000Z',
  reference: 'RET-0000-0000',
}

/** What is open on a return and who owes it, without days. */
export const openItems = (state: State): [what: string, party: PartyId][] =>
  openWork(state).map(({ what, party }) => [what, party])

/** Where a return stands among those of a party: the group, and by what it is sorted there. */
export function listPlace(state: State, party: PartyId): [group: string, at: string] {
  const { group, at } = listPlaceOf(worklistRowOf(state, party, about), party)
  return [group, at]
}
