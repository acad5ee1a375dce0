import * as z from 'zod/mini'
import { fact, seq, seqInBody } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** What comes up on the way and at its end: few types, so that what is in clear tells little of it. */
export const wayCommands = {
  /** A delay, a missed connection, a new booking, an incident, held at a border and let on: which of them is sealed. */
  'report-way': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    uses: ['travel'],
    seals: { case: 'way', travel: 'leg' },
    event: 'way-reported',
    data: fact,
  },
  /** She will not come, or not by this return: she died, went her own way, stays. Nobody is asked to travel. */
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
    data: fact,
  },
  /** Where she wants to go after the arrival; she may change it, and the last word counts. */
  'record-choice': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    states: 'fact',
    from: 'open',
    seals: { case: 'choice' },
    event: 'choice-recorded',
    data: fact,
  },
  /** The other side of a hand-over; nothing waits for it. */
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
