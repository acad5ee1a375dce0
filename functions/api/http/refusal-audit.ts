import { setTimeout as pause } from 'node:timers/promises'
import { isRefusal, type Refusal } from '../../../schemas/api/problems.ts'
import { type RecordedOperation, recordedOperation, refusalsOf } from '../../../schemas/api/refusals.ts'
import { opening } from '../../../schemas/api/requests.ts'
import { errorName, log } from '../../log.ts'
import { appendRefusal } from '../../trail/access.ts'
import { type HttpEvent, type RequestedRoute, rawBody } from './http.ts'
import { parseBody } from './json.ts'
import { type Session, table } from './session.ts'

/**
 * Milliseconds. That nothing is known of a return is told at a multiple of these after it was asked: reading a long
 * trail that is not the caller's, a short one, or none, lie within one of them.
 */
const step = 100

/**
 * Does something on a return, and records for auditors and for those on the return when the caller is refused and that
 * matters (`schemas/api/refusals.ts`). The caller is answered alike whether there is such a return, and whether it was
 * recorded.
 */
export async function recordingRefusal<T>(
  session: Session,
  { event, route, ret }: { event: HttpEvent; route: RequestedRoute; ret: string },
  operation: () => Promise<T>,
): Promise<T> {
  const begun = performance.now()
  try {
    return await operation()
  } catch (error) {
    const recorded =
      isRefusal(error) && route.operation !== 'nothing'
        ? recordedOperation(route.operation, error.code)
        : undefined
    if (!isRefusal(error) || !recorded) throw error
    await record(session, event, recorded, ret, error)
    if (error.code === 'not-found') await pause(step - ((performance.now() - begun) % step))
    throw error
  }
}

/** That it cannot be recorded is told to the log, and changes nothing for who asked. */
async function record(
  { db, by }: Session,
  event: HttpEvent,
  operation: RecordedOperation,
  ret: string,
  { code }: Refusal,
): Promise<void> {
  const asked = operation === 'open' ? askedFor(event) : undefined
  try {
    await appendRefusal(db, table('access'), {
      subject: refusalsOf(by.party, by.user),
      at: new Date().toISOString(),
      by,
      kind: 'refused',
      about: ret,
      operation,
      problem: code,
      classes: asked?.classes ?? [],
      ...(asked ? { reason: asked.reason } : {}),
    })
  } catch (error) {
    log('refusal-not-recorded', { operation, error: errorName(error) })
  }
}

/** The classes and the reason of an opening, where its body names them. */
function askedFor(event: HttpEvent) {
  try {
    return opening.safeParse(parseBody(rawBody(event))).data
  } catch {
    return undefined
  }
}
