/** Types of events that `watch` writes by itself: they come from no command. */
export const watchEvents = ['overdue', 'called', 'erased', 'access-ended'] as const
export type WatchEvent = (typeof watchEvents)[number]

/**
 * Days that are noted of a stay: its end; what was to be done of a service; asking again how she is; coming back from
 * some days away.
 */
export const stayItems = ['stay', 'service', 'follow-up', 'coming-back'] as const
export type StayItem = (typeof stayItems)[number]

/**
 * What can be overdue: a step past its day; a delivery that a party has not seen for an hour; a document to be looked
 * at again; a place whose hold ran out; an evacuation that nobody confirmed; the next step that a party noted; a task that
 * was to end; the answer of a recipient that was left out; an alert that nobody acknowledged; one that was, and has come to
 * nothing yet; a day of a stay.
 */
export const escalationNames = [
  'step',
  'delivery',
  'document',
  'place',
  'evacuation',
  'next-step',
  'task',
  'answer',
  'alert',
  'alert-open',
  ...stayItems,
] as const
export type EscalationName = (typeof escalationNames)[number]
