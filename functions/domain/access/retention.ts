import { chisinau, dayIn, daysAfter } from '../calendar/days.ts'
import type { CurrentSection, Folded, Participants } from '../state.ts'
import { canOpen, isParty } from './grants.ts'
import { readersOf } from './readers.ts'

/** The most sections that one event locks or erases (`schemas/events/event-data.ts`). */
export const mostLocked = 200

/** The sections that lose their last reader by a change. `talk` and `note` are destroyed with their readers' wraps. */
export function sectionsWithoutReader(state: Folded, after: Participants): string[] {
  const hasReader = (participants: Participants, section: CurrentSection) =>
    readersOf(participants, section.cls).some(
      (holder) => isParty(holder) && canOpen(state, participants, holder, section),
    )
  return state.written
    .filter(
      (section) =>
        section.cls !== 'talk' &&
        section.cls !== 'note' &&
        !state.locked.has(section.sec) &&
        hasReader(state, section) &&
        !hasReader(after, section),
    )
    .map(({ sec }) => sec)
}

/** The part of an event's data about sections that it leaves without a reader: until when they are kept. */
export function lockOf(
  sections: readonly string[],
  at: string,
  days: number,
): { lock?: { sections: string[]; until: string } } {
  if (sections.length === 0) return {}
  return {
    lock: {
      sections: sections.slice(0, mostLocked),
      until: daysAfter(dayIn(Date.parse(at), chisinau), days),
    },
  }
}
