import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { Alert } from '../../../schemas/values/codes.ts'
import type { State } from '../state.ts'

const journey: readonly Phase[] = ['travelling', 'arrived', 'received']

/** The alerts with one more; nobody is alarmed any more about a journey that ended otherwise. */
export function alerted({ alerts, outcome }: State, alert: Alert): readonly Alert[] {
  return outcome === 'ended-otherwise' ? alerts : [...new Set([...alerts, alert])]
}

/** A leg later, or told late or twice, a departure says nothing new about what should have come before the first. */
export function alertsOnDeparture({ phase, alerts, cleared }: State): readonly Alert[] {
  if (phase === 'confirmed' && cleared) return []
  if (phase === 'travelling') return alerts.filter((alert) => alert === 'left-unconfirmed')
  return journey.includes(phase) ? alerts : ['left-unconfirmed']
}

/** An arrival that both sides tell is announced by the first of them. */
export function alertsOnArrival({ phase, alerts }: State): readonly Alert[] {
  if (phase === 'travelling') return []
  return journey.includes(phase) ? alerts : ['came-unannounced']
}
