import { describe, expect, test } from 'vitest'
import { type Counted, cellsOf, countedOf, figuresOf } from '../../../../functions/domain/reports/figures.ts'
import type { Slot, SlotContent } from '../../../../schemas/sections/sections.ts'
import { happened, istanbul, sample } from '../../../parts/bodies.ts'

const filedAt = '2026-11-21T10:00:00.000Z'

/** Opened sections of class `case`, in the order of their events. */
function opened(...sections: [Slot<'case'>, unknown][]) {
  return {
    opened: sections.map(([slot, content], seq) => ({
      section: { sec: String(seq).padStart(16, '0'), cls: 'case' as const, slot, seq, by: istanbul },
      content,
    })),
  }
}
const request = (changed: Partial<SlotContent<'case', 'request'>> = {}): [Slot<'case'>, unknown] => [
  'request',
  // The age band is derived from the birth when the request is sealed.
  { ...sample.case, ageBand: '25-34', ...changed },
]
const arrival = (at: string): [Slot<'case'>, unknown] => [
  'arrival',
  { happened: happened(at), point: 'RMO', companionPresent: 'yes' },
]
const stay: [Slot<'case'>, unknown] = ['stay', { happened: happened('2026-12-05'), choice: 'centre' }]

test('a return is counted by what its case says, and by nothing of the person', () => {
  expect(countedOf(filedAt, opened(request()))).toEqual({
    year: '2026',
    values: {
      country: 'TR',
      age: '25-34',
      sex: 'female',
      category: 'victim',
      days: 'not-arrived',
      places: '0',
    },
  })
})

test.each([
  ['2026-11-20', '0-7'],
  ['2026-11-28', '0-7'],
  ['2026-11-29T00:10', '8-14'],
  ['2026-12-05', '8-14'],
  ['2026-12-06', '15-30'],
  ['2026-12-22', '31-60'],
  ['2027-02-19', '61-90'],
  ['2027-02-20', '91+'],
  ['2028-02-20', '91+'],
])('a return that is filed on 21 November 2026 and arrives on %s counts as %s', (at, days) => {
  expect(countedOf(filedAt, opened(request(), arrival(at)))?.values.days).toBe(days)
})

test('the newest fact of the arrival counts', () => {
  const facts = opened(request(), arrival('2026-12-06'), arrival('2026-11-23'))
  expect(countedOf(filedAt, facts)?.values.days).toBe('0-7')
})

test.each([
  [0, '1'],
  [2, '3'],
  [3, '4+'],
  [9, '4+'],
])('a person who stays at the Centre with %i children takes %s places', (childrenAlong, places) => {
  expect(countedOf(filedAt, opened(request({ childrenAlong }), stay))?.values.places).toBe(places)
})

test('the year is that of filing in Chișinău', () => {
  expect(countedOf('2025-12-31T22:30:00.000Z', opened(request()))?.year).toBe('2026')
  expect(countedOf('2025-12-31T21:30:00.000Z', opened(request()))?.year).toBe('2025')
})

describe('a return that was none is not counted', () => {
  const cancelled = (reason: string): [Slot<'case'>, unknown] => [
    'cancellation',
    { reason, on: '2026-11-22' },
  ]
  test.each([
    ['filed-in-error', false],
    ['duplicate', false],
    ['no-longer-wants', true],
    ['other', true],
  ])('a return that is cancelled as %s is counted: %s', (reason, counts) => {
    expect(countedOf(filedAt, opened(request(), cancelled(reason))) !== undefined).toBe(counts)
  })

  test('a return whose request cannot be read is not counted', () => {
    expect(countedOf(filedAt, opened(stay))).toBeUndefined()
  })
})

const times = (count: number, year: string, country: string): Counted[] =>
  Array.from({ length: count }, () => ({
    year,
    values: { country, age: '25-34', sex: 'female', category: 'victim', days: '0-7', places: '0' },
  }))

test('every dimension adds up to all, in each year and over the years', () => {
  const all = [...times(7, '2025', 'TR'), ...times(9, '2026', 'TR'), ...times(8, '2026', 'IT')]
  const cells = [...cellsOf(all).values()]
  for (const year of [undefined, '2025', '2026'])
    for (const dimension of ['country', 'age', 'sex', 'category', 'days', 'places']) {
      const sum = cells
        .filter((cell) => cell.dimension === dimension && cell.year === year)
        .reduce((total, { count }) => total + count, 0)
      expect([dimension, year, sum]).toEqual([
        dimension,
        year,
        all.filter((row) => year === undefined || row.year === year).length,
      ])
    }
})

test('a country with few hides the next in its year, and in the sum of the years', () => {
  const all = [...times(20, '2026', 'TR'), ...times(12, '2026', 'IT'), ...times(2, '2026', 'ES')]
  const shownIn = (scope: 'internal' | 'outside') =>
    figuresOf(all, { internal: 5, outside: 11 })
      [scope].filter(({ dimension, year }) => dimension === 'country' && year === '2026')
      .map(({ value, count }) => `${value} ${count}`)
  expect(shownIn('internal')).toEqual(['TR 20'])
  expect(shownIn('outside')).toEqual(['TR 20'])
})

test('the figures of no return are empty', () => {
  expect(figuresOf([], { internal: 5, outside: 11 })).toEqual({ internal: [], outside: [] })
})
