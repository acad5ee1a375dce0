import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patienceMs, roundOf } from '../../../functions/exchange/overdue-deliveries.ts'

const minute = 60_000

test.each<[number, number | undefined]>([
  [0, undefined],
  [0.99, undefined],
  [1, 1],
  [1.99, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5.5, 4],
  [6, undefined],
  [7.9, undefined],
  [8, 8],
  [10, undefined],
  [16, 16],
  [33, 32],
  [64, 64],
  [66, undefined],
  [127, undefined],
  [128, 128],
  [192, 192],
  [1000 * 64 + 1, 1000 * 64],
])('after %d minutes it is the round of %s', (minutes, round) => {
  expect(roundOf(minutes * minute)).toBe(round)
})

test('a clock that sometimes misses a tick misses no round', () => {
  const offset = fc.integer({ min: 0, max: minute - 1 })
  const missed = fc.array(fc.nat(300), { maxLength: 20 })
  fc.assert(
    fc.property(offset, missed, (start, candidates) => {
      // Never two in a row.
      const gone = new Set(candidates.filter((tick) => !candidates.includes(tick + 1)))
      const ticks = Array.from({ length: 300 }, (_, tick) => tick).filter((tick) => !gone.has(tick))
      const rounds = ticks.map((tick) => roundOf(start + tick * minute))
      expect([2, 4, 8, 16, 32, 64, 128, 192, 256].filter((round) => !rounds.includes(round))).toEqual([])
    }),
  )
})

test('the two ticks of a round are within the five minutes in which SQS drops the second message', () => {
  fc.assert(
    fc.property(fc.nat(10_000 * minute), (age) => {
      const round = roundOf(age)
      if (round === undefined) return
      expect(round * minute).toBeLessThanOrEqual(age)
      expect(age - round * minute).toBeLessThan(5 * minute)
    }),
  )
})

test('an event younger than a minute is in no round', () => {
  expect(roundOf(patienceMs - 1)).toBeUndefined()
  expect(roundOf(-minute)).toBeUndefined()
})
