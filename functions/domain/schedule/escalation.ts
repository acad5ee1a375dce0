import type { Rota } from '../../../schemas/deployment/rota.ts'
import type { EventOf, StoredEvent } from '../../../schemas/events/events.ts'
import type { EscalationName, StayItem } from '../../../schemas/events/watch-events.ts'
import { beforeLeaving, overPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../calendar/days.ts'
import { unconfirmedHours } from '../gates/gates.ts'
import type { EscalationKey, Folded, State } from '../state.ts'
import { linesAhead, nextCall, openCalls } from './call-lines.ts'
import { dueOf } from './due.ts'
import { endings } from './endings.ts'
import { isSameEscalation } from './overdue.ts'
import { stayDaysOf } from './stay.ts'
import type { WatchNotice } from './watch-notice.ts'

/** Up to which event of a return a party has received. */
export interface Delivered {
  party: PartyId
  seen: number
}

/** Something open that can become overdue, with the instants (epoch ms) at which its levels are reached. */
interface Escalation extends EscalationKey {
  /** The instant at which it has been overdue for some days. */
  from: (days: number) => number
  /** It has one level, which notifies nobody but the party that is late. */
  once?: boolean
  /** Of an alert that nobody acknowledged: its levels are its own, and count from this instant. */
  raisedAt?: string
}

const consular = partyId.parse('consular')
const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** For how many hours a party may be without an event that is for it. */
const undeliveredHours = 1
/** The phases in which a place is still needed: until the person has been received. */
const beforePlace: readonly Phase[] = [...beforeLeaving, 'travelling', 'arrived']

/** A day has passed when the next day begins in Chișinău. */
const afterDay = (day: string) => (days: number) => instantOf(`${daysAfter(day, days + 1)}T00:00`, chisinau)
const afterHours = (at: string, hours: number) => (days: number) =>
  Date.parse(at) + hours * hourMs + days * dayMs

/** The day of an instant in Chișinău. */
const dayOn = (at: string) => dayIn(Date.parse(at), chisinau)

const onDay = (key: EscalationKey, once = false): Escalation => ({ ...key, from: afterDay(key.since), once })
const sinceInstant = (key: Omit<EscalationKey, 'since'>, at: string, hours: number): Escalation => ({
  ...key,
  since: dayOn(at),
  from: afterHours(at, hours),
})

/** A party, or the responsible one in its place once it has left the return. */
export const stillOn = (state: State, party: PartyId) =>
  addressed(state).includes(party) ? party : state.responsible

/** What is open and can become overdue by a return's state, for each kind of escalation. */
const openByKind: Record<
  Exclude<EscalationName, 'delivery' | 'answer' | StayItem> | 'stay-day',
  (state: State) => Escalation[]
> = {
  step: (state) =>
    dueOf(state).flatMap(({ step, owner, day }) => {
      const party = [state.arranger, ...addressed(state)].find((addressee) => kindOf(addressee) === owner)
      return party ? [onDay({ item: 'step', party, step, since: day })] : []
    }),
  document: (state) => {
    const { phase, documentIssued, documentCheck } = state
    return documentIssued && documentCheck && beforeLeaving.includes(phase)
      ? [onDay({ item: 'document', party: stillOn(state, documentCheck.party), since: documentCheck.day })]
      : []
  },
  place: ({ phase, placeHeld }) =>
    // A hold that names no day never runs out.
    placeHeld?.until && beforePlace.includes(phase)
      ? [onDay({ item: 'place', party: placeHeld.by, since: placeHeld.until }, true)]
      : [],
  evacuation: (state) => {
    const { evacuation } = state
    if (evacuation?.confirmed !== false) return []
    const party = stillOn(state, evacuation.by)
    return [sinceInstant({ item: 'evacuation', party }, evacuation.at, unconfirmedHours)]
  },
  alert: ({ phase, responsible, since }) =>
    phase === 'alert'
      ? [{ ...onDay({ item: 'alert', party: responsible, since: dayOn(since) }), raisedAt: since }]
      : [],
  'alert-open': ({ phase, responsible, since }) =>
    phase === 'alert-acknowledged'
      ? [onDay({ item: 'alert-open', party: responsible, since: dayOn(since) })]
      : [],
  task: ({ tasks }) =>
    tasks.flatMap(({ to, seq, until }) =>
      until ? [onDay({ item: 'task', party: to, event: seq, since: until })] : [],
    ),
  'stay-day': (state) => stayDaysOf(state).map(({ item, party, day }) => onDay({ item, party, since: day })),
  'next-step': (state) =>
    [...state.nextSteps]
      .filter(([party]) => addressed(state).includes(party))
      .map(([party, day]) => onDay({ item: 'next-step', party, since: day }, true)),
}

/** Removed recipients that still owe an answer about the data they held. They owe it in every phase of the return. */
function openAnswers(state: State, { limits }: Rota): Escalation[] {
  return [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || addressed(state).includes(party)
      ? []
      : [sinceInstant({ item: 'answer', party }, at, limits.answerDays * 24)],
  )
}

/** What is open by a return's state, overdue or not: once it is over, tasks that go on and asking how she is. */
function openEscalations(state: State): Escalation[] {
  const kinds = overPhases.includes(state.phase)
    ? [openByKind.task, openByKind['stay-day']]
    : Object.values(openByKind)
  return kinds.flatMap((open) => open(state))
}

/** For each party that has not received all events that are for it: the first event that it lacks. */
function openDeliveries(events: readonly StoredEvent[], delivered: readonly Delivered[]): Escalation[] {
  const seenBy = new Map(delivered.map(({ party, seen }) => [party, seen]))
  const parties = [...new Set(events.flatMap(({ to }) => to))]
  return parties.flatMap((party) => {
    const first = events.find(({ seq, to }) => to.includes(party) && seq > (seenBy.get(party) ?? -1))
    const key = { item: 'delivery', party, event: first?.seq } as const
    return first ? [sinceInstant(key, first.at, undeliveredHours)] : []
  })
}

/** The levels of an escalation: from which instant (epoch ms) each is reached, and which party it notifies. */
function levelsOf({ once, raisedAt, from }: Escalation, rota: Rota) {
  if (raisedAt !== undefined)
    return rota.alerts.map(({ afterMinutes, notifies }) => ({
      at: Date.parse(raisedAt) + afterMinutes * minuteMs,
      notifies,
    }))
  return rota.overdue
    .slice(0, once ? 1 : undefined)
    .map(({ afterDays, notifies }) => ({ at: from(once ? 0 : afterDays), notifies }))
}

/** The levels of an escalation that were not recorded yet, the lowest first, each with its instant (epoch ms). */
function levelsAhead(
  { overdue }: State,
  escalation: Escalation,
  rota: Rota,
): { level: number; at: number }[] {
  const recorded = overdue.find((known) => isSameEscalation(known, escalation))?.level ?? -1
  return levelsOf(escalation, rota)
    .map(({ at }, level) => ({ level, at }))
    .filter(({ level }) => level > recorded)
}

/** The party that a level of an escalation notifies. */
function notifiedParty(state: State, escalation: Escalation, level: number, rota: Rota): PartyId {
  const { item, party, once } = escalation
  if (once) return party
  // A party that lacks an event cannot be notified by another event.
  const notifies = item === 'delivery' ? 'consular' : levelsOf(escalation, rota)[level]?.notifies
  if (notifies === 'consular') return consular
  // A removed recipient is notified of nothing any more.
  return notifies === 'responsible' || item === 'answer' ? state.responsible : party
}

function overdueNotice(state: State, escalation: Escalation, level: number, rota: Rota): WatchNotice {
  const { from: _, once: __, raisedAt: ___, ...key } = escalation
  return {
    type: 'overdue',
    to: key.item === 'next-step' ? [key.party] : addressed(state),
    for: notifiedParty(state, escalation, level, rota),
    data: { ...key, level },
  }
}

/** The lines of open calls whose time has come at an instant (epoch ms). */
function callNotices(state: State, now: number, rota: Rota): WatchNotice[] {
  const to = addressed(state)
  return openCalls(state).flatMap((call) =>
    linesAhead(call, rota)
      .filter(({ at }) => at <= now)
      .map(({ line }) => ({ type: 'called', to, data: { call: call.seq, party: call.party, line } })),
  )
}

/**
 * What `watch` is to write at an instant (epoch ms): each line of each call whose time has come, for each escalation the
 * highest level that is reached, and what ends. What is recorded already is not written again.
 */
export function noticesAt(
  state: Folded,
  now: number,
  rota: Rota,
  trail: { events: readonly StoredEvent[]; delivered: readonly Delivered[] },
): WatchNotice[] {
  const escalations = [
    ...openEscalations(state),
    ...openAnswers(state, rota),
    ...openDeliveries(trail.events, trail.delivered),
  ]
  return [
    ...callNotices(state, now, rota),
    ...escalations.flatMap((escalation) => {
      const reached = levelsAhead(state, escalation, rota).findLast(({ at }) => at <= now)
      return reached ? [overdueNotice(state, escalation, reached.level, rota)] : []
    }),
    ...endings(state, rota)
      .filter(({ at }) => at <= now)
      .map(({ watchNotice: notice }) => notice(now)),
  ]
}

/**
 * The next instant (epoch ms) at which there may be something to write or somebody to call; undefined where nothing is
 * open. Overdue deliveries do not count here, because the rows of `pending` tell when to look at them.
 */
export function nextLook(state: Folded, now: number, rota: Rota): number | undefined {
  const instants = [
    ...[...openEscalations(state), ...openAnswers(state, rota)].flatMap((escalation) =>
      levelsAhead(state, escalation, rota).map(({ at }) => at),
    ),
    ...openCalls(state).map((call) => nextCall(call, now, rota)),
    ...endings(state, rota).map(({ at }) => at),
  ]
  return instants.length > 0 ? Math.min(...instants) : undefined
}

/** What is overdue and not done, as a party sees it: what it is late with itself, and what it was notified of. */
export function overdueFor(
  state: State,
  party: PartyId,
  delivered: readonly Delivered[],
): EventOf<'overdue'>['data'][] {
  const open = openEscalations(state)
  const isOpen = (recorded: EscalationKey) => {
    switch (recorded.item) {
      case 'delivery':
        return !delivered.some((each) => each.party === recorded.party && each.seen >= (recorded.event ?? 0))
      case 'answer':
        return !state.withdrawals.get(recorded.party)?.answer
      case 'place':
        return !state.placeHeld && beforePlace.includes(state.phase)
      default:
        return open.some((escalation) => isSameEscalation(recorded, escalation))
    }
  }
  return state.overdue
    .filter((recorded) => recorded.party === party || recorded.notified.includes(party))
    .filter(isOpen)
    .map(({ notified: _, ...data }) => data)
}
