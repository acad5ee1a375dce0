import { countries, languageCodes as tongues } from '../../../schemas/values/codes.ts'
import { languages } from './languages.ts'
import type { Messages } from './messages.ts'

/** Lists that are too long to stand on a page: who fills a field in writes the name, and it is looked up here. */
export type NamedCode = 'country' | 'language'

const lists = { country: countries, language: tongues } as const
const kinds = { country: 'region', language: 'language' } as const

/** What is written too, beside the names that `Intl` has. */
const others: Readonly<Record<NamedCode, Readonly<Record<string, string>>>> = {
  country: { turkey: 'TR', 'great britain': 'GB', england: 'GB', holland: 'NL', 'republic of moldova': 'MD' },
  language: { moldovan: 'ro', farsi: 'fa' },
}

const namesMade = new Map<string, [string, string][]>()
const codesMade = new Map<NamedCode, ReadonlyMap<string, string>>()

/** The countries (ISO 3166-1) or languages (ISO 639-1) by their names, in their order. */
export function namesOf(messages: Messages, kind: NamedCode): [string, string][] {
  // Made once for each list and language: sorting by names takes a millisecond.
  const key = `${kind}/${messages.language}`
  const known = namesMade.get(key)
  if (known) return known
  const { compare } = new Intl.Collator(messages.language)
  const named = lists[kind].map((code): [string, string] => [code, nameOf(messages, kind, code)])
  named.sort(([, first], [, second]) => compare(first, second))
  namesMade.set(key, named)
  return named
}

/** The code that was meant: written as it is, or by its name in any language of the desk; else what was written. */
export function codeOf(kind: NamedCode, written: string): string {
  return codesByName(kind).get(folded(written)) ?? written
}

/**
 * What stands in a field: the name of a code, or the code itself where its name is another's too (Akan and Twi); anything
 * else as it was written.
 */
export function nameOrCode(messages: Messages, kind: NamedCode, value: string): string {
  if (!lists[kind].includes(value)) return value
  const name = nameOf(messages, kind, value)
  return codeOf(kind, name) === value ? name : value
}

const nameOf = (messages: Messages, kind: NamedCode, code: string) =>
  kind === 'country' ? messages.country(code) : messages.languageName(code)

/** Without what people leave out when they are in a hurry: capitals, marks on letters, signs between words. */
function folded(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Every name of every code; a name that two have (two spellings of one word) is neither's. */
function codesByName(kind: NamedCode): ReadonlyMap<string, string> {
  const known = codesMade.get(kind)
  if (known) return known
  // Pages write English as in Britain.
  const displays = [...languages, 'en-GB'].flatMap((language) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames(language, { type: kinds[kind], style, fallback: 'none' }),
    ),
  )
  const found = new Map<string, string>()
  const doubled = new Set<string>()
  for (const code of lists[kind])
    for (const name of new Set(displays.flatMap((names) => folded(names.of(code) ?? code)))) {
      if (found.has(name)) doubled.add(name)
      found.set(name, code)
    }
  for (const name of doubled) found.delete(name)
  // A code says what it is, whatever is called so.
  for (const code of lists[kind]) found.set(folded(code), code)
  for (const [name, code] of Object.entries(others[kind])) found.set(name, code)
  codesMade.set(kind, found)
  return found
}
