import type { EventOf } from '../../schemas/events/events.ts'
import { written } from './access/current-sections.ts'
import type { Participants, State } from './state.ts'

/** What an alert and a filing begin differently. */
type OfEach = keyof Participants | 'urgency' | 'phase' | 'procedure' | 'due'

/** The state with which every trail begins: nothing has happened yet but its first event. */
export function initialState(event: EventOf<'filed' | 'alerted'>): Omit<State, OfEach> {
  return {
    ret: event.ret,
    request: event.data.request,
    log: event.data.log,
    since: event.at,
    leftCentre: false,
    done: new Set(),
    identityConfirmed: false,
    documentIssued: false,
    riskAssessed: false,
    funded: false,
    doneBy: new Map(),
    cleared: false,
    attested: new Set(),
    sections: written(event),
    lacking: new Map(),
    locked: new Map(),
    withdrawals: new Map(),
    links: [],
    questions: [],
    assignees: new Map(),
    nextSteps: new Map(),
    facts: [],
    handovers: [],
    stayDays: [],
    alerts: [],
    calls: [],
    overdue: [],
  }
}
