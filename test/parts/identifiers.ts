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
} as const

/** Keywords after which a slash begins a regular expression. */
const operators = ['return', 'case', 'typeof', 'in', 'of', 'await', 'yield', 'throw', 'new', 'delete', 'void']

/**
 * The names that a text of TypeScript or TSX spells, without those in comments, strings and regular expressions. What
 * stands in `${…}` of a template counts. A light scanner: it knows no grammar, and takes keywords for names.
 */
export function identifiersOf(source: string): Identifier[] {
  const found: Identifier[] = []
  /** For each template that is open: how many braces are open in its present `${…}`. */
  const templates: number[] = []
  let at = 0
  let line = 1
  let before = ''

  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  const advance = (text: string) => {
    at += text.length
    line += text.split('\n').length - 1
  }
  /** Reads the text of a template from here to its end or to its next `${`. */
  const readTemplate = () => {
    for (; at < source.length; at += 1) {
      if (source[at] === '\\') at += 1
      else if (source[at] === '\n') line += 1
      else if (source[at] === '`') {
        at += 1
        before = '`'
        return
      } else if (source.startsWith('${', at)) {
        at += 2
        templates.push(0)
        before = '{'
        return
      }
    }
  }
  const mayBeginRegex = () => !/[\w$)\]}<`'"]$/.test(before) || operators.includes(before)

  while (at < source.length) {
    const skipped = match(patterns.space) ?? match(patterns.comment)
    if (skipped) {
      advance(skipped)
      continue
    }
    const literal =
      match(patterns.string) ??
      match(patterns.number) ??
      (mayBeginRegex() ? match(patterns.regex) : undefined)
    if (literal) {
      advance(literal)
      before = "'"
      continue
    }
    const name = match(patterns.name)
    if (name) {
      found.push({ name, line, member: before === '.' })
      advance(name)
      before = name
      continue
    }
    const sign = source[at] ?? ''
    at += 1
    const open = templates.at(-1)
    if (sign === '`') readTemplate()
    else if (sign === '}' && open === 0) {
      templates.pop()
      readTemplate()
    } else {
      if (open !== undefined && sign === '{') templates[templates.length - 1] = open + 1
      if (open !== undefined && sign === '}') templates[templates.length - 1] = open - 1
      before = sign
    }
  }
  return found
}

/** The words of a name in any of our spellings, in small letters: `readOverdueDeliveries`, `delivery-late`, `KEY_TAGS`. */
export function wordsOf(name: string): string[] {
  return (name.match(/\p{Lu}?[\p{Ll}\d]+|\p{Lu}+(?!\p{Ll})/gu) ?? []).map((word) => word.toLowerCase())
}
