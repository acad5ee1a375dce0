import type * as z from 'zod/mini'
import type { withdrawalPreview } from '../../../schemas/api/answers.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import { dueOf } from '../schedule/due.ts'
import type { Folded } from '../state.ts'
import { withdrawalExcludes, withdrawing } from './exclusion.ts'
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
  const cut = withdrawalExcludes(state, facts, recipient, undefined)
  const now = sectionClassNames.filter((cls) => readersOf(state, cls).includes(recipient))
  const lost = new Set(unread(state, after))
  const open = { ...state, ...(cut ? after : {}) }
  const still = dueOf(open).map(({ step }) => step)
  return {
    recipient,
    cut,
    classes: now,
    keeps: cut ? now.filter((cls) => readersOf(after, cls).includes(recipient)) : now,
    steps: dueOf(state).flatMap(({ step }) => (still.includes(step) ? [] : [step])),
    tasks: state.tasks.flatMap((task) => (open.tasks.includes(task) ? [] : [task.task])),
    arranges: cut && state.arranger === recipient,
    holdsPlace: cut && state.placeHeld?.by === recipient,
    questions: cut
      ? state.questions.filter((question) => question.by === recipient || question.for === recipient).length
      : 0,
    locked: cut ? [...new Set(state.written.filter(({ sec }) => lost.has(sec)).map(({ cls }) => cls))] : [],
  }
}
