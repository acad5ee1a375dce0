/** The context of a request. Keys are in lower case, because IAM compares their names without case. */
export type Context = ReadonlyMap<string, readonly string[]>

const variable = /\$\{(?:([*?$])|([^},]+?)\s*(?:,\s*'([^']*)'\s*)?)\}/g

/** The context keys that a pattern uses. Throws where `${` does not begin a variable. */
export function variablesOf(pattern: string): string[] {
  if (pattern.replace(variable, '').includes('${')) throw new Error(`${pattern} has a malformed variable.`)
  return [...pattern.matchAll(variable)].flatMap(([, , key]) => (key === undefined ? [] : [key]))
}

/**
 * Replaces the variables of a pattern by their values. Values from the request are literal: a `*` in a tag is no
 * wildcard. Undefined when a variable has no single value and no default.
 */
function expand(pattern: string, context: Context, literal: (text: string) => string): string | undefined {
  if (!pattern.includes('${')) return pattern
  let resolved = true
  const text = pattern.replace(variable, (_, char?: string, key?: string, fallback?: string) => {
    if (char !== undefined) return literal(char)
    const values = context.get((key ?? '').toLowerCase()) ?? []
    const value = values.length === 0 ? fallback : values.length === 1 ? values[0] : undefined
    if (value === undefined) resolved = false
    return literal(value ?? '')
  })
  return resolved ? text : undefined
}

/** The text that an equality compares with. */
export function expandText(pattern: string, context: Context): string | undefined {
  return expand(pattern, context, (text) => text)
}

// A literal `*` or `?` passes the translation as a private-use character, so that it does not become a wildcard.
const shield = (text: string) => text.replace(/[*?]/g, (char) => (char === '*' ? '\u{F0000}' : '\u{F0001}'))
const shielded = /[\u{F0000}\u{F0001}]/u

const compiled = new Map<string, RegExp>()

function glob(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]')
    .replaceAll('\u{F0000}', '\\*')
    .replaceAll('\u{F0001}', '\\?')
  const regex = new RegExp(`^${source}$`, 'u')
  // Patterns can contain values of callers: without a limit the cache would grow for ever.
  if (compiled.size < 4096) compiled.set(pattern, regex)
  return regex
}

/** Matches `*` and `?` as StringLike and Action do. Undefined when a variable cannot be resolved. */
export function matchesText(pattern: string, text: string, context: Context): boolean | undefined {
  const expanded = expand(pattern, context, shield)
  if (expanded === undefined) return undefined
  return !shielded.test(text) && glob(expanded).test(text)
}

/** Matches as ArnLike and Resource do: six parts, each by itself. The last part may contain colons. */
export function matchesArn(pattern: string, arn: string, context: Context): boolean | undefined {
  const expanded = expand(pattern, context, shield)
  if (expanded === undefined) return undefined
  if (shielded.test(arn)) return false
  if (expanded === '*') return true
  const [wanted, given] = [parts(expanded), parts(arn)]
  return (
    wanted.length === 6 && given.length === 6 && wanted.every((part, i) => glob(part).test(given[i] ?? ''))
  )
}

function parts(arn: string): string[] {
  const all = arn.split(':')
  return all.length < 6 ? all : [...all.slice(0, 5), all.slice(5).join(':')]
}
