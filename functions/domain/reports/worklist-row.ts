import type * as z from 'zod/mini'
import type { answeredRow, waiting } from '../../../schemas/api/answers.ts'
import { type CommandName, commandShape, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import { isOpen, overPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { alertPasser } from '../access/alert-participants.ts'
import { pendingShares } from '../access/grants.ts'
import { isHelper } from '../access/participants.ts'
import { addressed, membershipOf } from '../access/readers.ts'
import { mayGive } from '../access/rights.ts'
import { openLink } from '../matching/links.ts'
import { openCalls } from '../schedule/call-lines.ts'
import { dueOf, nextDayOf } from '../schedule/due.ts'
import { type Delivered, overdueFor } from '../schedule/escalation.ts'
import type { State } from '../state.ts'

type Row = z.infer<typeof answeredRow>
type Waiting = z.infer<typeof waiting>
/** The party from which a phase expects the next step; undefined where it expects nothing more. */
type NextParty = (state: State) => PartyId | undefined

const iom = partyId.parse('iom')
const ministry = partyId.parse('ministry')

const arranger: NextParty = (state) => state.arranger
const responsible: NextParty = (state) => state.responsible
const nobody: NextParty = () => undefined
const centre: NextParty = (state) => addressed(state).find((party) => kindOf(party) === 'centre') ?? iom

/** First the identity and the document, then the ministry's ruling, then the plan. A hold is the ministry's to end. */
const afterAcceptance: NextParty = (state) => {
  const { identityConfirmed, documentIssued, riskAssessed, ruling } = state
  if (!identityConfirmed || !documentIssued) return state.responsible
  const isRuled = ruling === 'approved' || ruling === 'refused'
  return riskAssessed && !isRuled && addressed(state).includes(ministry) ? ministry : state.arranger
}

/** Once the consular department has named another post, the party that can pass the alert does so. */
const onAlert: NextParty = (state) => (state.moveTo ? alertPasser(state) : state.responsible)

/** Which party does the next step in each phase; where it is not on the return, the responsible party does. */
const nextParty: Readonly<Record<Phase, NextParty>> = {
  filed: arranger,
  acknowledged: arranger,
  'sent-back': responsible,
  accepted: afterAcceptance,
  planned: arranger,
  confirmed: responsible,
  travelling: arranger,
  arrived: centre,
  received: centre,
  cancelled: centre,
  closed: nobody,
  alert: onAlert,
  'alert-acknowledged': onAlert,
  'became-request': nobody,
  'alert-closed': nobody,
}

/** Whom a return waits for, and since when: the party that does the next step, and each that was asked for something. */
export function waitsFor(state: State): Waiting[] {
  const tasks = state.tasks.map(({ to, at }) => ({ party: to, since: at }))
  const answers = missingAnswers(state)
  // A question that was left open can be answered once the return is reopened.
  if (state.phase !== 'cancelled' && overPhases.includes(state.phase))
    return oneLineEach([...tasks, ...answers])
  const on = addressed(state)
  const next = nextParty[state.phase](state)
  const waiting = [
    ...(next ? [{ party: on.includes(next) ? next : state.responsible, since: state.since }] : []),
    ...state.questions.map((question) => ({ party: question.for, since: question.at })),
    ...tasks,
    ...pendingShares(state).map(({ party, since }) => ({ party, since })),
    ...(state.toAsk ? [{ party: state.responsible, since: state.toAsk.at }] : []),
    ...missingOffer(state),
    ...linkToAnswer(state),
  ]
  return oneLineEach([...waiting.filter(({ party }) => on.includes(party)), ...answers])
}

/** A removed recipient owes an answer about the data it held, whatever has become of the return. */
function missingAnswers(state: State): Waiting[] {
  return [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || membershipOf(state, party) === 'on' ? [] : [{ party, since: at }],
  )
}

/** The responsible party owes the offer of the case that the consular department ordered, until the post has it. */
function missingOffer({ moveTo, phase, tasks, responsible: party }: State): Waiting[] {
  const isOffered = tasks.some(({ task, to }) => task === 'take-over' && to === moveTo?.to)
  return moveTo && isOpen(phase) && !isOffered ? [{ party, since: moveTo.at }] : []
}

/** The responsible party ends this return, or says that it goes on, where the person has another one. */
function linkToAnswer(state: State): Waiting[] {
  const link = openLink(state)
  return link ? [{ party: state.responsible, since: link.at }] : []
}

/** One line for each party: the next step of the phase first, then what it was asked longest ago. */
function oneLineEach(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter(
    ({ party }, index) => waiting.findIndex((earlier) => earlier.party === party) === index,
  )
}

/**
 * The key by which a worklist is sorted: the most urgent first, and with them those for which the party is called out;
 * then the earliest day that is due for the party or is overdue; then the id.
 */
export function rankOf(state: State, party: PartyId, delivered: readonly Delivered[] = []): string {
  const overdue = overdueFor(state, party, delivered).map(({ since }) => since)
  const days = [state.placeHeld?.until, nextDayOf(state, party), ...overdue, '9999-12-31']
  const earliest = days.filter((day) => day !== undefined).sort()[0]
  const urgency = openCalls(state).some((call) => call.party === party) ? 2 : state.urgency
  return `${2 - urgency}#${earliest}#${state.ret}`
}

/** The commands that a party may give in the return's phase; gates are not checked. */
export function commandsFor(state: State, party: PartyId): CommandName[] {
  const membership = membershipOf(state, party)
  if (membership === 'none') return []
  const withdrawal = state.withdrawals.get(party)
  const owesAnswer = membership === 'ended' && withdrawal !== undefined && !withdrawal.answer
  const may = (name: CommandName) =>
    commandShape(name).afterExclusion ? owesAnswer : membership === 'on' && mayGive(state, party, name)
  return commandsOf(kindOf(party)).filter((name) => startsFrom(name, state.phase) && may(name))
}

/** What a row shows that is not in the state: `version` is the number of events, `hash` and `at` are the last one's. */
export interface RowDetails {
  version: number
  hash: string
  at: string
  reference: string
  /** Up to which event each party has received the return. */
  delivered?: readonly Delivered[]
}

/** A row of a party's worklist, without personal data. A helper sees only what waits for it. */
export function worklistRowOf(
  state: State,
  party: PartyId,
  { version, hash, at, reference, delivered = [] }: RowDetails,
): Row {
  const helps = isHelper(state, party)
  const isVisible = (line: { party: PartyId }) => line.party === party || !helps
  const assignee = state.assignees.get(party)
  const next = nextDayOf(state, party)
  const steps = helps ? [] : dueOf(state).filter(({ owner }) => owner === kindOf(party))
  const openQuestions = state.questions.filter((question) => question.for === party).length
  const arriving = helps ? undefined : arrivingOf(state)
  return {
    ret: state.ret,
    reference,
    phase: state.phase,
    urgency: state.urgency,
    version,
    hash,
    waitingFor: waitsFor(state).filter(isVisible),
    membership: membershipOf(state, party) === 'on' ? 'on' : 'ended',
    request: state.request,
    cleared: state.cleared,
    alerts: [...state.alerts],
    ...(assignee ? { assignee } : {}),
    ...(next ? { next } : {}),
    ...(steps.length > 0 ? { steps: steps.map(({ step, day }) => ({ step, day })) } : {}),
    ...(openQuestions > 0 ? { openQuestions } : {}),
    ...(arriving ? { arriving } : {}),
    overdue: overdueFor(state, party, delivered),
    calls: openCalls(state)
      .map(({ seq, party: called }) => ({ seq, party: called }))
      .filter(isVisible),
    at,
  }
}

/** The day by which an arrival is expected, as far as it stands in clear: the journey itself is sealed. */
function arrivingOf({ phase, due, placeHeld }: State): string | undefined {
  if (phase === 'travelling') return due.get('arrive')
  return phase === 'planned' || phase === 'confirmed' ? placeHeld?.until : undefined
}
