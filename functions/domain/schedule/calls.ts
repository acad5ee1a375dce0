import type { Night } from '../../../schemas/deployment/rota.ts'
import type { EventOf, StoredEvent } from '../../../schemas/events/events.ts'
import { overPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import type { Alert } from '../../../schemas/values/codes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { chisinau, hourIn } from '../calendar/days.ts'

/** A party that is called out for an event, until it answers or there is nothing to call for any more. */
export interface Call {
  seq: number
  party: PartyId
  why: Why
  /** The time of the event. */
  since: string
  /** How many lines of the rota were called. */
  lines: number
}

type Why = 'danger' | 'night' | 'contact-lost' | 'evacuation'

/** Of a return's state, what its calls follow from. */
export interface Cause {
  responsible: PartyId
  phase: Phase
  urgency: number
  alerts: readonly Alert[]
  /** Who ordered an evacuation, at which event, and whether a second person has confirmed it. */
  evacuation?: { by: PartyId; user: string; at: string; confirmed: boolean }
  calls: readonly Call[]
}

const danger = 2

/** Whether there still is something to call for. */
const stands: Record<Why, (cause: Cause) => boolean> = {
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

/** Why an event calls people out, and which parties of those that it is for; its author knows already. */
function begun(
  before: Cause | undefined,
  { responsible, urgency }: Cause,
  event: StoredEvent,
): { why: Why; calls: (party: PartyId) => boolean } | undefined {
  switch (event.type) {
    case 'filed':
    case 'amended':
      return urgency === danger && before?.urgency !== danger
        ? { why: 'danger', calls: (party) => party === 'iom' || party === 'consular' }
        : undefined
    case 'alerted':
    case 'alert-passed':
      return urgency === danger
        ? { why: 'danger', calls: (party) => party === 'consular' || party === responsible }
        : undefined
    case 'arrived':
      return event.data.night ? { why: 'night', calls: (party) => kindOf(party) === 'centre' } : undefined
    case 'contact-lost':
      return { why: 'contact-lost', calls: (party) => party === 'iom' || party === responsible }
    case 'evacuation-ordered':
      return { why: 'evacuation', calls: (party) => party === 'iom' || party === responsible }
    default:
      return undefined
  }
}

/** Whether an event ends a party's call. */
function ends(event: StoredEvent, { seq, party, why }: Call): boolean {
  switch (event.type) {
    case 'call-answered':
      return event.data.call === seq && event.by.party === party
    case 'acknowledged':
      return why === 'danger' && event.by.party === party
    case 'alert-acknowledged':
    // Who gets it now is called anew.
    case 'alert-passed':
      return why === 'danger'
    default:
      return false
  }
}

/** A call after one of its lines was called; lines are called in order, and one that is told late changes nothing. */
function called(call: Call, { data }: EventOf<'called'>): Call {
  const isIt = data.call === call.seq && data.party === call.party
  return isIt ? { ...call, lines: Math.max(call.lines, data.line + 1) } : call
}

/** The calls that are open after an event, which led from `before` to `after`. */
export function callsAfter(before: Cause | undefined, after: Cause, event: StoredEvent): readonly Call[] {
  if (overPhases.includes(after.phase)) return []
  const fresh = begun(before, after, event)
  const callees = fresh ? event.to.filter((party) => party !== event.by.party && fresh.calls(party)) : []
  const { seq, at: since } = event
  return [
    ...after.calls
      .filter((call) => stands[call.why](after) && !ends(event, call))
      .map((call) => (event.type === 'called' ? called(call, event) : call)),
    ...(fresh ? callees.map((party) => ({ seq, party, why: fresh.why, since, lines: 0 })) : []),
  ].filter(({ why }) => stands[why](after))
}
