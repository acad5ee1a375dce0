import { createHash } from 'node:crypto'
import { commandFrom } from '../../domain/command.ts'
import { returnToEndOf } from '../../domain/matching/links.ts'
import { bodyMac, claimHash } from '../../trail/claim.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import type { Session } from '../http/session.ts'
import { type DecidedMatch, matchIn, recordDecision } from '../matching/matches.ts'
import { giveWithRetries } from './give-command.ts'

type Course = DecidedMatch['courses'][number]

/**
 * `POST …/matches/{match}/decision`: whether the returns are of one person, on the version in `If-Match`. A link copies
 * nothing, and gives nobody access to data; each of the two returns records that there is another one, and which may be
 * void. Sent again after a failure, the decision goes on where it stopped.
 */
export async function decideOnMatch(request: ApiRequest): Promise<HttpAnswer> {
  const decided = await recordDecision(request)
  const { record, courses } = decided
  const [first, second] = courses
  if (first && second) {
    await writeOn(request.session, decided, first, second)
    await writeOn(request.session, decided, second, first)
  }
  return json(200, matchIn(record), record.n + 1)
}

/** Writes on one of the two returns that it was linked or unlinked, once for each decision. */
async function writeOn(
  session: Session,
  { record: { match, n, at }, linked, unlinked }: DecidedMatch,
  own: Course,
  other: Course,
): Promise<void> {
  if (!linked && !unlinked) return
  const context = { by: session.by, at, config: deploymentConfig() }
  const digest = createHash('sha256').update(`acasa/link/v1\n${match}`).digest('hex')
  const body = {
    match: digest,
    ...(linked ? { link: linked, toEnd: returnToEndOf(own, other, linked) } : {}),
  }
  await giveWithRetries(session, {
    command: linked ? commandFrom('link', body, context) : commandFrom('unlink', body, context),
    ret: own.ret,
    claim: claimHash(['match', match, String(n), own.ret]),
    mac: bodyMac(match, Buffer.from(digest)),
    expected: undefined,
  })
}
