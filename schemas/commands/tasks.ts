import * as z from 'zod/mini'
import { grants, seqInBody, taskEnd } from '../events/data-forms.ts'
import { returnPhases } from '../procedure/phases.ts'
import { taskNames } from '../procedure/tasks.ts'
import { basisCode } from '../values/basis.ts'
import { partyId } from '../values/parties.ts'
import { day } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

const giving = ['mission', 'iom', 'centre', 'ministry'] as const

/** What a party asks a partner or another post to do, and how that ends. */
export const taskCommands = {
  /** Asks another party to do something, on a legal basis of its own. Until the task ends it reads what the task needs. */
  'give-task': {
    owners: giving,
    // Once a return is over: only what goes on then (`outlasts` in `tasks.ts`).
    from: returnPhases,
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    maySeal: { talk: 'question' },
    clear: { partner: partyId, task: z.enum(taskNames), until: z.optional(day) },
    grants: true,
    beside: true,
    event: 'task-given',
    data: z.strictObject({
      partner: partyId,
      task: z.enum(taskNames),
      basis: basisCode,
      until: z.optional(day),
      grants,
    }),
  },
  'report-task': {
    owners: ['partner', 'mission'],
    from: returnPhases,
    clear: { task: seqInBody },
    maySeal: { identity: 'report', protection: 'report', care: 'report', travel: 'report' },
    destroys: true,
    beside: true,
    event: 'task-reported',
    /** Where the task goes on: it is not done yet. Its last day may begin anew. */
    data: z.extend(taskEnd, { goesOn: z.optional(z.literal(true)), until: z.optional(day) }),
  },
  'decline-task': {
    owners: ['partner', 'mission'],
    from: returnPhases,
    clear: { task: seqInBody },
    seals: { talk: 'reason' },
    destroys: true,
    event: 'task-declined',
    data: taskEnd,
  },
  'end-task': {
    owners: giving,
    from: returnPhases,
    clear: { task: seqInBody },
    destroys: true,
    event: 'task-ended',
    data: taskEnd,
  },
} as const satisfies Record<string, CommandShape>
