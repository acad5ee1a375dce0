import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { Alert } from '../../../schemas/values/codes.ts'
import type { State } from '../state.ts'

const sinceDeparture: readonly Phase[] = ['travelling', 'arrived', 'received']

/** The alerts with one more. A journey that ended otherwise alerts nobody any more. */
export function withAlert({ alerts, outcome }: State, alert: Alert): readonly Alert[] {
  return outcome === 'ended-otherwise' ? alerts : [...new Set([...alerts, alert])]
}

/**
 * The alerts after a departure. Only the first departure shows that a confirmation was missing: a later leg, or a
 * departure that is reported late or twice, adds nothing.
 */
export function alertsOnDeparture({ phase, alerts, cleared }: State): readonly Alert[] {
  if (phase === 'confirmed' && cleared) return []
  if (phase === 'travelling') return alerts.filter((alert) => alert === 'left-unconfirmed')
  return sinceDeparture.includes(phase) ? alerts : ['left-unconfirmed']
}

/** The alerts after an arrival. Where both sides report it, the first report counts. */
export function alertsOnArrival({ phase, alerts }: State): readonly Alert[] {
  if (phase === 'travelling') return []
  return sinceDeparture.includes(phase) ? alerts : ['came-unannounced']
}
