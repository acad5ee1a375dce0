import type * as z from 'zod/mini'
import type { withdrawalPreview } from '../../../schemas/api/answers.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import { isCut } from '../event-data.ts'
import { dueOf } from '../schedule/due.ts'
import type { Folded } from '../state.ts'
import { withdrawing } from './exclusion.ts'
import type { Facts } from './opened-sections.ts'
import { readersOf } from './readers.ts'
import { unread } from './retention.ts'

/**
 * What a withdrawal from a recipient would stop, told before it is given. Throws unknown-target and nothing-to-do as
 * the withdrawal itself does.
 */
export function previewWithdrawal(
  state: Folded,
  facts: Facts,
  recipient: HolderId,
): z.infer<typeof withdrawalPreview> {
  const { after } = withdrawing(state, recipient)
  const accessRemoved = isCut(state, facts, recipient, undefined)
  const now = sectionClassNames.filter((cls) => readersOf(state, cls).includes(recipient))
  const lost = new Set(unread(state, after))
  const open = { ...state, ...(accessRemoved ? after : {}) }
  const still = dueOf(open).map(({ step }) => step)
  return {
    recipient,
    accessRemoved: accessRemoved,
    classes: now,
    stillReads: accessRemoved ? now.filter((cls) => readersOf(after, cls).includes(recipient)) : now,
    steps: dueOf(state).flatMap(({ step }) => (still.includes(step) ? [] : [step])),
    tasks: state.tasks.flatMap((task) => (open.tasks.includes(task) ? [] : [task.task])),
    arranges: accessRemoved && state.arranger === recipient,
    holdsPlace: accessRemoved && state.placeHeld?.by === recipient,
    questions: accessRemoved
      ? state.questions.filter((question) => question.by === recipient || question.for === recipient).length
      : 0,
    locked: accessRemoved
      ? [...new Set(state.written.filter(({ sec }) => lost.has(sec)).map(({ cls }) => cls))]
      : [],
  }
}
