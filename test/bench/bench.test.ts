import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '../../infra/local/edge/edge.ts'
import { commandNames } from '../../schemas/commands/commands.ts'
import { mostBytes } from '../parts/weight.ts'
import type { BundleCost } from './bundles.ts'
import { commandsLeftOut } from './course.ts'
import type { PageCost } from './pages.ts'
import { jsonOf, type Measured, tableOf } from './report.ts'
import { costOf, median, serialRounds } from './rounds.ts'

interface Span {
  start: number
  end: number
}
const span = (start: number, end: number): Span => ({ start, end })

test.each([
  { what: 'nothing', calls: [], rounds: 0 },
  { what: 'one call', calls: [span(0, 10)], rounds: 1 },
  { what: 'calls side by side', calls: [span(0, 10), span(1, 11), span(2, 12)], rounds: 1 },
  { what: 'one after the other', calls: [span(0, 10), span(10, 20), span(21, 30)], rounds: 3 },
  { what: 'a long call beside two short ones', calls: [span(0, 30), span(0, 10), span(12, 22)], rounds: 2 },
  {
    what: 'three rounds, written down in another order',
    calls: [span(24, 34), span(0, 10), span(12, 22), span(1, 11), span(13, 23)],
    rounds: 3,
  },
])('the serial rounds of $what are $rounds', ({ calls, rounds }) => {
  expect(serialRounds(calls)).toBe(rounds)
})

const spans = fc.array(
  fc.record({ start: fc.nat(60), length: fc.integer({ min: 1, max: 20 }) }).map(({ start, length }) => ({
    start,
    end: start + length,
  })),
  { maxLength: 12 },
)

/** The longest chain by trying, for each call, every call that may come after it. */
function longestChain(calls: readonly Span[], after = Number.NEGATIVE_INFINITY): number {
  return Math.max(
    0,
    ...calls.filter(({ start }) => start >= after).map(({ end }) => 1 + longestChain(calls, end)),
  )
}

test('the serial rounds are the longest chain there is', () => {
  fc.assert(
    fc.property(spans, (calls) => {
      expect(serialRounds(calls)).toBe(longestChain(calls))
    }),
  )
})

test('the median is the value in the middle, and there is none of nothing', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(3)
  expect(() => median([])).toThrow()
})

test('every command on a return is given on one of the courses', () => {
  expect(commandsLeftOut()).toEqual([])
})

const call = (start: number, service: Call['service']): Call => ({
  ...{ service, operation: 'Any', role: 'r', function: 'F', start, end: start + 10, status: 200 },
})
const cost = costOf([call(0, 'dynamodb'), call(1, 'kms'), call(20, 'dynamodb')])
const bundle: BundleCost = { bundleKb: 601, importMs: 30, floorMs: 20, clients: ['any'], heaviest: [] }
const page: PageCost = {
  first: { bytes: mostBytes.first + 1, requests: 3, foreign: 1 },
  next: { bytes: mostBytes.next + 1, requests: 1, foreign: 0 },
  apiCalls: 3,
  apiMs: 20,
  ms: 30,
}
const measured: Measured = {
  commands: {
    warm: new Map(commandNames.map((name) => [name, cost])),
    cold: new Map(commandNames.map((name) => [name, cost])),
  },
  reads: { warm: new Map([['list', cost]]), cold: new Map([['list', cost]]) },
  whole: { ret: 'any', calls: [call(0, 'dynamodb')], deliveries: [call(20, 'sqs')], events: 1 },
  usd: 0.001,
  functions: new Map([['mission', bundle]]),
  pure: new Map([['plan-travel', 0.6]]),
  stack: { readyMs: 30_001, rssMb: 1001 },
  pages: new Map([['My work', page]]),
}

test('the JSON has the keys that others rely on', () => {
  const json = jsonOf(measured)
  for (const name of commandNames)
    expect(json).toHaveProperty(
      ['commands', name],
      expect.objectContaining({ calls: 3, serialRounds: 2, dynamodb: 2, kms: 1 }),
    )
  expect(json).toMatchObject({
    reads: { list: { calls: 3, serialRounds: 2 } },
    return: { calls: 2, serialRounds: 1 },
    delivery: { calls: 1 },
    functions: { mission: { bundleKb: 601, importMs: 30, floorMs: 20 } },
    pure: 0.6,
    stack: { readyMs: 30_001, rssMb: 1001 },
    pages: { 'My work': page },
  })
})

test('a target that is met is not marked, and one that is missed is', () => {
  const missed = (table: string) => table.split('missed').length - 1
  expect(missed(tableOf(measured))).toBe(9)
  const good = { ...bundle, bundleKb: 600, importMs: 28 }
  expect(
    missed(
      tableOf({
        ...measured,
        functions: new Map([['mission', good]]),
        pure: new Map([['plan-travel', 0.5]]),
        stack: { readyMs: 30_000, rssMb: 1000 },
        pages: new Map([
          [
            'My work',
            {
              ...page,
              first: { bytes: mostBytes.first, requests: 3, foreign: 0 },
              next: { bytes: mostBytes.next, requests: 1, foreign: 0 },
              apiCalls: 2,
            },
          ],
        ]),
      }),
    ),
  ).toBe(0)
})
