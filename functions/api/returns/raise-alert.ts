import type * as z from 'zod/mini'
import type { alertedAnswer } from '../../../schemas/api/answers.ts'
import { isRefusal, refusal } from '../../../schemas/api/problems.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { requireChecked } from '../../checks/check-body.ts'
import { alertParticipants } from '../../domain/access/alert-participants.ts'
import { readersOf } from '../../domain/access/readers.ts'
import { commandFrom } from '../../domain/command.ts'
import { decideAlert, planAlert } from '../../domain/commands/alert.ts'
import { fold } from '../../domain/evolve.ts'
import type { Folded } from '../../domain/state.ts'
import { bodyMac, claimHash, readClaim, sameBody } from '../../trail/claim.ts'
import { referenceOf, requestIdFrom } from '../../trail/ids.ts'
import { postAnswering } from '../administration/posts.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { type HttpAnswer, idempotencyKeyOf, json, readBody } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { giveWithRetries } from './give-command.ts'
import { sessionFor } from './membership.ts'
import { readReturn } from './read-return.ts'
import { newLogKey, startTrail } from './start-trail.ts'

/**
 * `POST …/alerts`: begins an alert and sends it to the open post that covers its country, or to the consular department.
 * Sent again with the same key, the request gets the same answer, even if another post covers the country by then.
 */
export async function raiseAlert({ session, event, route }: ApiRequest): Promise<HttpAnswer> {
  if (!route.body) throw refusal('not-found')
  const key = idempotencyKeyOf(event)
  const { bytes, content } = readBody(event, route.body)
  const mac = bodyMac(key, bytes)
  const { party, user } = session.by
  const claim = claimHash([user, `${route.method} ${route.path}`, key])
  const claimed = await readClaim(session.db, tableName('claims'), party, claim)
  if (claimed && !sameBody(claimed, mac)) throw refusal('key-reused')
  if (claimed) return answerWith(session, claimed.ret)
  await requireChecked('alert', kindOf(party), content, { now: Date.now() })
  const command = commandFrom('alert', content, {
    by: session.by,
    at: new Date().toISOString(),
    config: deploymentConfig(),
  })
  const post = await postAnswering(session, command.body.case.country)
  const log = newLogKey()
  const decision = decideAlert(
    command,
    planAlert(command, post),
    { request: requestIdFrom(claimHash([party, claim])), log: { sec: log.sec, kid: log.kid } },
    post,
  )
  const holders = readersOf(alertParticipants(party, post), 'log')
  return answerWith(session, await startTrail(session, { command, decision, log, holders, claim }, mac))
}

/** The answer is made of what was written: of two equal requests at once the first counts. */
async function answerWith(session: Session, ret: string): Promise<HttpAnswer> {
  const { events } = await readReturn(session, ret, { wraps: 'none' }, true)
  const [first] = events
  if (first?.type !== 'alerted') throw refusal('internal')
  const answer: z.infer<typeof alertedAnswer> = {
    ret,
    reference: referenceOf(ret),
    version: 1,
    post: first.data.post,
  }
  return json(201, answer, 1)
}

/** An alert that a post files from, and the session in which the post works on it. */
export interface FiledFrom {
  session: Session
  ret: string
  state: Folded
}

/** Reads an alert for the post that is responsible. Throws not-found, basis-ended, and not-yours for its author. */
export async function alertToFile(session: Session, ret: string): Promise<FiledFrom> {
  const on = await sessionFor(session, ret)
  const { events, state } = await readReturn(on, ret, { wraps: 'none' })
  if (fold(events.slice(0, 1))?.phase !== 'alert') throw refusal('not-found')
  if (state.responsible !== session.by.party) throw refusal('not-yours')
  return { session: on, ret, state }
}

/** Whether an alert is neither a request yet nor closed. */
export const isOpenAlert = ({ state }: FiledFrom) => (openAlert as readonly string[]).includes(state.phase)

/** Notes on an alert that it became a request, once that is filed. */
export async function becomeRequest(
  { session, ret }: FiledFrom,
  { at, claim, mac }: { at: string; claim: string; mac: string },
): Promise<void> {
  const command = commandFrom('become-request', {}, { by: session.by, at, config: deploymentConfig() })
  try {
    await giveWithRetries(session, { command, ret, claim, mac, expected: undefined })
  } catch (error) {
    // A colleague filed from it at the same moment, or somebody closed it: the returns name it all the same.
    if (!isRefusal(error) || error.code !== 'wrong-phase') throw error
  }
}
