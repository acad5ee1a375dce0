import { commandOf } from '../../../schemas/commands/commands.ts'
import { isByWatch, type StoredEvent } from '../../../schemas/events/events.ts'
import { type Duty, duties, dutyOfSlot, separatedFrom } from '../../../schemas/procedure/duties.ts'
import type { Command } from '../command.ts'
import type { State } from '../state.ts'

const isDuty = (name: string): name is Duty => (duties as readonly string[]).includes(name)

/** The duty that a command does: its own, or that whose work it amends. */
function dutyOf({ name, body }: Pick<Command, 'name' | 'body'>): Duty | undefined {
  if (name === 'amend' && 'slot' in body) return dutyOfSlot[body.slot]
  return isDuty(name) ? name : undefined
}

/** The user who did each duty last, after an event. */
export function doneByAfter({ doneBy }: Pick<State, 'doneBy'>, event: StoredEvent): State['doneBy'] {
  if (isByWatch(event)) return doneBy
  const duty = event.type === 'amended' ? dutyOfSlot[event.data.slot] : commandOf[event.type]
  if (duty === undefined || !isDuty(duty)) return doneBy
  return new Map([...doneBy, [duty, event.by.user]])
}

/** The duties that the author of a command has done on the return, and that a colleague has to do apart from it. */
export function dutiesInTheWay({ doneBy }: State, command: Command): Duty[] {
  const duty = dutyOf(command)
  if (!duty) return []
  return separatedFrom(duty, command.config.separations).filter(
    (other) => doneBy.get(other) === command.by.user,
  )
}
