import * as z from 'zod/mini'
import { seq, seqInBody } from '../events/data-forms.ts'
import { openAnywhere } from '../procedure/phases.ts'
import type { CommandShape } from './command-shape.ts'

/** The answer to a call-out. */
export const callsCommands = {
  /** The party that was called has seen the event: it is not called again for it. */
  'answer-call': {
    owners: ['mission', 'consular', 'iom', 'centre'],
    from: openAnywhere,
    clear: { call: seqInBody },
    event: 'call-answered',
    data: z.strictObject({ call: seq }),
  },
} as const satisfies Record<string, CommandShape>
