import type { CommandName } from '../../schemas/commands/commands.ts'
import type { Slot, SlotContent } from '../../schemas/sections/sections.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'

/** A content of which parts may be missing: on a page, somebody is still typing. What is there has the right form. */
export type PartOf<T> = T extends readonly (infer Item)[]
  ? readonly (PartOf<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: PartOf<T[K]> | undefined }
    : T

/** Contents by class and slot: `travel/itinerary`. */
export type Contents = ReadonlyMap<string, unknown>

/** What the checks look at. */
export interface CheckInput {
  command: CommandName
  /** The body, with its clear fields. */
  body: Readonly<Record<string, unknown>>
  /** The sections of the body. */
  contents: Contents
  /** What stands on the return, as far as who asks could open it: the newest of each slot. */
  before: Contents
  /** Epoch milliseconds. */
  now: number
  /** The day of the filing; today where it is being filed. */
  filedOn: string | undefined
  /** Whether the person is on the way: then a journey may begin in the past. */
  travelling: boolean
}

/** The name of a slot in `Contents`. */
export const placeOf = (cls: string, slot: string) => `${cls}/${slot}`

/** The content of a slot, as far as it is there. */
export function contentAt<C extends SectionClass, S extends Slot<C>>(
  contents: Contents,
  cls: C,
  slot: S,
): PartOf<SlotContent<C, S>> | undefined {
  // Whoever puts a content into the map has parsed it in the form of its slot.
  return contents.get(placeOf(cls, slot)) as PartOf<SlotContent<C, S>> | undefined
}

/** The newest of a slot: what is said now, or what stands. */
export function newestOf<C extends SectionClass, S extends Slot<C>>(
  { contents, before }: Pick<CheckInput, 'contents' | 'before'>,
  cls: C,
  slot: S,
): PartOf<SlotContent<C, S>> | undefined {
  return contentAt(contents, cls, slot) ?? contentAt(before, cls, slot)
}
