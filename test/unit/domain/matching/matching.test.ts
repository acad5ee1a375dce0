import { describe, expect, test } from 'vitest'
import {
  decideMatch,
  linkOf,
  matchOf,
  soughtMatchOf,
} from '../../../../functions/domain/matching/matching.ts'
import { type MatchRecord, matchId } from '../../../../schemas/api/matches.ts'
import { phases } from '../../../../schemas/procedure/phases.ts'
import { centre, iom, istanbul } from '../../../parts/bodies.ts'

const [first, second] = [`1XGE0${'A'.repeat(25)}`, `19B60${'B'.repeat(25)}`]

test('a match has one id, whichever return is named first, and no other match has it', () => {
  const names = [
    matchOf(first, second),
    ...[istanbul, centre, iom].map((party) => soughtMatchOf(first, party)),
  ]
  expect(matchOf(second, first)).toBe(names[0])
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(matchId.safeParse(name).success).toBe(true)
})

const [early, middle, late] = ['2025-01-01', '2025-06-01', '2026-01-01'].map((day) => `${day}T00:00:00.000Z`)

test.each(phases)('two returns are linked by the phase of the earlier: %s', (phase) => {
  const ended = ['arrived', 'received', 'cancelled', 'closed'].includes(phase)
  const earlier = { phase, since: middle ?? '', filedAt: early ?? '' }
  const filed = { phase: 'filed' as const, since: late ?? '', filedAt: late ?? '' }
  expect(linkOf([earlier, filed])).toBe(ended ? 'repeat' : 'same')
  expect(linkOf([filed, earlier])).toBe(ended ? 'repeat' : 'same')
  // The earlier ended while the later went on: one journey, filed twice.
  expect(
    linkOf([
      { ...earlier, since: late ?? '' },
      { ...filed, filedAt: middle ?? '' },
    ]),
  ).toBe('same')
  // It was closed long after she had arrived.
  const slow = { ...earlier, arrivedAt: middle ?? '', since: '2026-02-01T00:00:00.000Z' }
  expect(linkOf([slow, filed])).toBe(ended ? 'repeat' : 'same')
})

test('a person who comes by herself while her request is open is no repeat', () => {
  const open = { phase: 'accepted' as const, since: early ?? '', filedAt: early ?? '' }
  const came = { phase: 'arrived' as const, since: late ?? '', arrivedAt: late ?? '', filedAt: middle ?? '' }
  expect(linkOf([open, came])).toBe('same')
})

const two = [first, second]
/** A match as it stands: two returns that are one person are linked. */
const standing = (state: MatchRecord['state'], returns: readonly string[]) => ({
  state,
  returns: [...returns],
  ...(state === 'same' && returns.length > 1 ? { link: 'same' as const } : {}),
})
describe('a decision', () => {
  test.each([
    ['raised', 'same', two, { links: true, unlinks: false }],
    ['raised', 'not-same', two, { links: false, unlinks: false }],
    ['same', 'not-same', two, { links: false, unlinks: true }],
    ['same', 'unlinked', two, { links: false, unlinks: true }],
    ['unlinked', 'same', two, { links: true, unlinks: false }],
    ['not-same', 'same', two, { links: true, unlinks: false }],
    ['raised', 'same', [first], { links: false, unlinks: false }],
  ] as const)('a decision on a match that is %s says %s, of %j', (state, answer, returns, becomes) => {
    expect(decideMatch(standing(state, returns), answer)).toEqual(becomes)
  })

  test.each([
    ['same', 'same', two, 'nothing-to-do'],
    ['not-same', 'not-same', two, 'nothing-to-do'],
    ['raised', 'unlinked', two, 'unknown-target'],
    ['not-same', 'unlinked', two, 'unknown-target'],
    ['same', 'unlinked', [first], 'unknown-target'],
  ] as const)(
    'a decision on a match that is %s that says %s, of %j, is refused',
    (state, answer, returns, code) => {
      expect(() => decideMatch(standing(state, returns), answer)).toThrow(code)
    },
  )
})
