import * as z from 'zod/mini'
import type { SectionClass } from '../values/classes.ts'
import { careSlots } from './care.ts'
import { caseSlots } from './case.ts'
import { decisionSlots, noteSlots, talkSlots } from './decision.ts'
import { travelSlots } from './journey.ts'
import { contactSlots, identitySlots, labelSlots } from './person.ts'
import { protectionSlots, safetySlots } from './protection.ts'

/**
 * What a section holds, by class and slot. A later section of a slot replaces the earlier one. The rows in
 * `schemas/commands/` say which command writes which slot.
 */
export const sections = {
  label: labelSlots,
  case: caseSlots,
  identity: identitySlots,
  contacts: contactSlots,
  safety: safetySlots,
  travel: travelSlots,
  protection: protectionSlots,
  care: careSlots,
  decision: decisionSlots,
  note: noteSlots,
  talk: talkSlots,
} as const satisfies Record<SectionClass, Record<string, z.ZodMiniType>>

export type Sections = typeof sections
export type Slot<C extends SectionClass> = keyof Sections[C] & string
/** The content of a slot, as sealed. */
export type SlotContent<C extends SectionClass, S extends Slot<C>> = Sections[C][S] extends z.ZodMiniType
  ? z.infer<Sections[C][S]>
  : never

/** The schema of a slot's content in a body: without derived fields. */
export function sentForm(cls: SectionClass, slot: string): z.ZodMiniType {
  const content = contentOf(cls, slot)
  return content instanceof z.ZodMiniObject && 'asPlanned' in content.shape
    ? z.omit(content, { asPlanned: true })
    : content
}

/** The schema of a slot's content as sealed. Throws when there is no such slot: then our tables disagree. */
export function contentOf(cls: SectionClass, slot: string): z.ZodMiniType {
  const slots: Record<string, z.ZodMiniType> = sections[cls]
  const content = slots[slot]
  if (!content) throw new Error(`There is no slot ${cls}/${slot} in sections.ts.`)
  return content
}
