import { chisinau, dayIn, daysAfter } from '../calendar/days.ts'
import type { Folded } from '../state.ts'
import type { CurrentSection } from './current-sections.ts'
import { holds, isParty } from './grants.ts'
import type { Participants } from './participants.ts'
import { readersOf } from './readers.ts'

/** The most sections that one event locks or erases (`schemas/events/events.ts`). */
export const mostLocked = 200

/** The sections that lose their last reader between two circles; what stands between two goes with them. */
export function unread(state: Folded, after: Participants): string[] {
  const someone = (circle: Participants, section: CurrentSection) =>
    readersOf(circle, section.cls).some((holder) => isParty(holder) && holds(state, circle, holder, section))
  return state.written
    .filter(
      (section) =>
        section.cls !== 'talk' &&
        section.cls !== 'note' &&
        !state.locked.has(section.sec) &&
        someone(state, section) &&
        !someone(after, section),
    )
    .map(({ sec }) => sec)
}

/** What an event says of sections that it leaves without a reader: until when they are kept. */
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
