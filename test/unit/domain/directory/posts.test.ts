import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { takenCovers, uncovered } from '../../../../functions/domain/directory/posts.ts'
import { type PlacedPost, postChange } from '../../../../schemas/api/posts.ts'
import { countries } from '../../../../schemas/values/codes.ts'
import { partyOf } from '../../../../schemas/values/parties.ts'

const nobody = { staff: [], duty: [] }
const placed = (code: string, own: string[], about: Partial<PlacedPost> = {}): PlacedPost => ({
  post: partyOf('mission', code),
  version: 0,
  covers: [],
  ...nobody,
  open: true,
  countries: own,
  ...about,
})
const baku = placed('QP5N', ['AZ', 'GE'])
const ankara = placed('Y6SB', ['TR', 'LB'])
const istanbul = placed('1XGE', ['TR'])
const athens = placed('CPV8', ['GR'], { covers: ['AL'] })
const posts = [baku, ankara, istanbul, athens]
const closed = (post: PlacedPost) =>
  posts.map((other) => (other === post ? { ...other, open: false } : other))

describe('a country', () => {
  test.each([
    ['GE', false],
    ['AL', false],
    ['TR', false],
    ['AM', true],
    // Nobody has to be brought home from home.
    ['MD', false],
  ])('%s is without a post: %s', (country, without) => {
    expect(uncovered(posts).includes(country)).toBe(without)
  })

  test('a country is without a post when its only post closes, and not when another is open', () => {
    expect(uncovered(closed(baku))).toEqual(expect.arrayContaining(['AZ', 'GE']))
    expect(uncovered(closed(istanbul))).not.toContain('TR')
  })

  test('every country but the home country is without a post where there is none', () => {
    expect(uncovered([])).toEqual(countries.filter((country) => country !== 'MD'))
  })
})

test.each<[string, PlacedPost[], PlacedPost, string[], boolean, string[]]>([
  ['a country that nobody has', posts, athens, ['AL', 'AM'], true, []],
  ['the country of another post', posts, athens, ['AL', 'AZ'], true, ['covers.1']],
  ['what another covers by the deployment', posts, athens, ['GE'], true, ['covers.0']],
  ['what another covers by a change', posts, baku, ['AL'], true, ['covers.0']],
  ['what is its own already', posts, baku, ['GE', 'AM'], true, ['covers.0']],
  ['the country of a closed post', closed(baku), athens, ['AZ', 'GE'], true, []],
  ['what a closed post would cover', closed(athens), baku, ['AL'], true, []],
  ['anything, while it is closed itself', posts, athens, ['AZ'], false, []],
])('a post takes on %s', (_, all, before, covers, open, fields) => {
  expect(takenCovers(all, before, { ...nobody, covers, open })).toEqual(fields)
})

test('a country that a post covers already does not refuse another change of the post', () => {
  const covering = { ...athens, covers: ['AZ'] }
  expect(takenCovers([baku, covering], covering, { ...nobody, covers: ['AZ'], open: true })).toEqual([])
  const reopening = { ...covering, open: false }
  expect(takenCovers([baku, reopening], reopening, { ...nobody, covers: ['AZ'], open: true })).toEqual([
    'covers.0',
  ])
})

test('no country is covered twice while all posts stay open, whatever is asked for', () => {
  const some = fc.uniqueArray(fc.constantFrom('AL', 'AM', 'GE', 'LB', 'KR', 'AZ'), { maxLength: 4 })
  const asked = fc.array(fc.tuple(fc.nat(posts.length - 1), some), { maxLength: 20 })
  fc.assert(
    fc.property(asked, (changes) => {
      const after = changes.reduce<PlacedPost[]>((current, [index, covers]) => {
        const before = current[index] ?? baku
        if (takenCovers(current, before, { ...nobody, covers, open: true }).length > 0) return current
        return current.map((post) => (post === before ? { ...post, covers } : post))
      }, posts)
      const covered = after.flatMap((post) => [...post.covers, ...post.countries.slice(1)])
      expect(new Set(covered).size).toBe(covered.length)
    }),
  )
})

const user = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const change = { covers: ['AM'], staff: [user(1), user(2)], duty: [user(2)], open: true }

test.each<[string, object, string[]]>([
  ['with nobody', { staff: [], duty: [] }, []],
  ['with somebody on duty who is not of its staff', { duty: [user(3)] }, ['duty']],
  ['with a name', { staff: ['Maria'], duty: [] }, ['staff.0']],
  ['with somebody twice', { staff: [user(1), user(1)], duty: [] }, ['staff']],
  ['with a country twice', { covers: ['AM', 'AM'] }, ['covers']],
  ['with a country that is none', { covers: ['XX'] }, ['covers.0']],
  ['without a word on whether it is open', { open: undefined }, ['open']],
  ['with a remark', { remark: 'x' }, ['']],
])('a change %s has errors in these fields: %j', (_, part, fields) => {
  const read = postChange.safeParse({ ...change, ...part })
  expect(read.error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(fields)
})
