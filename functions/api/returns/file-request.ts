import pLimit from 'p-limit'
import { isRefusal, refusal } from '../../../schemas/api/problems.ts'
import { bodyLimit } from '../../../schemas/api/routes.ts'
import { requestBodyOf } from '../../../schemas/commands/bodies.ts'
import { type HolderId, kindOf } from '../../../schemas/values/parties.ts'
import { requireChecked } from '../../checks/check-body.ts'
import { readersOf } from '../../domain/access/readers.ts'
import type { Command, CommandOf } from '../../domain/command.ts'
import { mayReceive } from '../../domain/commands/basis.ts'
import { decideFiling, participantsOf, planFiling } from '../../domain/commands/request.ts'
import { bodyMac, claimHash, readClaim, sameBody } from '../../trail/claim.ts'
import { referenceOf, requestIdFrom } from '../../trail/ids.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { type HttpAnswer, idempotencyKeyOf, json, readBody } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'
import { requireOwnRequest } from '../worklist/worklist.ts'
import { deleteSentParts, draftStatements } from './file-draft.ts'
import { alertToFile, becomeRequest, isOpenAlert } from './raise-alert.ts'
import { newLogKey, startTrail, type TrailStart } from './start-trail.ts'

/**
 * `POST …/requests`: a return for each person, each in a transaction of its own under a claim of its own. All are decided
 * before the first is written. Sent again after a failure, the request goes on where it stopped. Returns that are filed from
 * an alert belong to the request that the alert becomes; the draft of the request is deleted with the filing.
 */
export async function fileRequest({ session, event, route }: ApiRequest): Promise<HttpAnswer> {
  const key = idempotencyKeyOf(event)
  const { bytes, content } = readBody(event, requestBodyOf(kindOf(session.by.party)), bodyLimit.request)
  const mac = bodyMac(key, bytes)
  const parts = [session.by.user, `${route.method} ${route.path}`, key]
  const alert = content.alert ? await alertToFile(session, content.alert) : undefined
  const filing = requestIdFrom(claimHash([session.by.party, ...parts]))
  const request = alert?.state.request ?? content.request ?? filing
  const sending = content.draft && { ...content.draft, request, filing }
  const at = new Date().toISOString()
  const filings = content.persons.map((body, index) =>
    decideOn(
      { name: 'file', by: session.by, at, config: deploymentConfig(), body },
      index,
      { request, ...(content.alert ? { alert: content.alert } : {}) },
      claimHash([...parts, String(index)]),
    ),
  )
  const claims = await Promise.all(
    filings.map(({ claim }) => readClaim(session.db, tableName('claims'), session.by.party, claim)),
  )
  if (claims.some((claim) => claim && !sameBody(claim, mac))) throw refusal('key-reused')
  // What was filed before is not asked again: a day may have passed since.
  const now = Date.parse(at)
  await Promise.all(
    filings.map(({ command }, index) => claims[index] ?? requireCheckedPerson(command, index, now)),
  )
  if (claims.includes(undefined)) {
    if (content.request) await requireOwnRequest(session, request)
    if (alert && !isOpenAlert(alert)) throw refusal('wrong-phase')
  }
  const [first, last] = [claims.indexOf(undefined), claims.lastIndexOf(undefined)]
  const fileOne = async (index: number): Promise<string> => {
    const [filing, claim] = [filings[index], claims[index]]
    if (claim || !filing) return claim?.ret ?? ''
    const stage = { begun: claims.some((claim) => claim) || index > first, last: index === last }
    const draftOf = (at: string) => (sending ? draftStatements(session, sending, at, stage) : [])
    return startTrail(session, filing, mac, draftOf)
  }
  const returns = await inOrderOfDraft(filings.length, { first, last }, fileOne)
  if (sending) await deleteSentParts(session, sending)
  if (alert) await becomeRequest(alert, { at, claim: claimHash([...parts, 'alert']), mac })
  return json(201, {
    request,
    returns: returns.map((ret) => ({ ret, reference: referenceOf(ret), version: 1 })),
  })
}

/** Persons of a request that are written at a time. */
const personsAtOnce = 3

/**
 * Files the persons of a request: the first alone, because it marks the draft as sent; then those between, several at a
 * time; the last alone, because the draft's ciphertext goes with it.
 */
async function inOrderOfDraft(
  count: number,
  { first, last }: { first: number; last: number },
  fileOne: (index: number) => Promise<string>,
): Promise<string[]> {
  const head = first < 0 ? undefined : await fileOne(first)
  const all = Array.from({ length: count }, (_, index) => index)
  const between = await pLimit(personsAtOnce).map(all, (index) =>
    index === first ? (head ?? '') : index === last ? '' : fileOne(index),
  )
  if (last > first) between[last] = await fileOne(last)
  return between
}

/** The checks of one person, whose fields are named from the top of the body. */
async function requireCheckedPerson({ name, by, body }: Command, index: number, now: number): Promise<void> {
  try {
    await requireChecked(name, kindOf(by.party), body, { now })
  } catch (error) {
    throw inPerson(error, index)
  }
}

function decideOn(
  command: CommandOf<'file'>,
  index: number,
  ids: { request: string; alert?: string },
  claim: string,
): TrailStart {
  const log = newLogKey()
  try {
    const participants = participantsOf(command.by.party, command.body.case)
    requireKnownRecipients(command, participants.basis.keys())
    return {
      command,
      log,
      holders: readersOf(participants, 'log'),
      claim,
      decision: decideFiling(command, planFiling(command), {
        ...ids,
        log: { sec: log.sec, kid: log.kid },
      }),
    }
  } catch (error) {
    throw inPerson(error, index)
  }
}

/** A recipient is IOM, the ministry, `figures`, or a centre of the deployment; the filing party needs no basis. */
function requireKnownRecipients(command: CommandOf<'file'>, recipients: Iterable<HolderId>): void {
  const known = (recipient: HolderId) => mayReceive(command, recipient) && recipient !== command.by.party
  if (![...recipients].every(known)) throw refusal('bad-input', { fields: ['case.agreement.recipients'] })
}

/** A refusal of one person's filing, with the paths of its fields from the top of the body. */
function inPerson(error: unknown, index: number): unknown {
  if (!isRefusal(error)) return error
  const inside = (fields: readonly string[]) => fields.map((field) => `persons.${index}.${field}`)
  const { fields, checks } = error.detail
  const detail = {
    ...error.detail,
    ...(fields ? { fields: inside(fields) } : {}),
    ...(checks ? { checks: checks.map(({ check, fields }) => ({ check, fields: inside(fields) })) } : {}),
  }
  return refusal(error.code, detail, error)
}
