import { setTimeout as pause } from 'node:timers/promises'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Route } from '../../../schemas/api/routes.ts'
import { begins, commandShape } from '../../../schemas/commands/commands.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { requireAnsweredWarnings } from '../../checks/warnings.ts'
import { commandFrom, type LaterCommand } from '../../domain/command.ts'
import { decide } from '../../domain/decide.ts'
import { fold } from '../../domain/evolve.ts'
import { classesOf, planCommand } from '../../domain/plan-command.ts'
import type { Folded } from '../../domain/state.ts'
import { bodyMac, type Claim, claimHash, readClaim, sameBody } from '../../trail/claim.ts'
import { wrapFor } from '../../vault/wraps.ts'
import { placeFits, readOccupancy } from '../centre/book-bed.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { bodyOf, expectedVersion, type HttpAnswer, type HttpEvent, json, keyOf } from '../http/http.ts'
import { keyArn, type Session, table } from '../http/session.ts'
import { readTagging } from '../matching/tagging.ts'
import { appendEvent, prepare, removalsOf } from './append-event.ts'
import { grant, grantable } from './grant-sections.ts'
import { openFacts, openLogKey, type Reading, readReturn } from './read-return.ts'

/** How often a lost race is decided anew, for who did not say which version was read. */
const maxAttempts = 3
const pauseMs = 30

/** A command on a trail that is there, with what makes it repeatable. */
export interface CommandRequest {
  command: LaterCommand
  ret: string
  claim: string
  mac: string
  expected: number | undefined
}

/** `POST …/commands/{command}`: reads, opens the facts, decides, seals, appends, answers. */
export async function giveCommand(
  session: Session,
  event: HttpEvent,
  route: Route,
  ret: string,
): Promise<HttpAnswer> {
  if (!route.command || begins(route.command) || !route.body) throw refusal('not-found')
  const key = keyOf(event)
  const { bytes, content } = bodyOf(event, route.body)
  await requireAnsweredWarnings(route.command, content)
  return giveWithRetries(session, {
    command: commandFrom(route.command, content, {
      by: session.by,
      at: new Date().toISOString(),
      config: deploymentConfig(),
    }),
    ret,
    claim: claimHash([session.by.user, `${route.method} ${route.path}`, ret, key]),
    mac: bodyMac(key, bytes),
    expected: expectedVersion(event),
  })
}

/** Decides anew where a race was lost, unless a version is named. Throws `busy` when it is lost too often. */
export async function giveWithRetries(session: Session, asked: CommandRequest): Promise<HttpAnswer> {
  const { ret } = asked
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptOnce(session, asked)
    if (answer) return answer
    // A command that names a version is never decided again: its author has to see what changed.
    if (asked.expected !== undefined) {
      const { trail } = await readReturn(session, ret, { wraps: 'none' }, true)
      // Where only another return's place came first, the author has missed nothing.
      if (trail.version !== asked.expected) throw refusal('version-lost', { version: trail.version })
    }
    if (attempt === maxAttempts) throw refusal('busy')
    await pause(Math.random() * pauseMs * attempt)
  }
}

/** One round trip of the command; nothing when somebody else was first. */
async function attemptOnce(
  session: Session,
  { command, ret, claim, mac, expected }: CommandRequest,
): Promise<HttpAnswer | undefined> {
  const { needs, uses } = classesOf(command)
  const [taken, reading] = await Promise.all([
    readClaim(session.db, table('claims'), session.by.party, claim),
    // Who was left out answers for that; what else it may do the outline says.
    readReturn(
      session,
      ret,
      { classes: [...needs, ...uses], wraps: takesWraps(command) ? 'all' : 'own' },
      true,
    ),
  ])
  if (taken) return answerFrom(taken, mac, reading)
  const { trail, events, state } = reading
  if (expected !== undefined && expected !== trail.version)
    throw refusal('version-stale', { version: trail.version })

  const plan = planCommand(state, command)
  const granting = grantable(session, reading, plan.grants)
  const [facts, logKey, prepared, granted, book, tagging] = await Promise.all([
    openFacts(session, reading, [...plan.needs, ...plan.uses]),
    openLogKey(session, reading),
    prepare(session, ret, plan.seals),
    grant(session, granting),
    command.name === 'hold-place' ? readOccupancy(session) : undefined,
    readTagging(session, command, ret),
  ])
  if (!logKey) throw refusal('section-unreadable')
  const decision = decide(state, facts, command, plan, granting?.sections)
  if (book && command.name === 'hold-place') placeFits(book, command, ret, facts)
  const last = events.at(-1)
  const { appended, state: after } = await appendEvent(session, {
    ret,
    seq: trail.version,
    prev: trail.lastHash,
    // Two servers' clocks differ; the trail's times never run back.
    at: last && last.at > command.at ? last.at : command.at,
    idem: claim,
    mac,
    decision,
    prepared,
    wraps: [...granted, ...(await joining(session, reading, logKey, plan.joins))],
    logKey,
    events,
    book: book && book.rooms.length > 0 ? book.version : undefined,
    tagging,
    removals: removalsOf(ret, decision.destroys, state, reading.wraps),
  })
  switch (appended.kind) {
    case 'appended':
      return answerOf(ret, trail.version, after, decision.data)
    case 'claimed': {
      const first = await readClaim(session.db, table('claims'), session.by.party, claim)
      return first && answerFrom(first, mac, await readReturn(session, ret, { wraps: 'none' }, true))
    }
    case 'lost':
      return undefined
  }
}

/** Who is new on the trail gets its log key, from whoever holds it. */
function joining({ kms }: Session, { state }: Reading, key: Uint8Array, joins: PartyId | undefined) {
  return joins ? wrapFor(kms, keyArn, [joins], { ret: state.ret, sec: state.log.sec, cls: 'log', key }) : []
}

/** Whether a command needs the wraps of others: to take them away, or to grant what the custodian keeps. */
const takesWraps = ({ name }: LaterCommand) => {
  const { destroys, grants } = commandShape(name)
  return destroys === true || grants === true
}

/** The answer that the first of two equal requests got. Throws key-reused when they are not equal. */
function answerFrom(claim: Claim, mac: string, { events }: Reading): HttpAnswer {
  if (!sameBody(claim, mac)) throw refusal('key-reused')
  return answerOf(claim.ret, claim.seq, fold(events.slice(0, claim.seq + 1)), events[claim.seq]?.data ?? {})
}

function answerOf(ret: string, seq: number, state: Folded | undefined, data: object): HttpAnswer {
  return json(200, { ret, seq, version: seq + 1, phase: state?.phase, data }, seq + 1)
}
