import * as z from 'zod/mini'
import { dues, grants, lock, moved, stepsMoved } from '../events/data-forms.ts'
import { returnPhases } from '../procedure/phases.ts'
import { basisCode } from '../values/basis.ts'
import { holderId } from '../values/parties.ts'
import type { CommandShape } from './command-shape.ts'

/** The legal basis on which a recipient takes part in a return, and its end. */
export const basisCommands = {
  /** Whether the person wants to return, as she says now; it may change, and change back. */
  'record-wish': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    seals: { case: 'wish' },
    event: 'wish-recorded',
    data: moved,
  },
  /** Gives a recipient a legal basis. The event wraps for it the sections that it may read. */
  agree: {
    owners: ['mission', 'iom', 'centre'],
    from: 'open',
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    grants: true,
    beside: true,
    event: 'agreed',
    data: z.strictObject({ recipient: holderId, basis: basisCode, grants, ...stepsMoved }),
  },
  /** Wraps for a recipient the sections that the party which brought it in could not read itself. */
  share: {
    owners: ['mission', 'iom', 'centre', 'ministry'],
    from: 'open',
    clear: { recipient: holderId },
    grants: true,
    event: 'shared',
    data: z.strictObject({ recipient: holderId, grants }),
  },
  /** The person can answer for herself now, or her guardian may not speak for her. The bases that others gave end, and she is asked. */
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
      /** False where a legal duty, the protection of a child or another purpose stands: the recipient keeps its access. */
      accessRemoved: z.boolean(),
      /** The classes that a recipient which accompanies the person reads until the arrival. */
      stillReads: z.array(z.enum(['safety', 'travel'])).check(z.maxLength(2)),
      lock,
      ...stepsMoved,
    }),
  },
  /** A removed recipient answers what it did with the data that it held. It can give no other command. */
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
