import type { Search, TraitKind } from '../../../schemas/api/search.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { skeletonOf } from './name-skeleton.ts'

type Person = SlotContent<'identity', 'person'>

/** Something by which the returns of one person are found: its kind, and the text that is made into a tag. */
export interface Trait {
  kind: TraitKind
  text: string
}

/**
 * What a person can be found by: both names with the birth year, the IDNP, the number of each paper. Never one name alone,
 * and never names without a year, because half a village bears one family name. `today`: the UTC day for which ages count.
 */
export function traitsOf({ name, birth, idnp, documents }: Person, today: string): Trait[] {
  return distinct([
    ...(name === 'not-known' ? [] : nameTraits(name, birth, today)),
    ...(idnp === undefined ? [] : [trait('idnp', idnp)]),
    ...documents.flatMap(({ number }) => paperTraits(number)),
  ])
}

/** The traits of a search. */
export function traitsSought(search: Search, today: string): Trait[] {
  if ('idnp' in search) return [trait('idnp', search.idnp)]
  if ('document' in search) return paperTraits(search.document)
  return nameTraits(search.name, search.birth, today)
}

function nameTraits(name: { family: string; given: string }, birth: Person['birth'], today: string): Trait[] {
  const [family, given] = [skeletonOf(name.family), skeletonOf(name.given)]
  if (family === '' || given === '') return []
  return yearsOf(birth, today).map((year) => trait('name', family, given, String(year)))
}

/** The possible years of birth. An age is mostly an estimate, so the years around it are possible too. */
function yearsOf(birth: Person['birth'], today: string): number[] {
  if ('on' in birth) return [Number(birth.on.slice(0, 4))]
  if ('year' in birth) return [birth.year]
  const year = Number(today.slice(0, 4)) - birth.aged
  return [year - 2, year - 1, year, year + 1]
}

/** Cyrillic letters that are typed in place of the Latin letters of a series, because they look the same. */
const alike: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
}

/** The trait of a paper's number, as capitals and digits alone, so that spaces and hyphens do not count. */
function paperTraits(number: string): Trait[] {
  const plain = number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => alike[letter] ?? letter)
  return plain === '' ? [] : [trait('document', plain)]
}

/** No part holds a line break, so two different traits never have the same text. */
function trait(kind: TraitKind, ...parts: string[]): Trait {
  return { kind, text: ['acasa/tag/v1', kind, ...parts].join('\n') }
}

function distinct(traits: readonly Trait[]): Trait[] {
  return [...new Map(traits.map((trait) => [trait.text, trait])).values()]
}
