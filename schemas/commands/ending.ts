import * as z from 'zod/mini'
import { lock, moved, stepped } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** The end of a return, and its reopening. */
export const endingCommands = {
  cancel: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    destroys: true,
    from: 'open',
    to: 'cancelled',
    seals: { case: 'cancellation' },
    dropsUnread: true,
    alsoFor: 'everyone',
    event: 'cancelled',
    data: z.strictObject({ lock }),
  },
  close: {
    owners: ['centre', 'iom', 'mission', 'partner'],
    from: ['received', 'cancelled'],
    to: 'closed',
    destroys: true,
    alsoFor: 'everyone',
    event: 'closed',
    data: z.extend(stepped, { lock }),
  },
  /** Leads back to the last phase that was neither cancelled nor closed. */
  reopen: {
    owners: ['centre', 'iom', 'mission', 'partner'],
    from: ['cancelled', 'closed'],
    uses: ['case'],
    alsoFor: 'everyone',
    event: 'reopened',
    data: moved,
  },
} as const satisfies Record<string, CommandShape>
