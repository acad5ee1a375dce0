import { commandOf, commandShape, shapeBehind } from '../../schemas/commands/commands.ts'
import { type EventOf, isByWatch, type StoredEvent } from '../../schemas/events/events.ts'
import { afterJourney, type Phase } from '../../schemas/procedure/phases.ts'
import { current, written } from './access/current-sections.ts'
import { lackingAfter } from './access/grants.ts'
import { journeyEnded } from './access/participants.ts'
import { evolveParticipation } from './access/participation.ts'
import { placeAfter, placeFreed } from './centre/bed-hold.ts'
import { raised } from './commands/alert.ts'
import { attestedAfter } from './gates/attestation.ts'
import { stateOnFiling } from './initial-state.ts'
import { alerted, alertsOnArrival, alertsOnDeparture } from './schedule/alerts.ts'
import { callsAfter } from './schedule/calls.ts'
import { evolveWatch } from './schedule/evolve-watch.ts'
import { documentCheck } from './schedule/overdue.ts'
import { stayDaysAfter } from './schedule/stay.ts'
import { stepsAfter } from './schedule/steps.ts'
import type { Folded, State } from './state.ts'

const planned: readonly Phase[] = ['planned', 'confirmed']
const journey: readonly Phase[] = ['travelling', 'arrived', 'received']

/** A fact told late does not take a return back: who has arrived is not travelling because the departure came in now. */
function further(now: Phase, told: Phase): Phase {
  return journey.indexOf(told) > journey.indexOf(now) ? told : now
}

function lastUnderway({ phase, before }: State): Phase {
  return phase === 'cancelled' || phase === 'closed' ? (before ?? 'filed') : phase
}

/** A confirmation that no longer stands. */
function undone({ phase }: State, { at }: StoredEvent): Partial<State> {
  return phase === 'confirmed' ? { phase: 'planned', since: at } : {}
}

/** The other side confirms; the first who does is named. */
function confirmed({ handovers }: State, { by, data }: EventOf<'handover-confirmed'>): State['handovers'] {
  return handovers.map((handover) =>
    handover.seq === data.handover && handover.by !== by.party
      ? { confirmedBy: by.party, ...handover }
      : handover,
  )
}

/** What was cancelled goes on; what had come out before it was closed stays known. */
function uncancelled({ outcome, ...rest }: State): State {
  return outcome && !isOff(outcome) ? { ...rest, outcome } : rest
}

const isOff = (outcome: State['outcome']) => outcome === 'cancelled' || outcome === 'ended-otherwise'

/** What a struck section stated is open again: it was about somebody else. */
function struck(state: State, strikes: readonly string[]): State {
  const gone = state.sections.filter(({ sec }) => strikes.includes(sec)).map(({ slot }) => slot)
  return {
    ...state,
    sections: state.sections.filter(({ sec }) => !strikes.includes(sec)),
    identityConfirmed: state.identityConfirmed && !gone.includes('check') && !gone.includes('person'),
    documentIssued: state.documentIssued && !gone.includes('document'),
    riskAssessed: state.riskAssessed && !gone.includes('risk'),
    funded: state.funded && !gone.includes('funding'),
  }
}

/**
 * One event further. Total: whatever came before, an event never throws and never loses the return;
 * so a fact that is corrected later can be left out of the fold.
 */
export function evolve(state: State | undefined, event: StoredEvent): State | undefined {
  if (event.type === 'filed') return state ?? withCalls(undefined, stateOnFiling(event), event)
  if (event.type === 'alerted') return state ?? withCalls(undefined, raised(event), event)
  if (!state) return undefined
  const led = ledTo(state, event)
  const arrived = afterJourney.includes(led.phase) ? journeyEnded(led) : led
  const shared = { ...arrived, lacking: lackingAfter(state, arrived, event) }
  return withCalls(state, { ...shared, ...stepsAfter(shared, event) }, event)
}

