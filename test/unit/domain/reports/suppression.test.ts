import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counted, cellsOf, figuresOf, linesOf } from '../../../../functions/domain/reports/figures.ts'
import { hiddenCells, type Line } from '../../../../functions/domain/reports/suppression.ts'
import type { Figure } from '../../../../schemas/api/figures.ts'

/** A large prime: the rank over this field is that over the rationals, with a chance of error of one in two thousand million. */
const prime = 2_147_483_647n
const mod = (value: bigint) => ((value % prime) + prime) % prime
function inverse(value: bigint): bigint {
  let [result, base] = [1n, mod(value)]
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base)
    base = mod(base * base)
  }
  return result
}

/** The rank of rows of coefficients, by plain elimination. */
function rankOf(rows: readonly (readonly bigint[])[]): number {
  const left = rows.map((row) => row.map(mod))
  let rank = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const at = left.findIndex((row, index) => index >= rank && row[column] !== 0n)
    const pivot = left[at]
    if (!pivot) continue
    left[at] = left[rank] ?? []
    left[rank] = pivot
    const unit = inverse(pivot[column] ?? 1n)
    for (const [index, row] of left.entries())
      if (index > rank && row[column] !== 0n)
        left[index] = row.map((value, place) =>
          mod(value - mod((row[column] ?? 0n) * unit) * (pivot[place] ?? 0n)),
        )
    rank++
  }
  return rank
}

/**
 * The hidden cells that a reader can compute who knows the zero cells, all shown cells, and that everything adds up: those
 * whose own equation adds no rank to the equations of the lines.
 */
function computable(lines: readonly Line[], hidden: ReadonlySet<string>): string[] {
  const unknown = [...hidden]
  const rows = lines.map(({ total, parts }) =>
    unknown.map((cell) => BigInt(Number(parts.includes(cell))) - BigInt(Number(cell === total))),
  )
  const rank = rankOf(rows)
  return unknown.filter(
    (cell) => rankOf([...rows, unknown.map((member) => BigInt(Number(member === cell)))]) === rank,
  )
}

/** Sums of hidden parts that one subtraction shows. */
function rests(
  lines: readonly Line[],
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
): number[] {
  return lines
    .filter(({ total }) => !hidden.has(total))
    .map(({ parts }) => parts.filter((part) => hidden.has(part)).map((part) => counts.get(part) ?? 0))
    .filter((gone) => gone.length > 0)
    .map((gone) => gone.reduce((sum, count) => sum + count, 0))
}

const keyOf = ({ dimension, value, year }: Figure) => [dimension, value, year].join('|')
const shown = (figures: readonly Figure[]) => new Set(figures.map(keyOf))
const of = (...values: string[]) => fc.constantFrom(...values)
/** Few values and years, so that cells of all sizes come about. */
const counted: fc.Arbitrary<Counted> = fc.record({
  year: of('2024', '2025', '2026'),
  values: fc.record({
    country: of('TR', 'TR', 'TR', 'IT', 'IT', 'RU', 'ES'),
    age: of('25-34', '25-34', '18-24', '16-17'),
    sex: of('female', 'female', 'female', 'male'),
    category: of('victim', 'victim', 'person-in-difficulty'),
    days: of('0-7', '8-14', 'not-arrived'),
    places: of('0', '0', '1', '2'),
  }),
})
const many = fc.array(counted, { maxLength: 90 })
const least = fc
  .record({ internal: fc.integer({ min: 2, max: 6 }), more: fc.nat(8) })
  .map(({ internal, more }) => ({ internal, outside: internal + more }))

