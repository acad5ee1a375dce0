import { refusal } from '../../../schemas/api/problems.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import { recordingRefusal } from '../http/refusal-audit.ts'
import type { Handler, ReturnRequest } from '../http/request.ts'
import { sessionFor } from './membership.ts'

/**
 * The handler of a route about one return: finds the return in the path and the session in which the caller works on it,
 * and records a refusal. A text that cannot be an id is answered like an id that nobody knows.
 */
export function onReturn(handler: Handler<ReturnRequest>): Handler {
  return async (request) => {
    const { session, event } = request
    const ret = returnId.safeParse(event.pathParameters?.ret)
    if (!ret.success) throw refusal('not-found')
    return recordingRefusal({ ...request, ret: ret.data }, async () =>
      handler({ ...request, session: await sessionFor(session, ret.data), ret: ret.data }),
    )
  }
}
