import { refusal } from '../../schemas/api/problems.ts'
import { shapeBehind } from '../../schemas/commands/commands.ts'
import type { EventOf, StoredEvent } from '../../schemas/events/events.ts'
import { afterJourney, type Phase } from '../../schemas/procedure/phases.ts'
import { currentSections, written } from './access/current-sections.ts'
import { doneByAfter } from './access/duties.ts'
import { lackingAfter } from './access/grants.ts'
import { endJourney, endTask } from './access/participants.ts'
import { releaseBed } from './centre/bed-hold.ts'
import { releaseAtEnd, releaseOfLeavers } from './events/holdings.ts'
import type { LaterEvent } from './events/reducer.ts'
import { beginnings, reducers } from './events/reducers.ts'
import { attestedAfter } from './gates/attestation.ts'
import { callsAfter } from './schedule/calls.ts'
import { stayDaysAfter } from './schedule/stay.ts'
import { stepsAfter } from './schedule/steps.ts'
import type { Folded, State } from './state.ts'

/**
 * The state after one event more. It never throws and never loses the return, whatever came before: so a fact that is
 * corrected later can be left out of the fold.
 */
export function evolve(state: State | undefined, event: StoredEvent): State | undefined {
  switch (event.type) {
    case 'filed':
      return state ?? withCalls(undefined, beginnings.filed(event), event)
    case 'alerted':
      return state ?? withCalls(undefined, beginnings.alerted(event), event)
    default:
      return state && evolveByEvent(state, event)
  }
}

/** What the event's own reducer does, between the steps that follow from every event. */
function evolveByEvent(before: State, event: EventOf<LaterEvent>): State {
  // What the event leaves on record comes first, because its reducer may strike or erase sections.
  const recorded = withRecord(before, event)
  const reduced = reduce(recorded, event.type, event)
  // The phase says whether the journey is over, and so who leaves with it.
  const journeyEnded = withJourneyEnded(reduced, reduced.phase)
  // What the return holds ends with it, and what a party holds with its leaving.
  const settled = releaseOfLeavers(before, releaseAtEnd(before, journeyEnded))
  // Who is on the return before and after says which sections somebody may read now and cannot open yet.
  const shared = { ...settled, lacking: lackingAfter(before, settled, event) }
  // The phase, and what stands, say which steps are done and due.
  const stepped = { ...shared, ...stepsAfter(shared, event) }
  return withCalls(before, stepped, event)
}

/** The reducer of the event's type: what this event does, and no other, is written there. */
function reduce<T extends LaterEvent>(state: State, type: T, event: EventOf<T>): State {
  return reducers[type](state, event)
}

/** The state with what every event leaves on record; each part is computed from the state before the event. */
function withRecord(state: State, event: StoredEvent): State {
  const { facts } = state
  const author = event.by.party
  return {
    ...state,
    sections: currentSections(state.sections, event),
    attested: attestedAfter(state, event),
    doneBy: doneByAfter(state, event),
    stayDays: stayDaysAfter(state, event),
    facts: isFact(event) && author !== 'watch' ? [...facts, { seq: event.seq, by: author }] : facts,
  }
}

const isFact = ({ type }: StoredEvent) => shapeBehind(type)?.states === 'fact'

function withJourneyEnded(state: State, phase: Phase): State {
  return afterJourney.includes(phase) ? endJourney(state) : state
}

/** The state with its open calls, which the urgency, the phase and the alerts before and after the event decide. */
function withCalls(before: State | undefined, after: State, event: StoredEvent): State {
  return { ...after, calls: callsAfter(before, after, event) }
}

/**
 * The state after a fact that was corrected: as if it had not been stated, but for what was given away with it. Wraps that
 * were destroyed, tasks that ended and a place that was released do not come back.
 */
function withoutCorrectedFact(state: State | undefined, fact: StoredEvent): State | undefined {
  const stated = evolve(state, fact)
  if (!state || !stated) return state
  const kept = stated.placeHeld ? state : releaseBed(state)
  const ended = kept.tasks.filter(({ seq }) => !stated.tasks.some((task) => task.seq === seq))
  const left = ended.reduce((open, { seq }) => endTask(open, seq), kept)
  return withJourneyEnded({ ...left, locked: stated.locked }, stated.phase)
}

/** The state of a return from its events in order. Undefined where the first event is missing. */
export function fold(events: readonly StoredEvent[]): Folded | undefined {
  const corrected = new Set(events.flatMap(({ type, data }) => (type === 'corrected' ? [data.corrects] : [])))
  const state = events.reduce<State | undefined>(
    (folded, event) =>
      corrected.has(event.seq) && isFact(event) ? withoutCorrectedFact(folded, event) : evolve(folded, event),
    undefined,
  )
  return state && { ...state, version: events.length, written: sectionsKept(events) }
}

/** The state of a return from its events in order. Throws trail-broken where the first event is missing. */
export function stateAfter(events: readonly StoredEvent[]): Folded {
  const state = fold(events)
  if (!state) throw refusal('trail-broken')
  return state
}

/** Every section that was ever written and neither struck nor erased. */
function sectionsKept(events: readonly StoredEvent[]): Folded['written'] {
  const destroyed = new Set(
    events.flatMap(({ type, data }) =>
      type === 'struck' ? data.strikes : type === 'erased' ? data.sections : [],
    ),
  )
  return events.flatMap(written).filter(({ sec }) => !destroyed.has(sec))
}
