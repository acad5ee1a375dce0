import * as z from 'zod/mini'
import { openAnywhere, returnPhases } from '../procedure/phases.ts'
import { taskNames } from '../procedure/tasks.ts'
import { partyId } from '../values/parties.ts'
import { day } from '../values/texts.ts'
import { type CommandShape, leavingClasses } from './command-shape.ts'

const taskOf = z.int().check(z.minimum(0))
const giving = ['mission', 'iom', 'centre', 'ministry'] as const

/** Who does what: the arranger, the responsible post, helping posts and partners. */
export const responsibilityCommands = {
  /** Another party is asked to do something, on a ground of its own; it reads what the task needs until it ends. */
  'give-task': {
    owners: giving,
    from: 'open',
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    maySeal: { talk: 'question' },
    clear: { partner: partyId, task: z.enum(taskNames), until: z.optional(day) },
    grants: true,
    beside: true,
    event: 'task-given',
  },
  'report-task': {
    owners: ['partner', 'mission'],
    from: returnPhases,
    clear: { task: taskOf },
    maySeal: { identity: 'report', protection: 'report', care: 'report', travel: 'report' },
    destroys: true,
    beside: true,
    event: 'task-reported',
  },
  'decline-task': {
    owners: ['partner', 'mission'],
    from: returnPhases,
    clear: { task: taskOf },
    seals: { talk: 'reason' },
    destroys: true,
    event: 'task-declined',
  },
  'end-task': {
    owners: giving,
    from: returnPhases,
    clear: { task: taskOf },
    destroys: true,
    event: 'task-ended',
  },
  /** Offers the case to another post, or to a centre; until that accepts it, who had it answers for it. */
  'hand-over-case': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    clear: { to: partyId },
    grants: true,
    beside: true,
    event: 'case-offered',
  },
  /** Who was offered the case answers for it from now on; the one before is left out. */
  'accept-case': {
    owners: ['mission', 'centre'],
    from: 'open',
    destroys: true,
    event: 'case-accepted',
  },
  /** The consular department says which post a return, or an alert, belongs to; who can read it hands it over. */
  'move-case': { owners: ['consular'], from: openAnywhere, clear: { to: partyId }, event: 'move-ordered' },
  /** Who plans the journey: IOM, the responsible post, the ministry, or an organisation with that task. */
  'choose-arranger': {
    owners: ['mission', 'ministry'],
    from: 'open',
    clear: { arranger: partyId },
    destroys: true,
    event: 'arranger-chosen',
  },
  /** Says that gates are open whose sections the arranger may not read. */
  attest: {
    owners: ['mission', 'iom', 'centre'],
    from: ['planned', 'confirmed'],
    needs: leavingClasses,
    event: 'attested',
  },
} as const satisfies Record<string, CommandShape>
