import type * as z from 'zod/mini'
import type { row, waiting } from '../../schemas/answers.ts'
import { type CommandName, commandShape, commandsOf, startsFrom } from '../../schemas/commands.ts'
import { kindOf, type PartyId, type PartyKind, partyId } from '../../schemas/parties.ts'
import { ownerOf, procedureOf, type StepName, stepNames } from '../../schemas/procedure.ts'
import { addressed, standingOf } from './readers.ts'
import { mayGive } from './rights.ts'
import { sharesOwed } from './sharing.ts'
import type { State } from './state.ts'

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
    case 'closed':
      return undefined
  }
}

/** Whom a return waits for, and since when: the party whose move it is, and each that was asked for something. */
export function waitsFor(state: State): Waiting[] {
  // Who was left out answers whatever has become of the return.
  const left = [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || standingOf(state, party) === 'on' ? [] : [{ party, since: at }],
  )
  const tasks = state.tasks.map(({ to, at }) => ({ party: to, since: at }))
  // A question that was left open can be answered once the return is reopened.
  if (state.phase === 'closed') return [...tasks, ...left]
  const on = addressed(state)
  const mover = next(state)
  const waiting = [
    ...(mover ? [{ party: on.includes(mover) ? mover : state.responsible, since: state.since }] : []),
    ...state.questions.map((question) => ({ party: question.for, since: question.at })),
    ...tasks,
    ...sharesOwed(state).map(({ party, since }) => ({ party, since })),
    ...(state.toAsk ? [{ party: state.responsible, since: state.toAsk.at }] : []),
    ...(state.moveTo ? [{ party: state.responsible, since: state.moveTo.at }] : []),
  ]
  // One line a party: the move of the phase first, then what it was asked longest ago.
  const asked = waiting.filter(
    ({ party }, at) => on.includes(party) && waiting.findIndex((one) => one.party === party) === at,
  )
  return [...asked, ...left]
}

/**
 * The steps that have begun and are not done, the first due first: whose they are, and when they are due. None while
 * a return is cancelled or closed (they are due again when it is reopened); once she has left, none of what comes
 * before leaving; never a step of somebody who is not on the return.
 */
export function dueOf(state: State): { step: StepName | 'ask-person'; owner: PartyKind; day: string }[] {
  const { phase, due } = state
  if (phase === 'cancelled' || phase === 'closed') return []
  const kept = procedureOf(state.procedure)
  const kinds = addressed(state).map(kindOf)
  const left = phase === 'travelling' || phase === 'arrived' || phase === 'received'
  const isAhead = (step: StepName) => !left || stepNames.indexOf(step) > stepNames.indexOf('depart')
  const steps = [...due]
    .filter(([step]) => isAhead(step))
    .map(([step, day]) => ({ step, owner: ownerOf(kept, step, kindOf(state.arranger)), day }))
    .filter(({ owner }) => kinds.includes(owner))
  const asking = state.toAsk
    ? [{ step: 'ask-person' as const, owner: kindOf(state.responsible), day: state.toAsk.day }]
    : []
  return [...steps, ...asking].sort((a, b) => a.day.localeCompare(b.day))
}

/** Sorts a worklist: the most urgent first, then the nearest day that is due for the party, then by id. */
export function rankOf(state: State, party: PartyId): string {
  const own = dueOf(state).find(({ owner }) => owner === kindOf(party))?.day
  const days = [own, state.placeHeld?.until, state.nextSteps.get(party), '9999-12-31']
  const nearest = days.filter((day) => day !== undefined).sort()[0]
  return `${2 - state.urgency}#${nearest}#${state.ret}`
}

/** The commands that a party may give from where the return stands; gates are not asked. */
export function commandsFor(state: State, party: PartyId): CommandName[] {
  const standing = standingOf(state, party)
  if (standing === 'none') return []
  const withdrawal = state.withdrawals.get(party)
  const may = (name: CommandName) =>
    commandShape(name).stands === 'ended'
      ? standing === 'ended' && withdrawal !== undefined && !withdrawal.answer
      : standing === 'on' && mayGive(state, party, name)
  return commandsOf(kindOf(party)).filter((name) => startsFrom(name, state.phase) && may(name))
}

/** A line of a party's worklist; nothing personal. `version` is the number of events, `at` the last one's time. */
export function rowOf(
  state: State,
  party: PartyId,
  { version, at, reference }: { version: number; at: string; reference: string },
): Row {
  const keeper = state.keepers.get(party)
  const next = state.nextSteps.get(party)
  return {
    ret: state.ret,
    reference,
    phase: state.phase,
    urgency: state.urgency,
    version,
    waits: waitsFor(state),
    standing: standingOf(state, party) === 'on' ? 'on' : 'ended',
    ...(keeper ? { keeper } : {}),
    ...(next ? { next } : {}),
    at,
  }
}
