import type * as z from 'zod/mini'
import type { stops } from '../../schemas/answers.ts'
import { sectionClassNames } from '../../schemas/classes.ts'
import { type HolderId, kindOf } from '../../schemas/parties.ts'
import { withdrawing } from './aim.ts'
import { isCut } from './clear.ts'
import { dueOf } from './due.ts'
import { unread } from './locks.ts'
import type { Facts } from './opened.ts'
import { readersOf } from './readers.ts'
import type { Folded } from './state.ts'

/**
 * What a withdrawal from a recipient would stop, told before it is given. Throws unknown-target and nothing-to-do as
 * the withdrawal itself does.
 */
export function whatStops(state: Folded, facts: Facts, recipient: HolderId): z.infer<typeof stops> {
  const { after } = withdrawing(state, recipient)
  const cut = isCut(state, facts, recipient)
  const now = sectionClassNames.filter((cls) => readersOf(state, cls).includes(recipient))
  const lost = new Set(unread(state, after))
  return {
    recipient,
    cut,
    classes: now,
    keeps: cut ? now.filter((cls) => readersOf(after, cls).includes(recipient)) : now,
    steps: cut ? dueOf(state).flatMap(({ step, owner }) => (owner === kindOf(recipient) ? [step] : [])) : [],
    tasks: state.tasks.flatMap(({ to, task }) => (to === recipient ? [task] : [])),
    arranges: state.arranger === recipient,
    holdsPlace: state.placeHeld?.by === recipient,
    questions: state.questions.filter((one) => one.by === recipient || one.for === recipient).length,
    locked: cut ? [...new Set(state.written.filter(({ sec }) => lost.has(sec)).map(({ cls }) => cls))] : [],
  }
}
