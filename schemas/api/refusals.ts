import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { dataClassNames } from '../values/classes.ts'
import { openingReason } from '../values/codes.ts'
import { instant, returnId, sha256 } from '../values/texts.ts'
import type { Operation } from './operations.ts'
import { type ProblemCode, problemCodes } from './problems.ts'

/** Nothing is known of the return to who asks, or no longer: it has no business there, whatever it wants to do. */
const outside: readonly ProblemCode[] = ['not-found', 'basis-ended']

/**
 * Of each act on a return, the problems that an auditor has to know of. What a gate or a phase refuses is no matter of
 * his: that is the work, and whoever gives the command sees the return.
 */
export const recordedRefusals = {
  view: outside,
  events: outside,
  check: outside,
  'withdrawal-preview': outside,
  command: outside,
  open: [...outside, 'not-readable'],
  htcds: [...outside, 'not-readable'],
  export: [...outside, 'not-readable', 'not-yours', 'guardian-suspected'],
} as const satisfies Partial<Record<Operation, readonly ProblemCode[]>>

export type RecordedOperation = keyof typeof recordedRefusals
export const recordedOperations = Object.keys(recordedRefusals) as RecordedOperation[]

/** The act, where its refusal by this problem is recorded. */
export function recordedOperation(operation: Operation, problem: ProblemCode): RecordedOperation | undefined {
  const found = recordedOperations.find((recordedOperation) => recordedOperation === operation)
  return found && recordedRefusals[found].includes(problem) ? found : undefined
}

/** The most refusals of one user that are recorded in an hour: nobody can fill a table by asking. */
export const refusalsAnHour = 20

/** The subject of the records of what a user was refused: a chain of their own. */
export function refusalsOf(party: string, user: string): string {
  return `refused#${party}#${user}`
}

/**
 * One refusal: who asked for what, when, and for which stated reason. `about`: the id of the return that was asked for. There
 * may be no return of that id: whoever gets `not-found` cannot tell the difference.
 */
export const refusalRecord = z.strictObject({
  subject: z.string(),
  n: z.int().check(z.minimum(0)),
  prev: sha256,
  at: instant,
  by: author,
  kind: z.literal('refused'),
  about: returnId,
  operation: z.enum(recordedOperations),
  problem: z.enum(problemCodes),
  classes: z.array(z.enum(dataClassNames)),
  reason: z.optional(openingReason),
})
export type RefusalRecord = z.infer<typeof refusalRecord>
