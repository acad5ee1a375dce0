/** A request's context: keys in lower case, for IAM compares their names without case. */
export type Context = ReadonlyMap<string, readonly string[]>

const variable = /\$\{(?:([*?$])|([^},]+?)\s*(?:,\s*'([^']*)'\s*)?)\}/g

/** The keys that a pattern takes from the request. Throws at a `${` that is no variable. */
export function variablesOf(pattern: string): string[] {
  if (pattern.replace(variable, '').includes('${')) throw new Error(`${pattern} has a variable that is none.`)
  return [...pattern.matchAll(variable)].flatMap(([, , key]) => (key === undefined ? [] : [key]))
}

/**
 * Puts a policy's variables into a pattern. What comes from the request is literal: a `*` in a tag is no wildcard.
 * `undefined` when a variable has no single value and no default.
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

// What must not act as a wildcard is carried through the translation in a private-use plane of Unicode.
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
  // Patterns with a caller's values in them would grow without end.
  if (compiled.size < 4096) compiled.set(pattern, regex)
  return regex
}

/** `*` and `?` as in StringLike and Action; `undefined` when a variable is not resolved. */
export function matchesText(pattern: string, text: string, context: Context): boolean | undefined {
  const expanded = expand(pattern, context, shield)
  if (expanded === undefined) return undefined
  return !shielded.test(text) && glob(expanded).test(text)
}

/** As ArnLike and Resource: six parts, each matched by itself; the last one may hold colons. */
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
