import type * as z from 'zod/mini'
import type { openedAnswer } from '../../../schemas/api/answers.ts'
import { contentOf, type Slot, type SlotContent } from '../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { type FormDataMap, fieldValue, nameOf, rowCount } from '../form/form-data.ts'

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

const legsPath = ['travel', 'legs']
const copiedFields = ['name', 'country', 'zone'] as const

/** The form data with the start of an added leg: it begins where the leg before it ends. */
export function startingWhereLastLegEnds(formData: FormDataMap): FormDataMap {
  const rows = rowCount(formData, legsPath)
  const [before, added] = [rows - 2, rows - 1]
  const at = (row: number, end: 'from' | 'to', part: string) => nameOf([...legsPath, String(row), end, part])
  if (before < 0 || copiedFields.some((part) => fieldValue(formData, at(added, 'from', part)) !== ''))
    return formData
  return new Map([
    ...formData,
    ...copiedFields.map(
      (part) => [at(added, 'from', part), [fieldValue(formData, at(before, 'to', part))]] as const,
    ),
  ])
}
