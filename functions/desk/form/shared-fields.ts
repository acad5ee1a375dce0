import { isDeepStrictEqual } from 'node:util'
import type { Shape } from './shape.ts'

/** A field that several options of a union have; `of`: the numbers of the options. */
export interface SharedField {
  shape: Shape
  of: number[]
}

/**
 * The fields that several options have under one name. A field that is `alike` in all of them stands on the page once; of
 * an `unlike` field each option has its own.
 */
export function sharedFieldsOf(options: readonly Shape[]) {
  const fields = options.flatMap((option, index) =>
    option.kind === 'group' ? option.members.map((member) => ({ ...member, index })) : [],
  )
  const alike = new Map<string, SharedField>()
  const unlike = new Set<string>()
  for (const [name, [first, ...others]] of Map.groupBy(fields, (field) => field.name)) {
    if (!first || others.length === 0) continue
    if (others.every(({ shape }) => isDeepStrictEqual(shape, first.shape)))
      alike.set(name, { shape: first.shape, of: [first, ...others].map(({ index }) => index) })
    else unlike.add(name)
  }
  return { alike, unlike }
}

/** A group without some of its fields. */
export const without = (option: Shape, names: ReadonlyMap<string, unknown>): Shape =>
  option.kind === 'group'
    ? { ...option, members: option.members.filter(({ name }) => !names.has(name)) }
    : option
