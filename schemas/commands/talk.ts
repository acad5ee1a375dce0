import * as z from 'zod/mini'
import { nothing, seq, seqInBody } from '../events/data-forms.ts'
import { openAnywhere } from '../procedure/phases.ts'
import { partyId } from '../values/parties.ts'
import { type CommandShape, talking } from './command-shape.ts'

/** A question between two parties, and its answer. */
export const talkCommands = {
  ask: {
    owners: talking,
    from: openAnywhere,
    seals: { talk: 'question' },
    clear: { for: partyId },
    event: 'asked',
    data: nothing,
  },
  answer: {
    owners: talking,
    from: openAnywhere,
    seals: { talk: 'answer' },
    clear: { question: seqInBody },
    event: 'answered',
    data: z.strictObject({ question: seq }),
  },
} as const satisfies Record<string, CommandShape>
