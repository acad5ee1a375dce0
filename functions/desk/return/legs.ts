import type * as z from 'zod/mini'
import type { openedAnswer } from '../../../schemas/api/answers.ts'
import { contentOf, type Slot, type SlotContent } from '../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'

export type Section = z.infer<typeof openedAnswer>['sections'][number]
export type Itinerary = SlotContent<'travel', 'itinerary'>
export type Leg = Itinerary['legs'][number]
export type LegStatus = 'planned' | 'left' | 'done'

/** The opened sections of a slot in the contract's form. Sections of an older form stand only on pages that show all. */
export function sectionsOf<C extends SectionClass, S extends Slot<C>>(
  sections: readonly Section[],
  cls: C,
  slot: S,
): { seq: number; content: SlotContent<C, S> }[] {
  return sections.flatMap((section) => {
    if (section.cls !== cls || section.slot !== slot) return []
    const content = contentOf(cls, slot).safeParse(section.content)
    return content.success ? [{ seq: section.seq, content: content.data as SlotContent<C, S> }] : []
  })
}

/** The status of a leg by the reports from the way. Nobody is watched, so a leg without a report is planned. */
export function statusOf(sections: readonly Section[], leg: number, arrived: boolean): LegStatus {
  if (arrived) return 'done'
  const left = sectionsOf(sections, 'travel', 'departure').map(({ content }) => content.leg)
  if (left.some((number) => number > leg)) return 'done'
  return left.includes(leg) ? 'left' : 'planned'
}
