import { type CommandName, commandShape } from '../../../schemas/commands/commands.ts'
import { mayWithTask } from '../../../schemas/procedure/task-rights.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { isHelper, type Participants } from './participants.ts'

/** What who was left out on the way still does for her until she has arrived, besides telling what happened. */
const onTheWay: readonly CommandName[] = ['change-travel', 'ask', 'answer', 'answer-call']
/** Of a post that was asked to help, and of a partner; the responsible post has no task. */
const ofHelpers: readonly CommandName[] = ['report-task', 'decline-task', 'accept-case']

/** Of who raised an alert: to talk of it, to pass it on where no post covers the country, and to close it. */
const ofRaisers: readonly CommandName[] = [
  'ask',
  'answer',
  'take',
  'assign',
  'note',
  'pass-alert',
  'close-alert',
]
/** What a centre does on the returns that it answers for, and on no other's. */
const ofWhoAnswers: readonly CommandName[] = ['cancel', 'hand-over-case']

/** Whether a party on a return may give a command there, by its part in it; its kind and the phase are not asked. */
export function mayGive(circle: Participants, party: PartyId, name: CommandName): boolean {
  const { owners, arranges, states } = commandShape(name)
  if (!(owners as readonly string[]).includes(kindOf(party))) return false
  const ground = circle.basis.get(party)
  const wasLeftOut = ground === 'accompanying'
  if (wasLeftOut && states !== 'fact' && !onTheWay.includes(name)) return false
  if (arranges && !wasLeftOut && circle.arranger !== party) return false
  if (ground === 'raised') return ofRaisers.includes(name)
  const withTask = circle.tasks.some(({ to, task }) => to === party && mayWithTask(task, name))
  if (isHelper(circle, party)) return withTask
  // A centre that is offered the case is no helper, and accepts it all the same.
  if (ofHelpers.includes(name)) return name === 'accept-case' && withTask
  return party === circle.responsible || kindOf(party) !== 'centre' || !ofWhoAnswers.includes(name)
}
