/**
 * What is asked of values that have the right form. `impossible`: it cannot be so, and is refused. `unlikely`: it is
 * asked back, and the officer, who has the paper in hand, may answer for it with a reason.
 */
export const checks = {
  // Days.
  'in-the-future': 'impossible',
  'in-the-past': 'impossible',
  'too-early': 'impossible',
  'too-far-ahead': 'impossible',
  'ends-before-it-begins': 'impossible',
  'long-ago': 'unlikely',
  'far-ahead': 'unlikely',
  'already-over': 'unlikely',
  // Journeys.
  'arrives-before-it-departs': 'impossible',
  'departs-before-the-leg-before-arrives': 'impossible',
  'never-reaches-moldova': 'impossible',
  'no-such-leg': 'impossible',
  'short-connection': 'unlikely',
  'departs-elsewhere': 'unlikely',
  'long-leg': 'unlikely',
  'begins-in-moldova': 'unlikely',
  'point-of-another-way': 'unlikely',
  // What follows from what.
  'before-the-departure': 'unlikely',
  'before-the-arrival': 'unlikely',
  'before-the-hand-over': 'unlikely',
  // Answers that contradict each other.
  'none-and-some': 'impossible',
  'differs-from-birth': 'impossible',
  'category-of-another-age': 'unlikely',
  'comes-of-age': 'unlikely',
  'parent-too-young': 'unlikely',
  'child-of-age': 'unlikely',
  'pregnant-unlikely': 'unlikely',
  // Rooms.
  'room-of-the-other-sex': 'unlikely',
  'room-not-step-free': 'unlikely',
  // Numbers.
  'wrong-idnp': 'unlikely',
  'wrong-zone': 'unlikely',
  'wrong-phone': 'unlikely',
} as const satisfies Record<string, 'impossible' | 'unlikely'>

export type CheckName = keyof typeof checks
export const checkNames = Object.keys(checks) as CheckName[]

/** What a check has found: the fields that it is about. The first of them is the one that an override names. */
export interface Finding {
  check: CheckName
  fields: readonly string[]
}
