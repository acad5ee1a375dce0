import { requestBody } from '../../schemas/bodies.ts'
import { codeOf } from '../../schemas/parties.ts'
import { isRefusal, refusal } from '../../schemas/problems.ts'
import { bodyLimit, type Route } from '../../schemas/routes.ts'
import { answerDoubts } from '../checks/doubts.ts'
import { canBeTold } from '../domain/aim.ts'
import type { Command } from '../domain/command.ts'
import { type Decision, decideFiling } from '../domain/decide.ts'
import { circleOf } from '../domain/outline.ts'
import { readersOf } from '../domain/readers.ts'
import { genesis } from '../trail/chain.ts'
import { bodyMac, claimHash, readClaim, sameBody } from '../trail/claim.ts'
import { newReturnId, newSectionId, referenceOf, requestIdFrom } from '../trail/ids.ts'
import type { Statement } from '../trail/transaction.ts'
import { type DataKey, newDataKey } from '../vault/section.ts'
import { wrapFor } from '../vault/wraps.ts'
import { draftStatements } from './draft-filing.ts'
import { bodyOf, type HttpAnswer, type HttpEvent, json, keyOf } from './http.ts'
import { keyArn, type Session, table } from './session.ts'
import { readTagging } from './tagging.ts'
import { terms } from './terms.ts'
import { requireOwnRequest } from './worklist.ts'
import { prepare, write } from './writing.ts'

/** How often a person is written again when somebody changed the draft first. */
const maxAttempts = 3

/** A person of a request, decided on and not yet written. */
interface Filing {
  command: Command
  decision: Decision
  log: DataKey & { sec: string }
  claim: string
}

/**
 * `POST /v1/mission/requests`: a return for each person, each in a transaction of its own under a claim of its
 * own. All are decided before the first is written; sent again after a failure, it goes on where it stopped. A draft
 * that it was written in goes with it.
 */
export async function fileRequest(session: Session, event: HttpEvent, route: Route): Promise<HttpAnswer> {
  const key = keyOf(event)
  const { bytes, content } = bodyOf(event, requestBody, bodyLimit.request)
  const mac = bodyMac(key, bytes)
  const parts = [session.by.user, `${route.method} ${route.path}`, key]
  const filing = requestIdFrom(claimHash([session.by.party, ...parts]))
  const request = content.request ?? filing
  const sending = content.draft && { ...content.draft, request, filing }
  const at = new Date().toISOString()
  await Promise.all(
    content.persons.map((body, index) =>
      answerDoubts('file', body).catch((error: unknown) => {
        throw inPerson(error, index)
      }),
    ),
  )
  const filings = content.persons.map((body, index) =>
    decideOn(
      { name: 'file', by: session.by, at, terms: terms(), body },
      index,
      request,
      claimHash([...parts, String(index)]),
    ),
  )
  const claims = await Promise.all(
    filings.map(({ claim }) => readClaim(session.db, table('claims'), session.by.party, claim)),
  )
  if (claims.some((claim) => claim && !sameBody(claim, mac))) throw refusal('key-reused')
  if (content.request && claims.includes(undefined)) await requireOwnRequest(session, request)
  const returns: string[] = []
  const last = claims.lastIndexOf(undefined)
  for (const [index, one] of filings.entries()) {
    const stage = { begun: claims.some((claim) => claim) || index > 0, last: index === last }
    const draftOf = (at: string) => (sending ? draftStatements(session, sending, at, stage) : [])
    returns.push(claims[index]?.ret ?? (await fileOne(session, one, mac, draftOf)))
  }
  return json(201, {
    request,
    returns: returns.map((ret) => ({ ret, reference: referenceOf(ret), version: 1 })),
  })
}

function decideOn(command: Command, index: number, request: string, claim: string): Filing {
  const log = { ...newDataKey(), sec: newSectionId() }
  try {
    knownRecipients(command)
    return {
      command,
      log,
      claim,
      decision: decideFiling(command, { request, log: { sec: log.sec, kid: log.kid } }),
    }
  } catch (error) {
    throw inPerson(error, index)
  }
}

/** A recipient is IOM, the ministry, `figures`, or a centre that there is. */
function knownRecipients(command: Command): void {
  if (![...circleOf(command).basis.keys()].every((recipient) => canBeTold(command, recipient)))
    throw refusal('bad-input', { fields: ['case.agreement.recipients'] })
}

/** A refusal of one person's filing, its fields told from the top of the body. */
function inPerson(error: unknown, index: number): unknown {
  if (!isRefusal(error)) return error
  const fields = error.detail.fields?.map((field) => `persons.${index}.${field}`)
  return refusal(error.code, { ...error.detail, ...(fields ? { fields } : {}) }, error)
}

/**
 * Seals and writes one person's return; its id, or that of the return which the same request made before. `draftOf` says
 * what becomes of the draft with it: asked anew where somebody changed the draft meanwhile.
 */
async function fileOne(
  session: Session,
  { command, decision, log, claim }: Filing,
  mac: string,
  draftOf: (at: string) => Promise<Statement[]> | Statement[],
): Promise<string> {
  const ret = newReturnId(codeOf(session.by.party) ?? '')
  const place = { ret, sec: log.sec, cls: 'log' } as const
  const [prepared, wraps, tagging] = await Promise.all([
    prepare(session, ret, decision.seals),
    wrapFor(session.kms, keyArn, readersOf(circleOf(command), 'log'), { ...place, key: log.key }),
    readTagging(session, command, ret),
  ])
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { appended } = await write(session, {
      ret,
      seq: 0,
      prev: genesis,
      at: command.at,
      idem: claim,
      mac,
      decision,
      prepared,
      wraps,
      logKey: log.key,
      events: [],
      tagging,
      beside: await draftOf(command.at),
    })
    if (appended.kind === 'appended') return ret
    if (appended.kind === 'claimed') break
  }
  const first = await readClaim(session.db, table('claims'), session.by.party, claim)
  if (!first) throw refusal('busy')
  if (!sameBody(first, mac)) throw refusal('key-reused')
  return first.ret
}
