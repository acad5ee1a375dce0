import type { EventOf } from '../../schemas/events/events.ts'
import { procedureOn, type StepName, stepNames } from '../../schemas/procedure/procedure.ts'
import type { BasisCode } from '../../schemas/values/basis.ts'
import { type HolderId, kindOf } from '../../schemas/values/parties.ts'
import { alertParticipants } from './access/alert-participants.ts'
import { written } from './access/current-sections.ts'
import type { Participants } from './access/participants.ts'
import { filingParticipants } from './access/readers.ts'
import { chisinau, dayIn } from './calendar/days.ts'
import { type Course, dueIn } from './schedule/steps.ts'
import type { State } from './state.ts'

/** All that comes before somebody is received: done, for who is home before anything is filed. */
export const beforeReceiving: readonly StepName[] = stepNames.slice(0, stepNames.indexOf('receive'))

/** Whether a party's filings are of people who are home: a mission's are abroad. */
export const filesHome = (party: HolderId) => kindOf(party) !== 'mission'

/** The state of a return that was just filed. */
export function stateOnFiling(event: EventOf<'filed'>): State {
  const basis = new Map(Object.entries(event.data.basis) as [HolderId, BasisCode][])
  const home = filesHome(event.by.party)
  return {
    ...stateOnFirstEvent(event),
    ...filingParticipants(event.by.party, basis),
    urgency: event.data.urgency,
    procedure: event.data.procedure,
    done: new Set(home ? beforeReceiving : []),
    due: dueIn(event),
    phase: home ? 'arrived' : 'filed',
    ...(event.data.alert ? { alert: event.data.alert } : {}),
  }
}

/** The state of an alert that was just raised. It has no steps: what it waits for has levels of its own. */
export function stateOnAlert(event: EventOf<'alerted'>): State {
  const { post, urgency } = event.data
  const { version } = procedureOn(dayIn(Date.parse(event.at), chisinau))
  return {
    ...stateOnFirstEvent(event),
    ...alertParticipants(event.by.party, post),
    urgency,
    procedure: version,
    due: new Map(),
    phase: 'alert',
  }
}

/** What every trail begins with: nothing has happened yet but its first event. */
export function stateOnFirstEvent(
  event: EventOf<'filed' | 'alerted'>,
): Omit<State, keyof Participants | 'urgency' | 'phase' | keyof Pick<Course, 'procedure' | 'due'>> {
  return {
    ret: event.ret,
    request: event.data.request,
    withdrawals: new Map(),
    lacking: new Map(),
    locked: new Map(),
    attested: new Set(),
    done: new Set(),
    log: event.data.log,
    sections: written(event),
    questions: [],
    handovers: [],
    identityConfirmed: false,
    documentIssued: false,
    riskAssessed: false,
    funded: false,
    cleared: false,
    left: false,
    stayDays: [],
    assignees: new Map(),
    nextSteps: new Map(),
    alerts: [],
    calls: [],
    overdue: [],
    facts: [],
    since: event.at,
  }
}
