import * as z from 'zod/mini'
import { eventTypes } from '../events/events.ts'
import { checkNames } from '../values/checks.ts'
import { writerId } from '../values/parties.ts'
import { instant, requestId } from '../values/texts.ts'
import { problemCodes } from './problems.ts'
import { choices } from './rooms.ts'

const count = z.int().check(z.minimum(0))

/** Problem details (RFC 9457) with a stable code. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  fields: z.optional(z.array(z.string())),
  /** Which check the fields have failed; the first field of each is the one that an override names. */
  checks: z.optional(z.array(z.strictObject({ check: z.enum(checkNames), fields: z.array(z.string()) }))),
  /** What changed since the version that was read, and touches the same. `own`: the same user wrote it. */
  changed: z.optional(
    z.array(
      z.strictObject({
        seq: count,
        type: z.enum(eventTypes),
        at: instant,
        party: writerId,
        own: z.boolean(),
        slots: z.array(z.string()),
      }),
    ),
  ),
  choices: z.optional(choices),
  duties: z.optional(z.array(z.string())),
  gates: z.optional(z.array(z.strictObject({ gate: z.string(), owner: z.string(), reason: z.string() }))),
  request: z.optional(requestId),
  version: z.optional(count),
})
