import { countries, languageCodes as tongues } from '../../../schemas/values/codes.ts'
import { proseOf } from '../../../schemas/values/typed-text.ts'
import { languages } from './languages.ts'
import type { Messages } from './messages.ts'

/** Lists that are too long for a page. The user writes a name, and it is looked up here. */
export type NamedCode = 'country' | 'language'

const lists = { country: countries, language: tongues } as const
const kinds = { country: 'region', language: 'language' } as const

/** Names that people write, which `Intl` does not have. */
const others: Readonly<Record<NamedCode, Readonly<Record<string, string>>>> = {
  country: { turkey: 'TR', 'great britain': 'GB', england: 'GB', holland: 'NL', 'republic of moldova': 'MD' },
  language: { moldovan: 'ro', farsi: 'fa', ...named(languagesBesides()) },
}

/**
 * The languages that ISO 639-1 lacks, by their names on the pages of each language and by what else people call them. They
 * are written here too, since a page loads the texts of its own language alone.
 */
function languagesBesides(): Readonly<Record<string, string>> {
  return {
    rom: 'Romani, rromani, цыганский, романи, рома',
    gag: 'Gagauz, găgăuză, гагаузский',
    vsi: 'Moldova sign language, Moldovan sign language, limba semnelor din Moldova, жестовый язык Молдовы',
    rms: 'Romanian sign language, limba semnelor română, румынский жестовый язык',
    rsl: 'Russian sign language, limba semnelor rusă, русский жестовый язык',
    ukl: 'Ukrainian sign language, limba semnelor ucraineană, украинский жестовый язык',
    sgn: 'another sign language, sign language, altă limbă a semnelor, limba semnelor, limbajul semnelor, другой жестовый язык, жестовый язык',
    mis: 'another language, other, altă limbă, alta, другой язык, другой',
    und: 'not known, unknown, nu se cunoaște, necunoscută, неизвестно, неизвестен',
  }
}

/** Names with commas between, each with its code. */
function named(codes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(codes).flatMap(([code, names]) => names.split(', ').map((name) => [folded(name), code])),
  )
}

const namesMade = new Map<string, [string, string][]>()
const codesMade = new Map<NamedCode, ReadonlyMap<string, string>>()

/** The countries (ISO 3166-1) or languages (ISO 639-1) by their names, in their order. */
export function namesOf(messages: Messages, kind: NamedCode): [string, string][] {
  // The names are sorted once for each list and language, which takes a millisecond.
  const key = `${kind}/${messages.language}`
  const known = namesMade.get(key)
  if (known) return known
  const { compare } = new Intl.Collator(messages.language)
  const named = lists[kind].map((code): [string, string] => [code, nameOf(messages, kind, code)])
  named.sort(([, first], [, second]) => compare(first, second))
  namesMade.set(key, named)
  return named
}

/** The code for what was written: a code, or a name in any language of the desk. Anything else stays as it was written. */
export function codeOf(kind: NamedCode, written: string): string {
  return codesByName(kind).get(folded(written)) ?? written
}

/**
 * The text of a field: the name of a code, or the code itself if another code has the same name (Akan and Twi). Anything
 * else stays as it was written.
 */
export function nameOrCode(messages: Messages, kind: NamedCode, value: string): string {
  if (!lists[kind].includes(value)) return value
  const name = nameOf(messages, kind, value)
  return codeOf(kind, name) === value ? name : value
}

const nameOf = (messages: Messages, kind: NamedCode, code: string) =>
  kind === 'country' ? messages.country(code) : messages.languageName(code)

/** A name without capitals, marks on letters and signs between words, which people leave out in a hurry. */
function folded(name: string): string {
  return proseOf(name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Every name of every code. A name that two codes have belongs to neither. */
function codesByName(kind: NamedCode): ReadonlyMap<string, string> {
  const known = codesMade.get(kind)
  if (known) return known
  // Pages write British English.
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
  // A code stands for itself, even if something else has that name.
  for (const code of lists[kind]) found.set(folded(code), code)
  for (const [name, code] of Object.entries(others[kind])) found.set(name, code)
  codesMade.set(kind, found)
  return found
}
