import { type CommandName, commandShape } from '../../../schemas/commands/commands.ts'
import { mayWithTask } from '../../../schemas/procedure/task-rights.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { Participants } from '../state.ts'
import { isHelper } from './participants.ts'

/** What a removed recipient still does until the arrival, if it accompanies the person; besides, it states facts. */
const whileAccompanying: readonly CommandName[] = [
  'change-travel',
  'ask',
  'answer',
  'answer-call',
  'link',
  'unlink',
]

/** What a post or a partner does with a task; the responsible party has no task. */
const withTaskAlone: readonly CommandName[] = ['report-task', 'decline-task', 'accept-case']

/** What the party does that raised an alert: talk of it, pass it on where no post covers the country, close it. */
const afterRaising: readonly CommandName[] = [
  'ask',
  'answer',
  'take',
  'assign',
  'note',
  'pass-alert',
  'close-alert',
]

/** What a centre does only on the returns that it is responsible for. */
const whileResponsible: readonly CommandName[] = ['cancel', 'hand-over-case']

/** What nobody but the responsible party says. */
const byResponsibleAlone: readonly CommandName[] = ['keep-return']

/** Whether a party on a return may give a command there, by its part in the return; the phase is checked elsewhere. */
export function mayGive(participants: Participants, party: PartyId, name: CommandName): boolean {
  const { owners, arranges, states } = commandShape(name)
  const { basis, arranger } = participants
  if (!(owners as readonly string[]).includes(kindOf(party))) return false
  const status = basis.get(party)
  const accompanies = status === 'accompanying'
  if (accompanies && states !== 'fact' && !whileAccompanying.includes(name)) return false
  if (arranges && !accompanies && arranger !== party) return false
  return status === 'raised' ? afterRaising.includes(name) : mayGiveByPart(participants, party, name)
}

function mayGiveByPart(participants: Participants, party: PartyId, name: CommandName): boolean {
  const { responsible, tasks } = participants
  const hasTask = tasks.some(({ to, task }) => to === party && mayWithTask(task, name))
  if (isHelper(participants, party)) return hasTask
  // A centre to which the case is offered is no helper, and still accepts it.
  if (withTaskAlone.includes(name)) return name === 'accept-case' && hasTask
  if (party === responsible) return true
  if (byResponsibleAlone.includes(name)) return false
  return kindOf(party) !== 'centre' || !whileResponsible.includes(name)
}
