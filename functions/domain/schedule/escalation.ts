import type { Rota } from '../../../schemas/deployment/rota.ts'
import type { EventOf, StoredEvent } from '../../../schemas/events/events.ts'
import type { EscalationName, StayItem } from '../../../schemas/events/watch-events.ts'
import { beforeLeaving, overPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../calendar/days.ts'
import { unconfirmedHours } from '../gates/gates.ts'
import type { Folded, State } from '../state.ts'
import { linesAhead, nextCall, openCalls } from './call-lines.ts'
import { dueOf } from './due.ts'
import { endings } from './endings.ts'
import { type EscalationKey, isSame } from './overdue.ts'
import { stayDaysOf } from './stay.ts'
import type { WatchNotice } from './watch-notice.ts'

/** How far a party has come with a return. */
export interface Delivered {
  party: PartyId
  seen: number
}

/** A matter that stands open, and the instant (epoch ms) from which each of its levels is to be told. */
interface Matter extends EscalationKey {
  /** From when on it is overdue, after so many days more. */
  from: (days: number) => number
  /** Told once, to nobody but whose it is. */
  once?: boolean
  /** Of an alert that nobody acknowledged: its levels count from this instant, and are its own. */
  raisedAt?: string
}

const consular = partyId.parse('consular')
const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** How long a party may be without an event that is for it. */
const undeliveredHours = 1
/** A place is needed until somebody has been received. */
const placeless: readonly Phase[] = [...beforeLeaving, 'travelling', 'arrived']

/** A day has passed where the next one begins in Chișinău. */
const afterDay = (day: string) => (days: number) => instantOf(`${daysAfter(day, days + 1)}T00:00`, chisinau)
const afterHours = (at: string, hours: number) => (days: number) =>
  Date.parse(at) + hours * hourMs + days * dayMs

/** The day of an instant in Chișinău. */
const dayOn = (at: string) => dayIn(Date.parse(at), chisinau)

const onDay = (key: EscalationKey, once = false): Matter => ({ ...key, from: afterDay(key.since), once })
const sinceInstant = (key: Omit<EscalationKey, 'since'>, at: string, hours: number): Matter => ({
  ...key,
  since: dayOn(at),
  from: afterHours(at, hours),
})

/** What can be overdue by a return's state, each kind of matter with those that stand open. */
const kinds: Record<
  Exclude<EscalationName, 'delivery' | 'answer' | StayItem> | 'stay-day',
  (state: State) => Matter[]
> = {
  step: (state) =>
    dueOf(state).flatMap(({ step, owner, day }) => {
      const party = [state.arranger, ...addressed(state)].find((one) => kindOf(one) === owner)
      return party ? [onDay({ item: 'step', party, step, since: day })] : []
    }),
  document: ({ phase, documentIssued, documentCheck }) =>
    documentIssued && documentCheck && beforeLeaving.includes(phase)
      ? [onDay({ item: 'document', party: documentCheck.party, since: documentCheck.day })]
      : [],
  place: ({ phase, placeHeld }) =>
    // A hold that names no day never runs out.
    placeHeld?.until && placeless.includes(phase)
      ? [onDay({ item: 'place', party: placeHeld.by, since: placeHeld.until }, true)]
      : [],
  evacuation: ({ evacuation }) =>
    evacuation?.confirmed === false
      ? [sinceInstant({ item: 'evacuation', party: evacuation.by }, evacuation.at, unconfirmedHours)]
      : [],
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

/** Who was left out and has not said what it did with what it held; it owes that whatever becomes of the return. */
function openAnswers(state: State, { limits }: Rota): Matter[] {
  return [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || addressed(state).includes(party)
      ? []
      : [sinceInstant({ item: 'answer', party }, at, limits.answerDays * 24)],
  )
}

/** The matters that stand open by a return's state, overdue or not: none when it is cancelled or closed. */
function openEscalations(state: State): Matter[] {
  return overPhases.includes(state.phase) ? [] : Object.values(kinds).flatMap((open) => open(state))
}

/** Of each party that has not seen all that is for it: the first event that it lacks. */
function openDeliveries(events: readonly StoredEvent[], delivered: readonly Delivered[]): Matter[] {
  const seenBy = new Map(delivered.map(({ party, seen }) => [party, seen]))
  const parties = [...new Set(events.flatMap(({ to }) => to))]
  return parties.flatMap((party) => {
    const first = events.find(({ seq, to }) => to.includes(party) && seq > (seenBy.get(party) ?? -1))
    const key = { item: 'delivery', party, event: first?.seq } as const
    return first ? [sinceInstant(key, first.at, undeliveredHours)] : []
  })
}

/** The levels of a matter: from which instant (epoch ms) each is reached, and whom it notifies. */
function levelsOf({ once, raisedAt, from }: Matter, rota: Rota) {
  if (raisedAt !== undefined)
    return rota.alerts.map(({ afterMinutes, notifies }) => ({
      at: Date.parse(raisedAt) + afterMinutes * minuteMs,
      notifies,
    }))
  return rota.overdue
    .slice(0, once ? 1 : undefined)
    .map(({ afterDays, notifies }) => ({ at: from(once ? 0 : afterDays), notifies }))
}

/** The levels of a matter that were not told yet, the lowest first, each with the instant from which it is. */
function levelsAhead({ overdue }: State, item: Matter, rota: Rota): { level: number; at: number }[] {
  const told = overdue.find((one) => isSame(one, item))?.level ?? -1
  return levelsOf(item, rota)
    .map(({ at }, level) => ({ level, at }))
    .filter(({ level }) => level > told)
}

/** Whom a level notifies. Who lacks an event cannot be told by another. */
function toldOf(state: State, about: Matter, level: number, rota: Rota): PartyId {
  const { item, party, once } = about
  if (once) return party
  const told = levelsOf(about, rota)[level]?.notifies
  // Who was left out is told of nothing any more.
  if (item === 'answer' && told === 'owner') return state.responsible
  const notifies = item === 'delivery' ? 'consular' : told
  if (notifies === 'consular') return consular
  return notifies === 'responsible' ? state.responsible : party
}

function overdueNotice(state: State, item: Matter, level: number, rota: Rota): WatchNotice {
  const { from: _, once: __, raisedAt: ___, ...key } = item
  return {
    type: 'overdue',
    to: item.item === 'next-step' ? [item.party] : addressed(state),
    for: toldOf(state, item, level, rota),
    data: { ...key, level },
  }
}

/**
 * What `watch` is to write at an instant (epoch ms): of each open matter the highest level that is reached and was not
 * told, and each line of each call whose time has come. What is recorded is not written again.
 */
export function noticesAt(
  state: Folded,
  now: number,
  rota: Rota,
  about: { events: readonly StoredEvent[]; delivered: readonly Delivered[] },
): WatchNotice[] {
  const matters = [
    ...openEscalations(state),
    ...openAnswers(state, rota),
    ...openDeliveries(about.events, about.delivered),
  ]
  const to = addressed(state)
  return [
    ...openCalls(state).flatMap((call) =>
      linesAhead(call, rota)
        .filter(({ at }) => at <= now)
        .map(
          ({ line }): WatchNotice => ({
            type: 'called',
            to,
            data: { call: call.seq, party: call.party, line },
          }),
        ),
    ),
    ...matters.flatMap((item) => {
      const reached = levelsAhead(state, item, rota).findLast(({ at }) => at <= now)
      return reached ? [overdueNotice(state, item, reached.level, rota)] : []
    }),
    ...endings(state, rota)
      .filter(({ at }) => at <= now)
      .map(({ notice }) => notice(now)),
  ]
}

/**
 * The next instant (epoch ms) at which there may be something to write or somebody to call: undefined where nothing is
 * open. Late deliveries are not reckoned here; `pending` knows them.
 */
export function nextLook(state: Folded, now: number, rota: Rota): number | undefined {
  const instants = [
    ...[...openEscalations(state), ...openAnswers(state, rota)].flatMap((item) =>
      levelsAhead(state, item, rota).map(({ at }) => at),
    ),
    ...openCalls(state).map((call) => nextCall(call, now, rota)),
    ...endings(state, rota).map(({ at }) => at),
  ]
  return instants.length > 0 ? Math.min(...instants) : undefined
}

/** What is overdue and not done, as a party sees it: what is its own, and what was told to it. */
export function overdueFor(
  state: State,
  party: PartyId,
  delivered: readonly Delivered[],
): EventOf<'overdue'>['data'][] {
  const open = openEscalations(state)
  const isOpen = (one: EscalationKey) => {
    switch (one.item) {
      case 'delivery':
        return !delivered.some((each) => each.party === one.party && each.seen >= (one.event ?? 0))
      case 'answer':
        return !state.withdrawals.get(one.party)?.answer
      case 'place':
        return !state.placeHeld && placeless.includes(state.phase)
      default:
        return open.some((other) => isSame(one, other))
    }
  }
  return state.overdue
    .filter((one) => (one.party === party || one.told.includes(party)) && isOpen(one))
    .map(({ told: _, ...data }) => data)
}
