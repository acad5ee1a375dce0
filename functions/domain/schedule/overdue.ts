import type { EventOf } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** The day to look at a document again, and whose it is to do so. */
export interface DocumentCheck {
  documentCheck?: { party: PartyId; day: string }
}

/** What an event that brings a document says of looking at it again. */
export function documentCheck({ by, data }: EventOf<'document-issued' | 'amended'>): DocumentCheck {
  const due = data.due?.find(({ step }) => step === 'check-document')
  return due ? { documentCheck: { party: by.party, day: due.day } } : {}
}

/** What makes a matter the same one: told once, it is not told again at the same level. */
export type EscalationKey = Pick<EventOf<'overdue'>['data'], 'item' | 'party' | 'step' | 'event' | 'since'>

/** A matter that was found overdue, and the highest level of it that was told. */
export interface Overdue extends EscalationKey {
  level: number
  /** Whom it was told to besides the party whose it is. */
  told: readonly PartyId[]
}

export function isSame(one: EscalationKey, other: EscalationKey): boolean {
  return (
    one.item === other.item &&
    one.party === other.party &&
    one.step === other.step &&
    one.event === other.event &&
    one.since === other.since
  )
}

/**
 * What was found overdue, with one event more. What is done by now stays: who looks at the trail has to see that it was
 * told, and nothing is told twice.
 */
export function overdueAfter(known: readonly Overdue[], event: EventOf<'overdue'>): readonly Overdue[] {
  const { level, ...key } = event.data
  const before = known.find((one) => isSame(one, key))
  const told = [...new Set([...(before?.told ?? []), ...(event.for ? [event.for] : [])])]
  return [
    ...known.filter((one) => one !== before),
    { ...key, level: Math.max(level, before?.level ?? level), told },
  ]
}
