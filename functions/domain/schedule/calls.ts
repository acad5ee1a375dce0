import type { Night } from '../../../schemas/deployment/rota.ts'
import type { EventOf, StoredEvent } from '../../../schemas/events/events.ts'
import { overPhases } from '../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { chisinau, hourIn } from '../calendar/days.ts'
import type { Call, CallReason, State } from '../state.ts'

/** What of a return's state gives a reason to call somebody out. */
type CallCause = Pick<State, 'responsible' | 'phase' | 'urgency' | 'alerts' | 'evacuation' | 'calls'>

const danger = 2

/** Whether the reason for a call is still there. */
const isStillReason: Record<CallReason, (state: CallCause) => boolean> = {
  danger: ({ urgency }) => urgency === danger,
  night: ({ phase }) => phase === 'arrived',
  'contact-lost': ({ alerts }) => alerts.includes('contact-lost'),
  evacuation: ({ evacuation }) => evacuation?.confirmed === false,
}

/** Whether it is night in Chișinău at an instant. */
export function isNight(at: string, { from, to }: Night): boolean {
  const hour = hourIn(Date.parse(at), chisinau)
  return from < to ? from <= hour && hour < to : from <= hour || hour < to
}

/** Why an event calls people out, and whether it calls a party that it is for. */
function callOutOf(
  before: CallCause | undefined,
  { responsible, urgency }: CallCause,
  event: StoredEvent,
): { why: CallReason; isCalled: (party: PartyId) => boolean } | undefined {
  switch (event.type) {
    case 'filed':
    case 'amended':
      return urgency === danger && before?.urgency !== danger
        ? { why: 'danger', isCalled: (party) => party === 'iom' || party === 'consular' }
        : undefined
    case 'alerted':
    case 'alert-passed':
      return urgency === danger
        ? { why: 'danger', isCalled: (party) => party === 'consular' || party === responsible }
        : undefined
    case 'arrived':
      return event.data.night ? { why: 'night', isCalled: (party) => kindOf(party) === 'centre' } : undefined
    case 'contact-lost':
      return { why: 'contact-lost', isCalled: (party) => party === 'iom' || party === responsible }
    case 'evacuation-ordered':
      return { why: 'evacuation', isCalled: (party) => party === 'iom' || party === responsible }
    default:
      return undefined
  }
}

/** Whether an event ends a party's call. */
function endsCall(event: StoredEvent, { seq, party, why }: Call): boolean {
  switch (event.type) {
    case 'call-answered':
      return event.data.call === seq && event.by.party === party
    case 'acknowledged':
      return why === 'danger' && event.by.party === party
    case 'alert-acknowledged':
    // The post that gets the alert now is called anew.
    case 'alert-passed':
      return why === 'danger'
    default:
      return false
  }
}

/** A call after one of its lines was called. Lines are called in order: a line that is recorded late changes nothing. */
function afterLine(call: Call, { data }: EventOf<'called'>): Call {
  const isThisCall = data.call === call.seq && data.party === call.party
  return isThisCall ? { ...call, lines: Math.max(call.lines, data.line + 1) } : call
}

/** The calls that are open after an event, which led from `before` to `after`. Its author is not called: it knows already. */
export function callsAfter(
  before: CallCause | undefined,
  after: CallCause,
  event: StoredEvent,
): readonly Call[] {
  if (overPhases.includes(after.phase)) return []
  const open = after.calls
    .filter((call) => isStillReason[call.why](after) && !endsCall(event, call))
    .map((call) => (event.type === 'called' ? afterLine(call, event) : call))
  const callOut = callOutOf(before, after, event)
  if (!callOut || !isStillReason[callOut.why](after)) return open
  const { seq, at: since } = event
  const called = event.to.filter((party) => party !== event.by.party && callOut.isCalled(party))
  return [...open, ...called.map((party) => ({ seq, party, why: callOut.why, since, lines: 0 }))]
}
