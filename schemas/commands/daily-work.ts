import * as z from 'zod/mini'
import { due, nothing } from '../events/data-forms.ts'
import { openAnywhere } from '../procedure/phases.ts'
import { day, personId } from '../values/texts.ts'
import { type CommandShape, talking } from './command-shape.ts'

/** The daily work of one party: who does it, and what comes next. */
export const dailyWorkCommands = {
  /** The author becomes the assignee of the return for the own party. */
  take: { owners: talking, from: openAnywhere, event: 'taken', data: nothing },
  /** Makes a colleague the assignee, by the id that sign-in gave them. */
  assign: {
    owners: talking,
    from: openAnywhere,
    clear: { user: personId },
    event: 'assigned',
    data: z.strictObject({ user: personId }),
  },
  /** For the own party alone; the day of the next step shows on its worklist. */
  note: {
    owners: talking,
    from: openAnywhere,
    seals: { note: 'note' },
    clear: { next: z.optional(day) },
    event: 'noted',
    data: z.strictObject({ due: z.array(due).check(z.maxLength(1)) }),
  },
} as const satisfies Record<string, CommandShape>
