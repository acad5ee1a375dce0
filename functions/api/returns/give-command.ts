import { isRefusal, type ProblemCode, type Refusal, refusal } from '../../../schemas/api/problems.ts'
import { begins, commandShape } from '../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { requireChecked } from '../../checks/check-body.ts'
import { type Contents, placeOf } from '../../checks/check-input.ts'
import { written } from '../../domain/access/current-sections.ts'
import type { Facts } from '../../domain/access/opened-sections.ts'
import { commandFrom, type LaterCommand } from '../../domain/command.ts'
import { conflictsWith, movesIn } from '../../domain/commands/conflicts.ts'
import { decide } from '../../domain/decide.ts'
import { fold } from '../../domain/evolve.ts'
import { classesOf, planCommand } from '../../domain/plan-command.ts'
import type { Folded } from '../../domain/state.ts'
import { backOff } from '../../dynamodb/backoff.ts'
import { bodyMac, type Claim, claimHash, readClaim, sameBody } from '../../trail/claim.ts'
import { wrapFor } from '../../vault/wraps.ts'
import { readOccupancy, requireFreeBed } from '../centre/bed-booking.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { expectedVersion, type HttpAnswer, idempotencyKeyOf, json, readBody } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { keyArn, type Session, tableName } from '../http/session.ts'
import { readTagging } from '../matching/tagging.ts'
import { grant, grantable } from './grant-sections.ts'
import { prepareSections } from './prepare-sections.ts'
import { openFacts, openLogKey, type Reading, readReturn } from './read-return.ts'
import { removalsOf } from './removals.ts'
import { writeEvent } from './write-event.ts'

/** Attempts at a command that names no version; others may write first. */
const maxAttempts = 3
const firstPauseMs = 15

/** A command on a trail that is there, with what makes it repeatable. */
export interface CommandRequest {
  command: LaterCommand
  ret: string
  claim: string
  mac: string
  expected: number | undefined
}

/** `POST …/commands/{command}`: reads, opens the facts, decides, seals, appends, answers. */
export async function giveCommand({ session, event, route, ret }: ReturnRequest): Promise<HttpAnswer> {
  if (!route.command || begins(route.command) || !route.body) throw refusal('not-found')
  const key = idempotencyKeyOf(event)
  const { bytes, content } = readBody(event, route.body)
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

/** Decides again where a race was lost. Throws `busy` when it is lost too often. */
export async function giveWithRetries(session: Session, request: CommandRequest): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptOnce(session, request)
    if (answer) return answer
    if (attempt === maxAttempts) throw refusal('busy')
    await backOff(attempt, firstPauseMs)
  }
}

/** One round trip of the command; nothing when somebody else was first. */
async function attemptOnce(session: Session, request: CommandRequest): Promise<HttpAnswer | undefined> {
  const { command, ret, claim, mac, expected } = request
  const { needs, uses } = classesOf(command)
  const [claimed, reading] = await Promise.all([
    readClaim(session.db, tableName('claims'), session.by.party, claim),
    // A removed recipient still answers for the data that it held; what else it may do the plan says.
    readReturn(
      session,
      ret,
      {
        classes: [...new Set([...needs, ...uses, ...comparedWith(command)])],
        wraps: takesWraps(command) ? 'all' : 'own',
      },
      true,
    ),
  ])
  if (claimed) return answerFrom(claimed, mac, reading)
  const { version } = reading.trail
  if (expected !== undefined && expected > version) throw refusal('version-stale', { version })
  const unread = reading.events.slice(expected ?? version)
  const conflicts = conflictsWith(command, unread)
  if (conflicts.length > 0) throw staleSince(session, reading, conflicts)
  const { appended, answer } = await decideAndWrite(session, request, reading).catch((error: unknown) => {
    // Its author has not seen what moved the return on: that says more than the phase.
    const moves = movesIn(unread)
    throw isRefusedFor(error, 'wrong-phase') && moves.length > 0 ? staleSince(session, reading, moves) : error
  })
  if (appended === 'appended') return answer
  if (appended === 'lost') return undefined
  const first = await readClaim(session.db, tableName('claims'), session.by.party, claim)
  return first && answerFrom(first, mac, await readReturn(session, ret, { wraps: 'none' }, true))
}

