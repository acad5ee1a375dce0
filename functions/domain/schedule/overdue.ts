import type { EventOf } from '../../../schemas/events/events.ts'
import type { EscalationKey, Overdue, State } from '../state.ts'

/** The part of the state about looking at a document again, from an event that brings the document. */
export function documentCheckOf({
  by,
  data,
}: EventOf<'document-issued' | 'amended'>): Pick<State, 'documentCheck'> {
  const due = data.due?.find(({ step }) => step === 'check-document')
  return due ? { documentCheck: { party: by.party, day: due.day } } : {}
}

/** Whether two escalations are about the same thing. */
export function isSameEscalation(first: EscalationKey, second: EscalationKey): boolean {
  return (
    first.item === second.item &&
    first.party === second.party &&
    first.step === second.step &&
    first.event === second.event &&
    first.since === second.since
  )
}

/**
 * The recorded escalations after one event more. An escalation stays on record when it is done: the trail shows who was
 * notified, and nobody is notified twice.
 */
export function overdueAfter(known: readonly Overdue[], event: EventOf<'overdue'>): readonly Overdue[] {
  const { level, ...key } = event.data
  const before = known.find((escalation) => isSameEscalation(escalation, key))
  const notified = [...new Set([...(before?.notified ?? []), ...(event.for ? [event.for] : [])])]
  return [
    ...known.filter((escalation) => escalation !== before),
    { ...key, level: Math.max(level, before?.level ?? level), notified },
  ]
}
