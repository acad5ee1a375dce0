import type { Slots } from '../../../schemas/commands/command-shape.ts'
import { shapeBehind } from '../../../schemas/commands/commands.ts'
import { isByWatch, type StoredEvent } from '../../../schemas/events/events.ts'
import type { CurrentSection, Folded } from '../state.ts'

function slotsOf(event: StoredEvent): Slots {
  const { seals, maySeal, derives } = shapeBehind(event.type) ?? {}
  return { ...seals, ...maySeal, ...derives }
}

/** The sections that an event wrote; `watch` writes none. */
export function written(event: StoredEvent): CurrentSection[] {
  if (isByWatch(event)) return []
  const slots: Record<string, string | undefined> = slotsOf(event)
  const amendedSlot = event.type === 'amended' ? event.data.slot : undefined
  return event.sections.map(({ sec, cls }) => ({
    sec,
    cls,
    slot: (cls === 'label' ? slots[cls] : amendedSlot) ?? slots[cls] ?? cls,
    seq: event.seq,
    by: event.by.party,
    ...(cls === 'talk' && event.for ? { for: event.for } : {}),
  }))
}

/**
 * The sections that stand after an event. An amendment replaces the section that it names, and stands beside the others
 * if it names none. Facts, legal bases, reports, withdrawals, talk and notes stand beside the sections of the same slot.
 * Everything else replaces its slot.
 */
export function currentSections(sections: readonly CurrentSection[], event: StoredEvent): CurrentSection[] {
  const fresh = written(event)
  if (fresh.length === 0) return [...sections]
  const { beside, states } = shapeBehind(event.type) ?? {}
  if (beside || states === 'fact') return [...sections, ...fresh]
  const isReplaced = (old: CurrentSection) =>
    fresh.some((section) => {
      if (section.cls === 'talk' || section.cls === 'note' || section.cls !== old.cls) return false
      if (event.type === 'amended' && section.cls !== 'label') return event.data.supersedes === old.sec
      return section.slot === old.slot
    })
  return [...sections.filter((old) => !isReplaced(old)), ...fresh]
}

/**
 * What stood in the place of a section before it: the one that its amendment names, or else the newest of the slot that it
 * replaced. None where it was the first, where what stood was destroyed, and where sections of the slot stand beside each
 * other.
 */
export function predecessorOf(
  section: CurrentSection,
  { written: kept, sections }: Pick<Folded, 'written' | 'sections'>,
  events: readonly StoredEvent[],
): CurrentSection | undefined {
  const event = events[section.seq]
  if (event?.type === 'amended' && section.cls !== 'label')
    return kept.find(({ sec }) => sec === event.data.supersedes)
  const isReplaced = ({ cls, slot, seq, sec }: CurrentSection) =>
    cls === section.cls &&
    slot === section.slot &&
    seq < section.seq &&
    !sections.some((current) => current.sec === sec)
  return kept.findLast(isReplaced)
}
