import type * as z from 'zod/mini'
import type { withdrawalPreview } from '../../../schemas/api/answers.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import { excludeByWithdrawal, withdrawalExcludes } from '../access/exclusion.ts'
import type { Facts } from '../access/opened-sections.ts'
import { readersOf } from '../access/readers.ts'
import { sectionsWithoutReader } from '../access/retention.ts'
import { dueOf } from '../schedule/due.ts'
import type { Folded } from '../state.ts'

/**
 * What a withdrawal from a recipient would stop, shown before it is given. Throws unknown-target and nothing-to-do as the
 * withdrawal itself does.
 */
export function previewWithdrawal(
  state: Folded,
  facts: Facts,
  recipient: HolderId,
): z.infer<typeof withdrawalPreview> {
  const { after } = excludeByWithdrawal(state, recipient)
  const classes = sectionClassNames.filter((cls) => readersOf(state, cls).includes(recipient))
  const accessRemoved = withdrawalExcludes(state, facts, recipient, undefined)
  if (!accessRemoved)
    return {
      recipient,
      accessRemoved,
      classes,
      stillReads: classes,
      steps: [],
      tasks: [],
      arranges: false,
      holdsPlace: false,
      questions: 0,
      locked: [],
    }
  const withoutReader = new Set(sectionsWithoutReader(state, after))
  const dueAfter = dueOf({ ...state, ...after }).map(({ step }) => step)
  return {
    recipient,
    accessRemoved,
    classes,
    stillReads: classes.filter((cls) => readersOf(after, cls).includes(recipient)),
    steps: dueOf(state).flatMap(({ step }) => (dueAfter.includes(step) ? [] : [step])),
    tasks: state.tasks.flatMap((task) => (after.tasks.includes(task) ? [] : [task.task])),
    arranges: state.arranger === recipient,
    holdsPlace: state.placeHeld?.by === recipient,
    questions: state.questions.filter((question) => question.by === recipient || question.for === recipient)
      .length,
    locked: [...new Set(state.written.filter(({ sec }) => withoutReader.has(sec)).map(({ cls }) => cls))],
  }
}
