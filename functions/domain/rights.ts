import { type CommandName, commandShape } from '../../schemas/commands.ts'
import { kindOf, type PartyId } from '../../schemas/parties.ts'
import { mayWithTask } from '../../schemas/task-rights.ts'
import { type Circle, isHelper } from './circle.ts'

/** What who was left out on the way still does for her until she has arrived, besides telling what happened. */
const onTheWay: readonly CommandName[] = ['change-travel', 'ask', 'answer', 'answer-call']
/** Of a post that was asked to help, and of a partner; the responsible post has no task. */
const ofHelpers: readonly CommandName[] = ['report-task', 'decline-task', 'accept-case']

/** Whether a party on a return may give a command there, by its part in it; its kind and the phase are not asked. */
export function mayGive(circle: Circle, party: PartyId, name: CommandName): boolean {
  const { owners, arranges, states } = commandShape(name)
  if (!(owners as readonly string[]).includes(kindOf(party))) return false
  const wasLeftOut = circle.basis.get(party) === 'accompanying'
  if (wasLeftOut && states !== 'fact' && !onTheWay.includes(name)) return false
  if (arranges && !wasLeftOut && circle.arranger !== party) return false
  if (isHelper(circle, party))
    return circle.tasks.some(({ to, task }) => to === party && mayWithTask(task, name))
  return !ofHelpers.includes(name)
}
