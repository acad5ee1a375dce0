const entriesOf = (content: unknown): [string, unknown][] =>
  typeof content === 'object' && content !== null ? Object.entries(content) : []

/** The fields of two contents of one form that differ, in the order of the second, then of the first. */
export function differingFields(before: unknown, after: unknown): string[] {
  const [old, now] = [new Map(entriesOf(before)), new Map(entriesOf(after))]
  return [...new Set([...now.keys(), ...old.keys()])].filter(
    (field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)),
  )
}

/** The part of a content with these fields. */
export function onlyFields(content: unknown, fields: readonly string[]): unknown {
  return Object.fromEntries(entriesOf(content).filter(([field]) => fields.includes(field)))
}