describe('the figures, in both scopes', () => {
  test('no count below the threshold is shown, and every count that is shown is true', () => {
    fc.assert(
      fc.property(many, least, (all, thresholds) => {
        const cells = cellsOf(all)
        const made = figuresOf(all, thresholds)
        for (const scope of ['internal', 'outside'] as const)
          for (const figure of made[scope]) {
            expect(figure.count).toBeGreaterThanOrEqual(thresholds[scope])
            expect(figure.count).toBe(cells.get(keyOf(figure))?.count)
          }
      }),
    )
  })

  test('no subtraction over rows, columns, years or tables yields a hidden cell or a small rest', () => {
    fc.assert(
      fc.property(many, least, (all, thresholds) => {
        const cells = cellsOf(all)
        const counts = new Map([...cells].map(([key, { count }]) => [key, count]))
        const lines = linesOf([...cells.values()])
        const made = figuresOf(all, thresholds)
        for (const scope of ['internal', 'outside'] as const) {
          const seen = shown(made[scope])
          const hidden = new Set([...cells.keys()].filter((key) => !seen.has(key)))
          expect(computable(lines, hidden)).toEqual([])
          for (const rest of rests(lines, counts, hidden))
            expect(rest).toBeGreaterThanOrEqual(thresholds[scope])
        }
      }),
      { numRuns: 40 },
    )
  })

  test('every outside figure is an inside figure too, so that reading both shows nothing more', () => {
    fc.assert(
      fc.property(many, least, (all, thresholds) => {
        const { internal, outside } = figuresOf(all, thresholds)
        const within = shown(internal)
        expect([...shown(outside)].filter((key) => !within.has(key))).toEqual([])
      }),
    )
  })

  test('the order in which returns come makes no difference', () => {
    fc.assert(
      fc.property(many, least, (all, thresholds) => {
        expect(figuresOf([...all].reverse(), thresholds)).toEqual(figuresOf(all, thresholds))
      }),
    )
  })
})

describe('hidden cells', () => {
  const row: Line = { total: 'all', parts: ['a', 'b', 'c'] }
  const counts = (a: number, b: number, c: number) => new Map(Object.entries({ a, b, c, all: a + b + c }))
  const hiddenOf = (cells: Map<string, number>, lines = [row], least = 5) =>
    [...hiddenCells(cells, lines, least)].sort()

  test.each<[string, Map<string, number>, string[]]>([
    ['nothing where nothing is small', counts(10, 20, 30), []],
    ['the smallest other beside one that is small', counts(3, 20, 9), ['a', 'c']],
    ['two small ones alone where together they are no small count', counts(3, 4, 30), ['a', 'b']],
    ['another beside two small ones that are a small count together', counts(1, 2, 30), ['a', 'b', 'c']],
    ['everything where everything is small', counts(1, 1, 1), ['a', 'all', 'b', 'c']],
  ])('%s', (_, cells, expected) => expect(hiddenOf(cells)).toEqual(expected))

  test('the total goes with its only part', () => {
    const line: Line = { total: 'all', parts: ['a'] }
    const sum: Line = { total: 'whole', parts: ['all', 'b'] }
    const cells = new Map(Object.entries({ a: 4, all: 4, b: 20, whole: 24 }))
    expect(hiddenOf(cells, [line, sum])).toEqual(['a', 'all', 'b'])
  })

  test('what was hidden elsewhere stays hidden', () => {
    expect(hiddenCells(counts(10, 20, 30), [row], 5, new Set(['b']))).toEqual(new Set(['b', 'a']))
  })
})

test('the figures of ten thousand returns of many countries and years are computed, and most counts are shown', () => {
  const countries = [
    'TR',
    'IT',
    'RU',
    'ES',
    'DE',
    'FR',
    'PL',
    'GR',
    'CY',
    'AE',
    'IL',
    'LB',
    'UA',
    'RO',
    'PT',
    'GB',
  ]
  const pick = (list: readonly string[], n: number) => list[n % list.length] ?? ''
  const all = Array.from({ length: 10_000 }, (_, n): Counted => {
    const skewed = Math.floor((((n * 7919) % 10_007) ** 2 / 10_007 ** 2) * 16)
    return {
      year: String(2015 + ((n * 31) % 12)),
      values: {
        country: pick(countries, skewed),
        age: pick(['0-5', '16-17', '18-24', '25-34', '35-49', '65+'], Math.floor(skewed / 3)),
        sex: skewed === 15 ? 'male' : 'female',
        category: pick(['victim', 'potential-victim', 'unaccompanied-child'], Math.floor(skewed / 6)),
        days: pick(['0-7', '15-30', '31-60', 'not-arrived'], n),
        places: pick(['0', '1', '2', '4+'], Math.floor(skewed / 4)),
      },
    }
  })
  const { internal, outside } = figuresOf(all, { internal: 5, outside: 11 })
  expect(outside.length).toBeGreaterThan(cellsOf(all).size / 2)
  expect(internal.length).toBeGreaterThanOrEqual(outside.length)
})
