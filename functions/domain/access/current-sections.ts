import type { Slots } from '../../../schemas/commands/command-shape.ts'
import { shapeBehind } from '../../../schemas/commands/commands.ts'
import { isByWatch, type StoredEvent } from '../../../schemas/events/events.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** A section that stands: who wrote it, at which event, in which slot. */
export interface CurrentSection {
  sec: string
  cls: SectionClass
  slot: string
  seq: number
  by: PartyId
  /** For `talk`: the one it was written to. */
  for?: PartyId
}

function slotsOf(event: StoredEvent): Slots {
  const { seals, maySeal, derives } = shapeBehind(event.type) ?? {}
  return { ...seals, ...maySeal, ...derives }
}

/** The sections that an event wrote; `watch` writes none. */
export function written(event: StoredEvent): CurrentSection[] {
  if (isByWatch(event)) return []
  const slots: Record<string, string | undefined> = slotsOf(event)
  const own = event.type === 'amended' ? event.data.slot : undefined
  return event.sections.map(({ sec, cls }) => ({
    sec,
    cls,
    slot: (cls === 'label' ? 'label' : own) ?? slots[cls] ?? cls,
    seq: event.seq,
    by: event.by.party,
    ...(cls === 'talk' && event.for ? { for: event.for } : {}),
  }))
}

/**
 * The sections that stand after an event. An amendment stands in place of what it names, beside it if it names
 * nothing; facts, grounds, reports, withdrawals, talk and notes beside what was told before; all else in place of its
 * slot.
 */
export function current(sections: readonly CurrentSection[], event: StoredEvent): CurrentSection[] {
  const fresh = written(event)
  if (fresh.length === 0) return [...sections]
  const { beside, states } = shapeBehind(event.type) ?? {}
  if (beside || states === 'fact') return [...sections, ...fresh]
  const replaced = (old: CurrentSection) =>
    fresh.some((now) => {
      if (now.cls === 'talk' || now.cls === 'note' || now.cls !== old.cls) return false
      if (event.type === 'amended' && now.cls !== 'label') return event.data.supersedes === old.sec
      return now.slot === old.slot
    })
  return [...sections.filter((old) => !replaced(old)), ...fresh]
}
