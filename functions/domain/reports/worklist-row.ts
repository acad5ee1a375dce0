import type * as z from 'zod/mini'
import type { answeredRow } from '../../../schemas/api/answers.ts'
import { type CommandName, commandShape, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import { overPhases } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { isHelper } from '../access/participants.ts'
import { membershipOf } from '../access/readers.ts'
import { mayGive } from '../access/rights.ts'
import { openCalls } from '../schedule/call-lines.ts'
import { nextDayOf } from '../schedule/due.ts'
import { type Delivered, overdueFor } from '../schedule/escalation.ts'
import type { State } from '../state.ts'
import { flagsOf, workItemsFor } from './work-items.ts'

type Row = z.infer<typeof answeredRow>

/** The commands that a party may give in the return's phase; gates are not checked. */
export function commandsFor(state: State, party: PartyId): CommandName[] {
  const membership = membershipOf(state, party)
  if (membership === 'none') return []
  const withdrawal = state.withdrawals.get(party)
  const owesAnswer = membership === 'ended' && withdrawal !== undefined && !withdrawal.answer
  const may = (name: CommandName) =>
    commandShape(name).afterExclusion ? owesAnswer : membership === 'on' && mayGive(state, party, name)
  return commandsOf(kindOf(party)).filter((name) => startsFrom(name, state.phase) && may(name))
}

/** What a row shows that is not in the state: `version` is the number of events, `hash` and `at` are the last one's. */
export interface RowDetails {
  version: number
  hash: string
  at: string
  reference: string
  /** Up to which event each party has received the return. */
  delivered?: readonly Delivered[]
}

/** A row of a party's worklist, without personal data. A helper sees only what waits for it. */
export function worklistRowOf(
  state: State,
  party: PartyId,
  { version, hash, at, reference, delivered = [] }: RowDetails,
): Row {
  const helps = isHelper(state, party)
  const isVisible = (line: { party: PartyId }) => line.party === party || !helps
  const assignee = state.assignees.get(party)
  const next = nextDayOf(state, party)
  const arriving = helps ? undefined : arrivingOf(state)
  return {
    ret: state.ret,
    reference,
    phase: state.phase,
    urgency: state.urgency,
    version,
    hash,
    responsible: state.responsible,
    items: workItemsFor(state, party, delivered),
    flags: flagsOf(state),
    membership: membershipOf(state, party) === 'on' ? 'on' : 'ended',
    request: state.request,
    cleared: state.cleared,
    alerts: overPhases.includes(state.phase) ? [] : [...state.alerts],
    ...(assignee ? { assignee } : {}),
    ...(next ? { next } : {}),
    ...(arriving ? { arriving } : {}),
    overdue: overdueFor(state, party, delivered),
    calls: openCalls(state)
      .map(({ seq, party: called }) => ({ seq, party: called }))
      .filter(isVisible),
    at,
  }
}

/** The day by which an arrival is expected, as far as it stands in clear: the journey itself is sealed. */
function arrivingOf({ phase, due, placeHeld }: State): string | undefined {
  if (phase === 'travelling') return due.get('arrive')
  return phase === 'planned' || phase === 'confirmed' ? placeHeld?.until : undefined
}
