/** Where a return stands. Every phase but `closed` is open. */
export const returnPhases = [
  'filed',
  'acknowledged',
  'sent-back',
  'accepted',
  'planned',
  'confirmed',
  'travelling',
  'arrived',
  'received',
  'cancelled',
  'closed',
] as const
export type ReturnPhase = (typeof returnPhases)[number]

/** Where an alert stands: raised, seen by the post that it went to, and what it came to. No command of a return starts here. */
export const alertPhases = ['alert', 'alert-acknowledged', 'became-request', 'alert-closed'] as const

export const phases = [...returnPhases, ...alertPhases] as const
export type Phase = (typeof phases)[number]

const open = returnPhases.filter((phase) => phase !== 'closed')

/** The phases of an alert that is neither a request yet nor closed. */
export const openAlert = ['alert', 'alert-acknowledged'] as const satisfies readonly Phase[]
/** Every open phase, of a return and of an alert. */
export const openAnywhere: readonly Phase[] = [...open, ...openAlert]
/** Whether a return is in an open phase; an alert is no return. */
export function isOpen(phase: Phase): boolean {
  return (open as readonly Phase[]).includes(phase)
}

/** The phases in which nothing is asked of anybody any more: a return's until it is opened again, an alert's for good. */
export const overPhases: readonly Phase[] = ['cancelled', 'closed', 'became-request', 'alert-closed']

/** The phases of a return whose person has not left yet. */
export const beforeLeaving: readonly Phase[] = [
  'filed',
  'acknowledged',
  'sent-back',
  'accepted',
  'planned',
  'confirmed',
]

/** The phases of a return on which nobody is on the way any more. */
export const afterJourney: readonly Phase[] = ['arrived', 'received', 'cancelled', 'closed']
