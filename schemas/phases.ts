/** Where a return stands. Every phase but `closed` is open. */
export const phases = [
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
export type Phase = (typeof phases)[number]

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
