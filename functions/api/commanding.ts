import { setTimeout as pause } from 'node:timers/promises'
import { commandShape } from '../../schemas/commands.ts'
import { refusal } from '../../schemas/problems.ts'
import type { Route } from '../../schemas/routes.ts'
import { answerDoubts } from '../checks/doubts.ts'
import type { Command } from '../domain/command.ts'
import { decide } from '../domain/decide.ts'
import { fold } from '../domain/evolve.ts'
import { classesOf, outline } from '../domain/outline.ts'
import type { Folded } from '../domain/state.ts'
import { bodyMac, type Claim, claimHash, readClaim, sameBody } from '../trail/claim.ts'
import { grant, grantable } from './granting.ts'
import { bodyOf, expectedVersion, type HttpAnswer, type HttpEvent, json, keyOf } from './http.ts'
import { placeFits, readBook } from './placing.ts'
import { openFacts, openLogKey, type Reading, readReturn } from './reading.ts'
import { type Session, table } from './session.ts'
import { readTagging } from './tagging.ts'
import { terms } from './terms.ts'
import { prepare, removalsOf, write } from './writing.ts'

/** How often a lost race is decided anew, for who did not say which version was read. */
const maxAttempts = 3
const pauseMs = 30

interface Asked {
  command: Command
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
  if (!route.command || !route.body) throw refusal('not-found')
  const key = keyOf(event)
  const { bytes, content } = bodyOf(event, route.body)
  await answerDoubts(route.command, content)
  const asked: Asked = {
    command: {
      name: route.command,
      by: session.by,
      at: new Date().toISOString(),
      terms: terms(),
      body: content,
    },
    ret,
    claim: claimHash([session.by.user, `${route.method} ${route.path}`, ret, key]),
    mac: bodyMac(key, bytes),
    expected: expectedVersion(event),
  }
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
  { command, ret, claim, mac, expected }: Asked,
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

  const outlined = outline(state, command)
  const granting = grantable(session, reading, outlined.grants)
  const [facts, logKey, prepared, granted, book, tagging] = await Promise.all([
    openFacts(session, reading, [...outlined.needs, ...outlined.uses]),
    openLogKey(session, reading),
    prepare(session, ret, outlined.seals),
    grant(session, granting),
    command.name === 'hold-place' ? readBook(session) : undefined,
    readTagging(session, command, ret),
  ])
  if (!logKey) throw refusal('section-unreadable')
  const decision = decide(state, facts, command, granting?.sections)
  if (book) placeFits(book, command, ret, facts)
  const last = events.at(-1)
  const { appended, state: after } = await write(session, {
    ret,
    seq: trail.version,
    prev: trail.lastHash,
    // Two servers' clocks differ; the trail's times never run back.
    at: last && last.at > command.at ? last.at : command.at,
    idem: claim,
    mac,
    decision,
    prepared,
    wraps: granted,
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

/** Whether a command needs the wraps of others: to take them away, or to grant what the custodian keeps. */
const takesWraps = ({ name }: Command) => {
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
