import { fewestLetters, type Search, type TraitKind } from '../../../schemas/api/search.ts'
import type { Name } from '../../../schemas/sections/person.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { latin } from '../../../schemas/values/typed-text.ts'
import { skeletonOf, soundsOf, wordsOf } from './name-skeleton.ts'

type Person = SlotContent<'identity', 'person'>
type Names = Exclude<Name, string>

/**
 * The kinds of tags. A name that is the only one known makes `lone`; each of several names makes `part`. Both are made of
 * the same text, so that a lone name finds, and is found under, the same name among others, while two people of whom
 * several names are known are not compared by one of them: half a village bears one family name. `start` is made of the first
 * letters of a family name: a party finds its own returns by it, and nobody is compared by it.
 */
export const tagKinds = ['name', 'lone', 'part', 'idnp', 'document', 'start'] as const
export type TagKind = (typeof tagKinds)[number]

/** What a tag of a kind says that two returns have in common. */
export const traitOfTag: Readonly<Record<TagKind, TraitKind>> = {
  name: 'name',
  lone: 'one-name',
  part: 'one-name',
  idnp: 'idnp',
  document: 'document',
  start: 'family-start',
}

/** The kinds of tags of the same text that are looked for, by the kind of the tag that looks. */
export const lookedFor: Readonly<Record<TagKind, readonly TagKind[]>> = {
  name: ['name'],
  lone: ['lone', 'part'],
  part: ['lone'],
  idnp: ['idnp'],
  document: ['document'],
  start: [],
}

/** Something by which the returns of one person are found: its kind, and the text that is made into a tag. */
export interface Trait {
  kind: TagKind
  text: string
}

/** Traits of names on one return: each is two rows of its transaction, which holds a hundred. */
const mostOfNames = 10

/**
 * What a person can be found by: names with the birth year, the IDNP, the number of each paper. Never a name without a year.
 * `today`: the UTC day for which ages count.
 */
export function traitsOf({ name, birth, idnp, documents }: Person, today: string): Trait[] {
  const starts = typeof name === 'string' ? [] : startTraits(name.family ?? '')
  const names = typeof name === 'string' ? [] : nameTraits(name, birth, today)
  return distinct([
    ...names.slice(0, mostOfNames - starts.length),
    ...(idnp === undefined ? [] : [trait('idnp', idnp)]),
    ...documents.flatMap(({ number }) => paperTraits(number)),
    ...starts,
  ])
}

/** So many first letters are looked for; of a text with more, those of the longest that it has. */
const startLengths = [fewestLetters, 5]
/** Starts among the traits of names. */
const mostStarts = 3

/** The first letters of a family name, then of each further word of it. */
function startTraits(family: string): Trait[] {
  return soundsOf(family)
    .flatMap((word) =>
      startLengths.filter((length) => word.length >= length).map((length) => startTrait(word, length)),
    )
    .slice(0, mostStarts)
}

/** The trait that finds the family names that begin with a text; none where it has too few letters. */
function startSought(typed: string): Trait[] {
  const [word = ''] = soundsOf(typed)
  const length = startLengths.findLast((length) => word.length >= length)
  return length === undefined ? [] : [startTrait(word, length)]
}

const startTrait = (word: string, length: number) => trait('start', word.slice(0, length))

/** The traits of a search. */
export function traitsSought(search: Search, today: string): Trait[] {
  if ('idnp' in search) return [trait('idnp', search.idnp)]
  if ('document' in search) return paperTraits(search.document)
  if ('family' in search) return startSought(search.family)
  return distinct(nameTraits(search.name, search.birth, today))
}

/**
 * The names of a person, two at a time, in any order: a double surname also by each half, the given name also by each part
 * and by the patronymic, and both where they were written in each other's field. The fullest come first.
 */
function nameTraits({ family = '', given = '', second = '' }: Names, birth: Person['birth'], today: string) {
  const years = yearsOf(birth, today)
  const [families, givens] = [formsOf(family), [...formsOf(given), ...formsOf(second)]]
  const pairs = families.flatMap((first) => givens.map((other) => [first, other].sort()))
  if (pairs.length === 0)
    return [...families, ...givens]
      .flatMap((name) => years.map((year) => trait('lone', name, String(year))))
      .slice(0, mostOfNames)
  // An estimated age makes several years: then one name alone says too little.
  const parts = years.length === 1 ? distinctTexts([...families, ...givens]) : []
  const wanted = [
    ...pairs.slice(0, 1).flatMap((pair) => years.map((year) => trait('name', ...pair, String(year)))),
    ...parts.slice(0, 4).flatMap((name) => years.map((year) => trait('part', name, String(year)))),
    ...pairs.slice(1).flatMap((pair) => years.map((year) => trait('name', ...pair, String(year)))),
    ...parts.slice(4).flatMap((name) => years.map((year) => trait('part', name, String(year)))),
  ]
  return distinct(wanted).slice(0, mostOfNames)
}

/** A name as a whole, then each of its words. A particle (`de`, `el`) is no name. */
function formsOf(name: string): string[] {
  const [whole, words] = [skeletonOf(name), wordsOf(name)]
  if (whole === '') return []
  return distinctTexts([whole, ...words.filter((word) => word.length > 2)])
}

const distinctTexts = (texts: readonly string[]) => [...new Set(texts)]

/** The possible years of birth. An age is mostly an estimate, so the years around it are possible too. */
function yearsOf(birth: Person['birth'], today: string): number[] {
  if ('on' in birth) return [Number(birth.on.slice(0, 4))]
  if ('year' in birth) return [birth.year]
  const year = Number(today.slice(0, 4)) - birth.aged
  return [year - 2, year - 1, year, year + 1]
}

/** The trait of a paper's number, as capitals and digits alone, so that spaces and hyphens do not count. */
function paperTraits(number: string): Trait[] {
  const plain = latin(number.normalize('NFKC').toUpperCase()).replace(/[^\p{L}\p{N}]/gu, '')
  return plain === '' ? [] : [trait('document', plain)]
}

/** No part holds a line break, so two different traits never have the same text. */
function trait(kind: TagKind, ...parts: string[]): Trait {
  return { kind, text: ['acasa/tag/v1', traitOfTag[kind], ...parts].join('\n') }
}

function distinct(traits: readonly Trait[]): Trait[] {
  return [...new Map(traits.map((trait) => [trait.text, trait])).values()]
}
