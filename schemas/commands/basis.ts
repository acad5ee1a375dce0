import * as z from 'zod/mini'
import { dues, grants, lock, nothing } from '../events/data-forms.ts'
import { returnPhases } from '../procedure/phases.ts'
import { basisCode } from '../values/basis.ts'
import { holderId } from '../values/parties.ts'
import type { CommandShape } from './command-shape.ts'

/** Why somebody may be told, and when that ends. */
export const basisCommands = {
  /** Whether the person wants to return, as she says now; it may change, and change back. */
  'record-wish': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    seals: { case: 'wish' },
    event: 'wish-recorded',
    data: nothing,
  },
  /** A new ground for a recipient; what it may read is wrapped for it with the event. */
  agree: {
    owners: ['mission', 'iom', 'centre'],
    from: 'open',
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    grants: true,
    beside: true,
    event: 'agreed',
    data: z.strictObject({ recipient: holderId, basis: basisCode, grants }),
  },
  /** Wraps for a recipient what the party who brought it in could not read itself. */
  share: {
    owners: ['mission', 'iom', 'centre', 'ministry'],
    from: 'open',
    clear: { recipient: holderId },
    grants: true,
    event: 'shared',
    data: z.strictObject({ recipient: holderId, grants }),
  },
  /** She can answer for herself now, or who spoke for her may not: what others said ends, and she is asked. */
  'ask-anew': {
    owners: ['mission', 'iom', 'centre'],
    from: 'open',
    needs: ['case'],
    seals: { case: 'asked-anew' },
    beside: true,
    event: 'to-be-asked',
    data: z.strictObject({
      recipients: z.array(holderId).check(z.minLength(1), z.maxLength(16)),
      due: dues,
    }),
  },
  /** Consent can be taken back at any time, also after the return is closed. */
  withdraw: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: returnPhases,
    needs: ['case'],
    seals: { case: 'withdrawal' },
    destroys: true,
    beside: true,
    dropsUnread: true,
    event: 'withdrawn',
    data: z.strictObject({
      recipient: holderId,
      /** False where a duty by law, a child's protection or another purpose stands: then nothing was taken away. */
      accessRemoved: z.boolean(),
      /** What a recipient who accompanies her goes on reading until she has arrived. */
      stillReads: z.array(z.enum(['safety', 'travel'])).check(z.maxLength(2)),
      lock,
    }),
  },
  /** What a recipient did with what it held: the one command of who was left out. */
  'answer-withdrawal': {
    owners: ['mission', 'iom', 'centre', 'ministry', 'partner'],
    from: returnPhases,
    afterExclusion: true,
    clear: { answer: z.enum(['deleted', 'kept']) },
    maySeal: { talk: 'kept' },
    destroys: true,
    event: 'withdrawal-answered',
    data: z.strictObject({ answer: z.enum(['deleted', 'kept']) }),
  },
} as const satisfies Record<string, CommandShape>
