import * as z from 'zod/mini'
import { fact, lock, seq, seqInBody } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** What comes up on the way and at its end. The types are few, so that the clear event says little. */
export const wayCommands = {
  /** A delay, a missed connection, a new booking, an incident, a person held at a border or let on. The section says which. */
  'report-way': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    uses: ['travel'],
    seals: { case: 'way', travel: 'leg' },
    derives: { label: 'way' },
    event: 'way-reported',
    data: fact,
  },
  /** The person will not come, or not by this return: she died, went her own way, or stays. The journey ends. */
  'end-otherwise': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    states: 'fact',
    destroys: true,
    from: 'open',
    to: 'cancelled',
    uses: ['travel', 'safety'],
    seals: { case: 'ending' },
    maySeal: { care: 'ending' },
    event: 'ended-otherwise',
    data: z.extend(fact, { lock }),
  },
  /** Where the person wants to go after the arrival. Her last word counts. */
  'record-choice': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    states: 'fact',
    from: 'open',
    seals: { case: 'choice' },
    event: 'choice-recorded',
    data: fact,
  },
  /** The other side of a hand-over confirms it. Nothing waits for it. */
  'confirm-handover': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    clear: { handover: seqInBody },
    seals: { case: 'handover-confirmation' },
    maySeal: { care: 'condition' },
    beside: true,
    event: 'handover-confirmed',
    data: z.strictObject({ handover: seq }),
  },
} as const satisfies Record<string, CommandShape>