/** A fact that was corrected is as if never told, but for what went with it: wraps and a place do not come back. */
function untold(state: State | undefined, event: StoredEvent): State | undefined {
  const told = evolve(state, event)
  if (!state || !told) return state
  const placed = told.placeHeld ? state : placeFreed(state)
  return afterJourney.includes(told.phase) ? journeyEnded(placed) : placed
}

const withCalls = (before: State | undefined, after: State, event: StoredEvent): State => ({
  ...after,
  calls: callsAfter(before, after, event),
})

/** Where an event leads, all but its steps. */
function ledTo(state: State, event: Exclude<StoredEvent, { type: 'filed' | 'alerted' }>): State {
  if (isByWatch(event)) return evolveWatch(state, event)
  const next = {
    ...placeAfter(evolveParticipation(state, event), event),
    sections: current(state.sections, event),
    attested: attestedAfter(state, event),
    stayDays: stayDaysAfter(state, event),
  }
  const moved = (phase: Phase): State => ({ ...next, phase, since: event.at })
  const fact = { ...next, facts: [...state.facts, { seq: event.seq, by: event.by.party }] }
  const arrivedAt = (phase: Phase): State => {
    const reached =
      state.phase === 'cancelled' || state.phase === 'closed' ? phase : further(state.phase, phase)
    return {
      ...uncancelled(fact),
      ...(phase === 'travelling' ? {} : { arrivedAt: state.arrivedAt ?? event.at }),
      phase: reached,
      since: reached === state.phase ? state.since : event.at,
    }
  }

  switch (event.type) {
    case 'acknowledged':
    case 'accepted':
    case 'sent-back':
    case 'travel-planned':
    case 'travel-confirmed':
    case 'alert-acknowledged':
    case 'alert-passed':
    case 'became-request':
    case 'alert-closed':
      return moved(commandShape(commandOf[event.type]).to ?? state.phase)
    case 'asked':
      return event.for
        ? {
            ...next,
            questions: [
              ...state.questions,
              { seq: event.seq, by: event.by.party, for: event.for, at: event.at },
            ],
          }
        : next
    case 'answered':
      return {
        ...next,
        questions: state.questions.filter((question) => question.seq !== event.data.question),
      }
    case 'identity-confirmed':
      return { ...next, identityConfirmed: true }
    case 'document-issued':
      return { ...next, documentIssued: true, ...documentCheck(event) }
    case 'risk-assessed':
      return { ...next, riskAssessed: true }
    case 'approved':
      return { ...next, ruling: 'approved' }
    case 'refused':
      // Plans that nobody will pay for are no plans.
      return { ...(planned.includes(state.phase) ? moved('accepted') : next), ruling: 'refused' }
    case 'put-on-hold':
      return { ...next, ruling: 'on-hold' }
    case 'funded':
      return { ...next, funded: true }
    case 'place-held':
    case 'place-released':
    case 'exit-checked':
    case 'services-offered':
    case 'stay-planned':
    case 'followed-up':
    case 'child-assessed':
    case 'overridden':
      return next
    case 'cleared':
      return { ...next, cleared: true }
    case 'evacuation-ordered':
      return {
        ...next,
        evacuation: { by: event.by.party, user: event.by.user, at: event.at, confirmed: false },
      }
    case 'evacuation-confirmed':
      return state.evacuation ? { ...next, evacuation: { ...state.evacuation, confirmed: true } } : next
    case 'taken':
      return { ...next, assignees: new Map([...state.assignees, [event.by.party, event.by.user]]) }
    case 'assigned':
      return { ...next, assignees: new Map([...state.assignees, [event.by.party, event.data.user]]) }
    case 'noted': {
      const nextSteps = new Map(state.nextSteps)
      const [due] = event.data.due
      if (due) nextSteps.set(event.by.party, due.day)
      else nextSteps.delete(event.by.party)
      return { ...next, nextSteps }
    }
    case 'travel-changed':
      // A changed itinerary has to pass the gate again, unless the person is already on the way.
      return state.phase === 'confirmed' ? { ...next, ...undone(state, event), cleared: false } : next
    case 'amended': {
      const urgency = event.data.urgency ?? state.urgency
      if (event.data.slot !== 'person') return { ...next, urgency, ...documentCheck(event) }
      // What was confirmed was another name: it has to pass the gate again.
      return {
        ...next,
        ...undone(state, event),
        cleared: false,
        urgency,
        identityConfirmed: false,
      }
    }
    case 'departed':
      return { ...arrivedAt('travelling'), alerts: alertsOnDeparture(state) }
    case 'did-not-come':
      // What was confirmed has left without her: the next journey has to pass the gates again.
      return { ...fact, ...undone(state, event), cleared: false, alerts: alerted(state, event.type) }
    case 'contact-lost':
    case 'in-hospital':
      return { ...fact, alerts: alerted(state, event.type) }
    case 'way-reported':
      return { ...fact, alerts: alerted(state, 'way-reported') }
    case 'choice-recorded':
      return fact
    case 'ended-otherwise':
      return {
        ...fact,
        phase: 'cancelled',
        since: event.at,
        outcome: state.outcome && !isOff(state.outcome) ? state.outcome : event.type,
        before: lastUnderway(state),
        alerts: [],
      }
    case 'arrived':
      return { ...arrivedAt('arrived'), alerts: alertsOnArrival(state) }
    case 'handed-over':
      return { ...fact, handovers: [...state.handovers, { seq: event.seq, by: event.by.party }] }
    case 'handover-confirmed':
      return { ...next, handovers: confirmed(state, event) }
    case 'referred-home':
    case 'admitted':
      return { ...arrivedAt('received'), outcome: event.type, alerts: [], left: false }
    case 'left-centre':
      return { ...fact, left: true }
    case 'corrected':
      return next
    case 'struck':
      return struck(next, event.data.strikes)
    case 'wish-recorded':
      // What she says now may be no: it has to pass the gate again.
      return { ...next, ...undone(state, event), cleared: false }
    case 'arranger-chosen':
      return state.phase === 'sent-back' ? moved('filed') : next
    case 'agreed':
    case 'shared':
    case 'to-be-asked':
    case 'withdrawn':
    case 'withdrawal-answered':
    case 'call-answered':
    case 'task-given':
    case 'task-reported':
    case 'task-declined':
    case 'task-ended':
    case 'case-offered':
    case 'case-accepted':
    case 'move-ordered':
    case 'attested':
      return next
    case 'cancelled':
      return { ...moved('cancelled'), outcome: state.outcome ?? 'cancelled', before: lastUnderway(state) }
    case 'closed':
      return { ...moved('closed'), before: lastUnderway(state) }
    case 'reopened':
      return uncancelled(moved(lastUnderway(state)))
  }
}

/**
 * The state of a return from its events in order: the facts that were corrected are left out, as if never told.
 * Undefined when the first event is missing.
 */
export function fold(events: readonly StoredEvent[]): Folded | undefined {
  const taken = new Set(events.flatMap((event) => (event.type === 'corrected' ? [event.data.corrects] : [])))
  const gone = new Set(
    events.flatMap((event) =>
      event.type === 'struck' ? event.data.strikes : event.type === 'erased' ? event.data.sections : [],
    ),
  )
  const isTaken = ({ seq, type }: StoredEvent) => taken.has(seq) && shapeBehind(type)?.states === 'fact'
  const state = events.reduce<State | undefined>(
    (so, event) => (isTaken(event) ? untold(so, event) : evolve(so, event)),
    undefined,
  )
  return (
    state && {
      ...state,
      version: events.length,
      written: events.flatMap(written).filter(({ sec }) => !gone.has(sec)),
    }
  )
}
