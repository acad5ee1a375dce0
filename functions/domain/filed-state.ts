import type { BasisCode } from '../../schemas/basis.ts'
import type { EventOf } from '../../schemas/events.ts'
import type { HolderId } from '../../schemas/parties.ts'
import { filingCircle } from './readers.ts'
import { written } from './standing.ts'
import type { State } from './state.ts'
import { dueIn } from './steps.ts'

/** The state of a return that was just filed. */
export function filed(event: EventOf<'filed'>): State {
  const basis = new Map(Object.entries(event.data.basis) as [HolderId, BasisCode][])
  return {
    ret: event.ret,
    request: event.data.request,
    ...filingCircle(event.by.party, basis),
    withdrawals: new Map(),
    lacking: new Map(),
    locked: new Map(),
    vouched: new Set(),
    urgency: event.data.urgency,
    procedure: event.data.procedure,
    done: new Set(),
    due: dueIn(event),
    phase: 'filed',
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
    keepers: new Map(),
    nextSteps: new Map(),
    alerts: [],
    calls: [],
    overdue: [],
    facts: [],
    since: event.at,
  }
}