const isRefusedFor = (error: unknown, code: ProblemCode) => isRefusal(error) && error.code === code

/** The refusal of a command whose author has not read what touches the same: which events, as far as they went to its party. */
function staleSince({ by }: Session, { trail }: Reading, events: readonly StoredEvent[]): Refusal {
  const changed = events
    .filter(({ to }) => to.includes(by.party))
    .map((event) => ({
      ...{ seq: event.seq, type: event.type, at: event.at, party: event.by.party },
      own: event.by.user === by.user,
      slots: written(event).flatMap(({ cls, slot }) => (cls === 'label' ? [] : [`${cls}/${slot}`])),
    }))
  return refusal('version-stale', { version: trail.version, changed })
}

/** Opens the facts of a plan, decides on them, and writes the event. */
async function decideAndWrite(
  session: Session,
  { command, ret, claim, mac }: CommandRequest,
  reading: Reading,
) {
  const { trail, events, state } = reading
  const plan = planCommand(state, command)
  const granting = grantable(session, reading, plan.grants)
  const decisive = new Set([...plan.needs, ...plan.uses])
  const [opened, logKey, prepared, granted, occupancy, tagging] = await Promise.all([
    openFacts(session, reading, [...new Set([...decisive, ...comparedWith(command)])]),
    openLogKey(session, reading),
    prepareSections(session, ret, plan.seals),
    grant(session, granting),
    command.name === 'hold-place' ? readOccupancy(session) : undefined,
    readTagging(session, command, ret),
  ])
  if (!logKey) throw refusal('section-unreadable')
  await requireChecked(command.name, kindOf(command.by.party), command.body, {
    now: Date.parse(command.at),
    before: newestContents(opened),
    travelling: state.phase === 'travelling',
    filedOn: events[0]?.at.slice(0, 10) ?? '',
  })
  const facts = onlyOf(opened, decisive)
  const decision = decide(state, facts, command, plan, granting?.sections)
  if (occupancy && command.name === 'hold-place') requireFreeBed(occupancy, command, ret, facts)
  const { appended, state: after } = await writeEvent(session, {
    end: { ret, events, lastHash: trail.lastHash },
    at: command.at,
    idem: claim,
    mac,
    decision,
    prepared,
    wraps: [...granted, ...(await wrapsOfLogKey(session, reading, logKey, plan.joins))],
    logKey,
    occupancy: occupancy && occupancy.rooms.length > 0 ? occupancy.version : undefined,
    tagging,
    removals: removalsOf(ret, decision.destroys, state, reading.wraps),
  })
  return { appended: appended.kind, answer: answerOf(ret, trail.version, after, decision.data) }
}

/** Classes that the body is compared with, beside those that the decision opens: what cannot be opened is left out. */
function comparedWith({ name }: LaterCommand): readonly SectionClass[] {
  if (commandShape(name).states === 'fact' || name === 'confirm-handover') return ['case', 'travel']
  return ['amend', 'plan-travel', 'change-travel'].includes(name) ? ['case', 'identity'] : []
}

/** The facts of some classes: the decision knows of no others. */
const onlyOf = ({ opened, unseen }: Facts, classes: ReadonlySet<SectionClass>): Facts => ({
  opened: opened.filter(({ section }) => classes.has(section.cls)),
  unseen: unseen.filter((cls) => classes.has(cls)),
})

/** The newest of each slot that was opened. */
const newestContents = ({ opened }: Facts): Contents =>
  new Map(opened.map(({ section: { cls, slot }, content }) => [placeOf(cls, slot), content]))

/** A party that joins the return gets its log key from the author of the command, who holds it. */
function wrapsOfLogKey({ kms }: Session, { state }: Reading, key: Uint8Array, joins: PartyId | undefined) {
  return joins ? wrapFor(kms, keyArn, [joins], { ret: state.ret, sec: state.log.sec, cls: 'log', key }) : []
}

/** Whether a command needs the wraps of others: to delete them, or to grant what the custodian holds. */
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
