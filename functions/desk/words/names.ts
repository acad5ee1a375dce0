import { countries, languages } from '../../../schemas/codes.ts'
import type { Words } from './words.ts'

const made = new Map<string, [string, string][]>()

/** The countries (ISO 3166-1) by their names in a language, in its order. */
export function countryNames(words: Words): [string, string][] {
  return inOrder(words, countries, words.country)
}

/** The languages (ISO 639-1) by their names in a language, in its order. */
export function languageNames(words: Words): [string, string][] {
  return inOrder(words, languages, words.languageName)
}

/** Made once for each list and language: sorting by names takes a millisecond. */
function inOrder(
  words: Words,
  codes: readonly string[],
  nameIn: (code: string) => string,
): [string, string][] {
  const key = `${codes[0]}/${codes.length}/${words.language}`
  const { compare } = new Intl.Collator(words.language)
  const known = made.get(key)
  if (known) return known
  const named = codes.map((code): [string, string] => [code, nameIn(code)])
  named.sort(([, one], [, other]) => compare(one, other))
  made.set(key, named)
  return named
}
