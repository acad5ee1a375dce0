import { contentOf, type Slot, type SlotContent } from '../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import type { CurrentSection } from '../state.ts'

/** The facts of a decision: the sections that were opened, and the classes of those that could not be opened. */
export interface Facts {
  opened: readonly { section: CurrentSection; content: unknown }[]
  unseen: readonly SectionClass[]
}

export const noFacts: Facts = { opened: [], unseen: [] }

/** Contents that were parsed before, because several gates ask for the same section. */
const parsedContents = new WeakMap<object, unknown>()

/** A section's content in the form of its slot. Throws when it is not of that form. */
export function formed<C extends SectionClass, S extends Slot<C>>(
  cls: C,
  slot: S,
  content: unknown,
): SlotContent<C, S> {
  const known = typeof content === 'object' && content !== null ? parsedContents.get(content) : undefined
  if (known !== undefined) return known as SlotContent<C, S>
  const parsed = contentOf(cls, slot).parse(content)
  if (typeof content === 'object' && content !== null) parsedContents.set(content, parsed)
  return parsed as SlotContent<C, S>
}

/** All opened sections of a slot, oldest first, as they were sealed. Throws when one is not of its slot's form. */
export function all<C extends SectionClass, S extends Slot<C>>(
  facts: Facts,
  cls: C,
  slot: S,
): SlotContent<C, S>[] {
  return facts.opened
    .filter(({ section }) => section.cls === cls && section.slot === slot)
    .map(({ content }) => formed(cls, slot, content))
}

/** The opened sections of a class, in the order of their events. */
export function sectionsInOrder(facts: Facts, cls: SectionClass): Facts['opened'] {
  return facts.opened
    .filter(({ section }) => section.cls === cls)
    .toSorted((a, b) => a.section.seq - b.section.seq)
}

/** The newest opened section of a slot; undefined where there is none, or it could not be opened. */
export function latest<C extends SectionClass, S extends Slot<C>>(
  facts: Facts,
  cls: C,
  slot: S,
): SlotContent<C, S> | undefined {
  return all(facts, cls, slot).at(-1)
}
