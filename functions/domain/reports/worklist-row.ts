import type * as z from 'zod/mini'
import type { row, waiting } from '../../../schemas/api/answers.ts'
import { type CommandName, commandShape, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import { isOpen, overPhases } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { sharesOwed } from '../access/grants.ts'
import { isHelper } from '../access/participants.ts'
import { addressed, membershipOf } from '../access/readers.ts'
import { mayGive } from '../access/rights.ts'
import { passer } from '../commands/alert.ts'
import { openCalls } from '../schedule/call-lines.ts'
import { dueOf, nextDayOf } from '../schedule/due.ts'
import { type Delivered, overdueFor } from '../schedule/escalation.ts'
import type { State } from '../state.ts'

export type Row = z.infer<typeof row>
type Waiting = z.infer<typeof waiting>

const iom = partyId.parse('iom')
const ministry = partyId.parse('ministry')

const centreOf = (state: State): PartyId | undefined =>
  addressed(state).find((party) => kindOf(party) === 'centre')

/** A hold is the ministry's to end. */
const ruled = ({ ruling }: State) => ruling === 'approved' || ruling === 'refused'

/** Whose move it is in each phase; where that party is not on the return, the filing mission keeps it. */
function next(state: State): PartyId | undefined {
  switch (state.phase) {
    case 'filed':
    case 'acknowledged':
    case 'travelling':
      return state.arranger
    case 'sent-back':
    case 'confirmed':
      return state.responsible
    case 'accepted':
      if (!state.identityConfirmed || !state.documentIssued) return state.responsible
      return state.riskAssessed && !ruled(state) && addressed(state).includes(ministry)
        ? ministry
        : state.arranger
    case 'planned':
      return state.arranger
    case 'arrived':
    case 'received':
    case 'cancelled':
      return centreOf(state) ?? iom
    case 'alert':
    case 'alert-acknowledged':
      // Once it is said which post takes it, whoever can read it hands it over.
      return state.moveTo ? passer(state) : state.responsible
    case 'closed':
    case 'became-request':
    case 'alert-closed':
      return undefined
  }
}

/** Whom a return waits for, and since when: the party whose move it is, and each that was asked for something. */
export function waitsFor(state: State): Waiting[] {
  // Who was left out answers whatever has become of the return.
  const left = [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || membershipOf(state, party) === 'on' ? [] : [{ party, since: at }],
  )
  const tasks = state.tasks.map(({ to, at }) => ({ party: to, since: at }))
  // A question that was left open can be answered once the return is reopened.
  if (state.phase !== 'cancelled' && overPhases.includes(state.phase)) return oneLineEach([...tasks, ...left])
  const on = addressed(state)
  const mover = next(state)
  const { moveTo } = state
  const waiting = [
    ...(mover ? [{ party: on.includes(mover) ? mover : state.responsible, since: state.since }] : []),
    ...state.questions.map((question) => ({ party: question.for, since: question.at })),
    ...tasks,
    ...sharesOwed(state).map(({ party, since }) => ({ party, since })),
    ...(state.toAsk ? [{ party: state.responsible, since: state.toAsk.at }] : []),
    ...(moveTo && isOpen(state.phase) && !isOffered(state, moveTo.to)
      ? [{ party: state.responsible, since: moveTo.at }]
      : []),
  ]
  return oneLineEach([...waiting.filter(({ party }) => on.includes(party)), ...left])
}

/** Whether a post was offered the case and has not answered: then it is waited for. */
const isOffered = ({ tasks }: State, post: PartyId) =>
  tasks.some(({ task, to }) => task === 'take-over' && to === post)

/** One line a party: the move of the phase first, then what it was asked longest ago. */
function oneLineEach(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter(({ party }, at) => waiting.findIndex((one) => one.party === party) === at)
}

/**
 * Sorts a worklist: the most urgent first, and with it what the party is called for; then the nearest day that is due
 * for the party, or was and is told to it; then by id.
 */
export function rankOf(state: State, party: PartyId, delivered: readonly Delivered[] = []): string {
  const late = overdueFor(state, party, delivered).map(({ since }) => since)
  const days = [state.placeHeld?.until, nextDayOf(state, party), ...late, '9999-12-31']
  const nearest = days.filter((day) => day !== undefined).sort()[0]
  const urgency = openCalls(state).some((call) => call.party === party) ? 2 : state.urgency
  return `${2 - urgency}#${nearest}#${state.ret}`
}

/** The commands that a party may give from where the return stands; gates are not asked. */
export function commandsFor(state: State, party: PartyId): CommandName[] {
  const membership = membershipOf(state, party)
  if (membership === 'none') return []
  const withdrawal = state.withdrawals.get(party)
  const may = (name: CommandName) =>
    commandShape(name).afterExclusion
      ? membership === 'ended' && withdrawal !== undefined && !withdrawal.answer
      : membership === 'on' && mayGive(state, party, name)
  return commandsOf(kindOf(party)).filter((name) => startsFrom(name, state.phase) && may(name))
}

/** What a line tells that is not in the state: `version` is the number of events, `hash` and `at` the last one's. */
export interface About {
  version: number
  hash: string
  at: string
  reference: string
  /** How far each party has come with the return. */
  delivered?: readonly Delivered[]
}

/** A line of a party's worklist; nothing personal. Who is there for its tasks alone sees what waits for it alone. */
export function rowOf(
  state: State,
  party: PartyId,
  { version, hash, at, reference, delivered = [] }: About,
): Row {
  const shown = (one: { party: PartyId }) => one.party === party || !isHelper(state, party)
  const assignee = state.assignees.get(party)
  const next = nextDayOf(state, party)
  const steps = isHelper(state, party) ? [] : dueOf(state).filter(({ owner }) => owner === kindOf(party))
  const asked = state.questions.filter((question) => question.for === party).length
  const arriving = isHelper(state, party) ? undefined : arrivingOf(state)
  return {
    ret: state.ret,
    reference,
    phase: state.phase,
    urgency: state.urgency,
    version,
    hash,
    waitingFor: waitsFor(state).filter(shown),
    membership: membershipOf(state, party) === 'on' ? 'on' : 'ended',
    request: state.request,
    cleared: state.cleared,
    alerts: [...state.alerts],
    ...(assignee ? { assignee } : {}),
    ...(next ? { next } : {}),
    ...(steps.length > 0 ? { steps: steps.map(({ step, day }) => ({ step, day })) } : {}),
    ...(asked > 0 ? { openQuestions: asked } : {}),
    ...(arriving ? { arriving } : {}),
    overdue: overdueFor(state, party, delivered),
    calls: openCalls(state)
      .map(({ seq, party: called }) => ({ seq, party: called }))
      .filter(shown),
    at,
  }
}

/** The day by which an arrival is expected, as far as it stands in clear: the journey itself is sealed. */
function arrivingOf({ phase, due, placeHeld }: State): string | undefined {
  if (phase === 'travelling') return due.get('arrive')
  return phase === 'planned' || phase === 'confirmed' ? placeHeld?.until : undefined
}
