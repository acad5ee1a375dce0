import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { traitsOf, traitsSought } from '../../../../functions/domain/matching/traits.ts'
import { tagChanges, tagsToLookFor } from '../../../../functions/vault/tags.ts'
import { sections } from '../../../../schemas/sections/sections.ts'
import { sample } from '../../../parts/bodies.ts'

const today = '2026-11-25'
const { idnp: _, ...nobody } = sample.identity
const person = (about: object) => sections.identity.person.parse({ ...nobody, documents: [], ...about })
const texts = (about: object) => traitsOf(person(about), today).map(({ text }) => text)
/** Whether a return with the names of one person is found by those of another. */
function agreed(person1: object, person2: object): boolean {
  const tags = (about: object) => traitsOf(person(about), today).map(({ kind, text }) => `${kind}#${text}`)
  const stored = tags(person2)
  return tagsToLookFor(tags(person1)).some((tag) => stored.includes(tag))
}
const paper = (number: string, type = 'passport') => ({ type, number, country: 'MD' })

const [who, born] = [{ family: 'Țurcanu', given: 'Ștefania' }, { on: '1999-03-02' }]

describe('a person is found', () => {
  test('a person is found by both names with the year, in any spelling, and by no other name or year', () => {
    const [first] = texts({ name: who, birth: born })
    expect(texts({ name: { family: 'Цуркану', given: 'Штефания' }, birth: { year: 1999 } })[0]).toBe(first)
    expect(texts({ name: { ...who, given: 'Ana' }, birth: born })).not.toContain(first)
    expect(texts({ name: { ...who, family: 'Rusu' }, birth: born })).not.toContain(first)
    expect(texts({ name: who, birth: { year: 1998 } })).not.toContain(first)
    expect(texts({ name: 'not-known', birth: born })).toEqual([])
    expect(texts({ name: 'no-name-yet', birth: born })).toEqual([])
  })

  test('a person whose age is known is found in the years around it', () => {
    expect(texts({ name: who, birth: { aged: 27 } }).slice(0, 4)).toEqual(
      [1997, 1998, 1999, 2000].map((year) => texts({ name: who, birth: { year } })[0]),
    )
  })

  test.each<[string, object, object]>([
    ['with the fields swapped', who, { family: 'Ștefania', given: 'Țurcanu' }],
    [
      'by one half of a double surname',
      { family: 'Lungu-Rotaru', given: 'Ana' },
      { family: 'Rotaru', given: 'Ana' },
    ],
    ['by the other half', { family: 'Lungu Rotaru', given: 'Ana' }, { family: 'Lungu', given: 'Ana' }],
    [
      'by a double surname in another order',
      { family: 'Lungu-Rotaru', given: 'Ana' },
      { family: 'Rotaru Lungu', given: 'Ana' },
    ],
    [
      'with and without a patronymic',
      { family: 'Popova', given: 'Anna', second: 'Ivanovna' },
      { family: 'Popova', given: 'Anna' },
    ],
    [
      'with the patronymic in the field of the given name',
      { family: 'Popova', given: 'Anna Ivanovna' },
      { family: 'Popova', given: 'Anna' },
    ],
    [
      'by a second name alone',
      { family: 'Rusu', given: 'Ana', second: 'Maria' },
      { family: 'Rusu', given: 'Maria' },
    ],
    ['by one of two given names', { family: 'Rusu', given: 'Ana-Maria' }, { family: 'Rusu', given: 'Maria' }],
    ['by the family name alone', who, { family: 'Țurcanu' }],
    ['by the given name alone', who, { given: 'Ștefania' }],
    ['by one name, whichever field it stands in', { given: 'Țurcanu' }, { family: 'Țurcanu' }],
    [
      'with letters that have a stroke or a dot',
      { family: 'Đorđević', given: 'Łucja' },
      { family: 'DORDEVIC', given: 'Lucja' },
    ],
  ])('a person is found %s, in both directions', (_, names, otherNames) => {
    expect(agreed({ name: names, birth: born }, { name: otherNames, birth: { year: 1999 } })).toBe(true)
    expect(agreed({ name: otherNames, birth: born }, { name: names, birth: { year: 1999 } })).toBe(true)
    expect(agreed({ name: names, birth: born }, { name: otherNames, birth: { year: 1990 } })).toBe(false)
  })

  test('two people of whom several names are known are not compared by one of them', () => {
    expect(agreed({ name: who, birth: born }, { name: { ...who, given: 'Ana' }, birth: born })).toBe(false)
    expect(agreed({ name: who, birth: born }, { name: { ...who, family: 'Rusu' }, birth: born })).toBe(false)
  })

  test('the names of a person never make more than ten tags', () => {
    const long = { family: 'Alba-Brad-Corn Dud', given: 'Ela Fana Gina', second: 'Horia Iosif' }
    for (const birth of [born, { aged: 27 }])
      expect(texts({ name: long, birth }).length).toBeLessThanOrEqual(10)
  })

  test('a person is found once by the number of a paper, of any kind and however written', () => {
    const numbers = [paper('AB 012-34'), paper('ab01234', 'identity-card'), paper('АВ.01234', 'other')]
    expect(texts({ name: 'not-known', documents: numbers })).toHaveLength(1)
    expect(traitsSought({ document: 'A B 0 1 2 3 4' }, today)).toEqual(
      traitsOf(person({ name: 'not-known', documents: numbers }), today),
    )
  })

  test('a search has the same traits as the filing that it looks for', () => {
    const filed = traitsOf(person({ name: who, birth: born, idnp: '2000000000004' }), today)
    expect([
      ...traitsSought({ name: who, birth: { year: 1999 } }, today),
      ...traitsSought({ idnp: '2000000000004' }, today),
    ]).toEqual(filed.filter(({ kind }) => kind !== 'start'))
  })
})

