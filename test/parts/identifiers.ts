/** A name in a source text, and the line on which it stands, from 1. */
export interface Identifier {
  name: string
  line: number
  /** It follows a dot: a member of something, which is declared elsewhere. */
  member: boolean
}

const patterns = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  // A quoted string ends with its line at the latest: an apostrophe in the text of an element is no string.
  string: /'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?/y,
  regex: /\/(?![/*>])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  name: /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy,
  number: /\d[\w.]*/y,
  space: /\s+/y,
  /** The text of a template, to its end or to its next `${`. */
  template: /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)?/y,
} as const

/** Keywords after which a slash begins a regular expression. */
const operators = ['return', 'case', 'typeof', 'in', 'of', 'await', 'yield', 'throw', 'new', 'delete', 'void']

type Kind = 'space' | 'comment' | 'string' | 'number' | 'regex' | 'name'
const kinds: readonly Kind[] = ['space', 'comment', 'string', 'number', 'regex', 'name']

const textAt = (pattern: RegExp, source: string, at: number): string => {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}

const mayBeginRegex = (before: string) => !/[\w$)\]}<`'"]$/.test(before) || operators.includes(before)

/** The token at a place, by what stands before it; what is none of the kinds is a sign. */
function tokenAt(source: string, at: number, before: string): { kind: Kind | 'sign'; text: string } {
  const possible = kinds.filter((kind) => kind !== 'regex' || mayBeginRegex(before))
  for (const kind of possible) {
    const text = textAt(patterns[kind], source, at)
    if (text) return { kind, text }
  }
  return { kind: 'sign', text: source[at] ?? '' }
}

const isBlank = (kind: Kind | 'sign') => kind === 'space' || kind === 'comment'

/** What stands for a literal in `before`: a slash after it divides. */
const standsFor: Partial<Record<Kind | 'sign', string>> = { string: "'", number: "'", regex: "'" }

/** Whether the text of a template follows a sign. `open`: for each open template the braces that are open in its `${…}`. */
function beginsText(sign: string, open: number[]): boolean {
  const braces = open.pop()
  if (braces === undefined) return sign === '`'
  if (sign === '}' && braces === 0) return true
  open.push(sign === '{' ? braces + 1 : sign === '}' ? braces - 1 : braces)
  return sign === '`'
}

/**
 * The names that a text of TypeScript or TSX spells, without those in comments, strings and regular expressions. What
 * stands in `${…}` of a template counts. A light scanner: it knows no grammar, and takes keywords for names.
 */
export function identifiersOf(source: string): Identifier[] {
  const found: Identifier[] = []
  const open: number[] = []
  let at = 0
  let line = 1
  let before = ''
  const advance = (text: string) => {
    at += text.length
    line += text.split('\n').length - 1
  }
  const readTemplate = () => {
    const text = textAt(patterns.template, source, at)
    advance(text)
    before = text.endsWith('`') ? '`' : '{'
    if (before === '{') open.push(0)
  }
  while (at < source.length) {
    const { kind, text } = tokenAt(source, at, before)
    if (kind === 'name') found.push({ name: text, line, member: before === '.' })
    advance(text)
    before = standsFor[kind] ?? (isBlank(kind) ? before : text)
    if (kind === 'sign' && beginsText(text, open)) readTemplate()
  }
  return found
}

/** The words of a name in any of our spellings, in small letters: `readOverdueDeliveries`, `delivery-late`, `KEY_TAGS`. */
export function wordsOf(name: string): string[] {
  return (name.match(/\p{Lu}?[\p{Ll}\d]+|\p{Lu}+(?!\p{Ll})/gu) ?? []).map((word) => word.toLowerCase())
}
