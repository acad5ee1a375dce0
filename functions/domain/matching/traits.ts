import type { Search, TraitKind } from '../../../schemas/api/search.ts'
import type { Content } from '../../../schemas/sections/sections.ts'
import { skeletonOf } from './name-skeleton.ts'

type Person = Content<'identity', 'person'>

/** Something by which returns of one person are found: its kind, and what is made into a tag. */
export interface Trait {
  kind: TraitKind
  text: string
}

/**
 * What a person can be found by: both names with the birth year, the IDNP, each paper's number. Never a name without the
 * other, and never without a year: half a village bears one family name. `today`: a UTC day, from which an age counts.
 */
export function traitsOf({ name, birth, idnp, documents }: Person, today: string): Trait[] {
  return distinct([
    ...(name === 'not-known' ? [] : namesBorn(name, birth, today)),
    ...(idnp === undefined ? [] : [trait('idnp', idnp)]),
    ...documents.flatMap(({ number }) => numbered(number)),
  ])
}

/** What somebody looks for a person by. */
export function traitsSought(asked: Search, today: string): Trait[] {
  if ('idnp' in asked) return [trait('idnp', asked.idnp)]
  if ('document' in asked) return numbered(asked.document)
  return namesBorn(asked.name, asked.birth, today)
}

function namesBorn(name: { family: string; given: string }, birth: Person['birth'], today: string): Trait[] {
  const [family, given] = [skeletonOf(name.family), skeletonOf(name.given)]
  if (family === '' || given === '') return []
  return yearsOf(birth, today).map((year) => trait('name', family, given, String(year)))
}

/** The years somebody may have been born in: of an age, which is an estimate more often than not, its neighbours too. */
function yearsOf(birth: Person['birth'], today: string): number[] {
  if ('on' in birth) return [Number(birth.on.slice(0, 4))]
  if ('year' in birth) return [birth.year]
  const year = Number(today.slice(0, 4)) - birth.aged
  return [year - 2, year - 1, year, year + 1]
}

/** Cyrillic letters that are typed for the Latin ones of a series, and look the same. */
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

/** A number as every clerk's hand would write it: capitals and digits alone, whatever kind of paper it is on. */
function numbered(number: string): Trait[] {
  const plain = number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => alike[letter] ?? letter)
  return plain === '' ? [] : [trait('document', plain)]
}

/** No part holds a line's end, so that two different traits never are one text. */
function trait(kind: TraitKind, ...parts: string[]): Trait {
  return { kind, text: ['acasa/tag/v1', kind, ...parts].join('\n') }
}

function distinct(traits: readonly Trait[]): Trait[] {
  return [...new Map(traits.map((trait) => [trait.text, trait])).values()]
}