describe('the first letters of a family name', () => {
  const starts = (family: string) =>
    texts({ name: { family, given: 'Ana' }, birth: born }).filter((text) => text.includes('family-start'))
  const finds = (typed: string, family: string) =>
    traitsSought({ family: typed }, today).some(({ text }) => starts(family).includes(text))

  test.each([
    ['Țur', 'Țurcanu'],
    ['tur', 'Țurcanu'],
    ['TURCA', 'Țurcanu'],
    ['turcanu', 'Țurcanu'],
    ['цурк', 'Țurcanu'],
    ['Turk', 'Цуркану'],
    ['rot', 'Lungu-Rotaru'],
    ['lungu rot', 'Lungu-Rotaru'],
    ['rus', 'Rusu'],
    ['rusu', 'Rusu'],
  ])('%s finds %s', (typed, family) => expect(finds(typed, family)).toBe(true))

  test.each([
    ['tu', 'Țurcanu'],
    ['turna', 'Țurcanu'],
    ['urc', 'Țurcanu'],
    ['rusov', 'Rusu'],
  ])('%s does not find %s', (typed, family) => expect(finds(typed, family)).toBe(false))

  test('nobody is compared by them', () => {
    const tags = traitsOf(person({ name: who, birth: born }), today).map(
      ({ kind, text }) => `${kind}#${text}`,
    )
    expect(tags.some((tag) => tag.startsWith('start#'))).toBe(true)
    expect(tagsToLookFor(tags).filter((tag) => tag.startsWith('start#'))).toEqual([])
    expect(
      agreed({ name: who, birth: born }, { name: { ...who, given: 'Ana' }, birth: { year: 1980 } }),
    ).toBe(false)
  })
})

test("two different traits never have one text: an IDNP is no paper's number, and no part runs into the next", () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{1,6}( [A-Z][a-z]{1,6})?$/)
  const year = fc.integer({ min: 1930, max: 2026 })
  const asked = fc.oneof(
    fc.record({ name: fc.record({ family: word, given: word }), birth: fc.record({ year }) }),
    fc.record({ idnp: fc.stringMatching(/^\d{13}$/) }),
    fc.record({ document: fc.stringMatching(/^\d{13}$/) }),
    fc.record({ family: fc.stringMatching(/^[A-Z][a-z]{2,8}$/) }),
  )
  fc.assert(
    fc.property(asked, asked, (search, otherSearch) => {
      const [first, second] = [traitsSought(search, today), traitsSought(otherSearch, today)]
      // Equal texts have equal kinds and parts.
      for (const { kind, text } of first) {
        const sameText = second.filter((trait) => trait.text === text)
        expect(sameText.map((trait) => trait.kind)).toEqual(sameText.map(() => kind))
        expect(text.split('\n')).toHaveLength(
          { name: 5, lone: 4, part: 4, idnp: 3, document: 3, start: 3 }[kind],
        )
      }
      if ('idnp' in search && 'document' in otherSearch) expect(first[0]?.text).not.toBe(second[0]?.text)
    }),
  )
})

test('a tag comes once, and goes with the last section that was made into it', () => {
  const tag = fc.constantFrom('name#a', 'name#b', 'idnp#c', 'document#d', 'document#e')
  const tags = fc.uniqueArray(tag)
  const steps = fc.array(fc.record({ fresh: tags, gone: fc.array(fc.nat(5), { maxLength: 2 }) }), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(steps, (all) => {
      let lists: { ret: string; sec: string; tags: readonly string[] }[] = []
      let partition = new Set<string>()
      for (const [index, { fresh, gone }] of all.entries()) {
        const leaving = gone.map((at) => `sec${at}`)
        const { added, removed } = tagChanges(lists, leaving, fresh)
        // One transaction may not name a row twice, nor insert what is there.
        expect(added.filter((tag) => removed.includes(tag) || partition.has(tag))).toEqual([])
        partition = new Set([...partition].filter((tag) => !removed.includes(tag)).concat(added))
        lists = [
          ...lists.filter(({ sec }) => !leaving.includes(sec)),
          { ret: 'ret', sec: `sec${index}`, tags: fresh },
        ]
        expect([...partition].sort()).toEqual([...new Set(lists.flatMap((list) => list.tags))].sort())
      }
      const { removed } = tagChanges(
        lists,
        lists.map(({ sec }) => sec),
      )
      expect([...removed].sort()).toEqual([...partition].sort())
    }),
  )
})
