import { setTimeout as pause } from 'node:timers/promises'
import { isRefusal, type Refusal } from '../../../schemas/api/problems.ts'
import { type RecordedOperation, recordedOperation, refusalsOf } from '../../../schemas/api/refusals.ts'
import { opening } from '../../../schemas/api/requests.ts'
import { errorName, log } from '../../log.ts'
import { appendRefusal } from '../../trail/access.ts'
import { type HttpEvent, rawBody } from './http.ts'
import { parseBody } from './json.ts'
import type { ReturnRequest } from './request.ts'
import { tableName } from './session.ts'

/**
 * Milliseconds. A `not-found` is answered at a multiple of these after the request came: so the time of an answer does not
 * show whether a trail of somebody else was read, a long one or a short one, or none.
 */
const step = 100

/**
 * Runs an operation on a return. Where the caller is refused and the refusal matters (`schemas/api/refusals.ts`), it is
 * recorded for auditors and for the parties on the return. The caller gets the same answer whether there is such a return
 * or not, and whether the refusal was recorded or not.
 */
export async function recordingRefusal<T>(request: ReturnRequest, operation: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await operation()
  } catch (error) {
    const recorded = isRefusal(error) ? recordedOperation(request.route.operation, error.code) : undefined
    if (!isRefusal(error) || !recorded) throw error
    await record(request, recorded, error)
    if (error.code === 'not-found') await pause(step - ((performance.now() - begun) % step))
    throw error
  }
}

/** A refusal that cannot be recorded is logged, and changes nothing for the caller. */
async function record(
  { session: { db, by }, event, ret }: ReturnRequest,
  operation: RecordedOperation,
  { code }: Refusal,
): Promise<void> {
  const opened = operation === 'open' ? openingIn(event) : undefined
  try {
    await appendRefusal(db, tableName('access'), {
      subject: refusalsOf(by.party, by.user),
      at: new Date().toISOString(),
      by,
      kind: 'refused',
      about: ret,
      operation,
      problem: code,
      classes: opened?.classes ?? [],
      ...(opened ? { reason: opened.reason } : {}),
    })
  } catch (error) {
    log('refusal-not-recorded', { operation, error: errorName(error) })
  }
}

/** The classes and the reason of an opening, where its body names them. */
function openingIn(event: HttpEvent) {
  try {
    return opening.safeParse(parseBody(rawBody(event))).data
  } catch {
    return undefined
  }
}
