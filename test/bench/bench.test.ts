import fc from 'fast-check'
import { UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { commandNames } from '../../schemas/commands/commands.ts'
import { mostBytes, mostCalls } from '../parts/weight.ts'
import type { BundleCost } from './bundles.ts'
import { commandsLeftOut } from './course.ts'
import { type Figures, noFigures } from './figures.ts'
import { jsonOf } from './json.ts'
import { desksAt } from './officers.ts'
import type { PageCost } from './pages.ts'
import { measureParts, type Part } from './part.ts'
import { bundleLines, pageLines, pureLines, requestLines, stackLines, wholeLines } from './report.ts'
import { costOf, median, serialRounds, serviceNames } from './rounds.ts'
import { clientClassOf } from './sdk-clients.ts'

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

const call = (start: number, service: RecordedCall['service']): RecordedCall => ({
  ...{ service, operation: 'Any', role: 'r', function: 'F', start, end: start + 10, status: 200 },
})
const cost = costOf([call(0, 'dynamodb'), call(1, 'kms'), call(20, 'dynamodb')])
const bundle: BundleCost = { bundleKb: 601, importMs: 30, floorMs: 20, clients: ['any'], heaviest: [] }
const page: PageCost = {
  first: { bytes: mostBytes.first + 1, requests: 3, foreign: 1 },
  next: { bytes: mostBytes.next + 1, requests: 1, foreign: 0 },
  apiCalls: mostCalls + 1,
  apiMs: 20,
  ms: 30,
}
const figures: Figures = {
  commands: {
    warm: new Map(commandNames.map((name) => [name, cost])),
    cold: new Map(commandNames.map((name) => [name, cost])),
  },
  reads: { warm: new Map([['list', cost]]), cold: new Map([['list', cost]]) },
  whole: { calls: [call(0, 'dynamodb')], deliveries: [call(20, 'sqs')], events: 1, usd: 0.001 },
  functions: new Map([['mission', bundle]]),
  lists: new Map([[100, new Map([['work/all', { calls: 14, readBytes: 9000, answerBytes: 4000 }]])]]),
  pure: new Map([['plan-travel', 0.6]]),
  stack: { readyMs: 30_001, rssMb: 1001 },
  pages: new Map([['My work', page]]),
}

test('the JSON has the keys that others rely on', () => {
  const json = jsonOf(figures, [])
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
    failed: [],
  })
})

test('the JSON of a measurement in which everything failed names the failures, and invents no figure', () => {
  const failed = [{ part: 'pages', reason: 'no browser' }]
  expect(jsonOf(noFigures(), failed)).toEqual({
    ...{ commands: {}, reads: {}, functions: {}, pureByCommand: {}, lists: {}, pages: {} },
    failed,
  })
})

const linesOf = (measured: Figures) =>
  [pureLines, stackLines, pageLines, wholeLines, requestLines, bundleLines].flatMap((lines) =>
    lines(measured),
  )

test('a target that is met is not marked, and one that is missed is', () => {
  const missed = (measured: Figures) => linesOf(measured).join('\n').split('missed').length - 1
  expect(missed(figures)).toBe(9)
  const good = { ...bundle, bundleKb: 600, importMs: 28 }
  expect(
    missed({
      ...figures,
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
            apiCalls: mostCalls,
          },
        ],
      ]),
    }),
  ).toBe(0)
})

test('a table has a column for every service', () => {
  const [head = '', row = ''] = requestLines({ ...figures, reads: noFigures().reads }).slice(1)
  for (const service of serviceNames) {
    const column = head.indexOf(service)
    expect(column).toBeGreaterThan(0)
    expect(row.slice(column)).toMatch(service === 'dynamodb' ? /^2\b/ : service === 'kms' ? /^1\b/ : /^0\b/)
  }
})

test('where nothing was measured, no table is printed', () => {
  expect(linesOf(noFigures())).toEqual([])
})

/** Measures parts that write what their names say, and gives what a listener heard of them. */
async function heardOf(parts: readonly Part[]) {
  const heard: string[] = []
  const measured = noFigures()
  const failed = await measureParts(parts, measured, {
    begun: (part) => heard.push(`begun ${part}`),
    measured: (lines) => heard.push(...lines),
    failed: ({ part, reason }) => heard.push(`${part} failed: ${reason}`),
  })
  return { heard, failed, measured }
}
const partOf = (name: string, ms: number, error?: unknown): Part => ({
  name,
  async measure({ pure }) {
    pure.set('file', ms)
    if (error !== undefined) throw error
  },
  table: ({ pure }) => [`file ${pure.get('file')}`],
})

test('a part that fails is named, keeps what it had measured, and does not stop the others', async () => {
  const { heard, failed, measured } = await heardOf([
    partOf('first', 1),
    partOf('second', 2, new Error('no browser')),
    partOf('third', 3, { status: 409, code: 'conflict' }),
    partOf('last', 4),
  ])
  expect(heard).toEqual([
    ...['begun first', 'file 1'],
    ...['begun second', 'file 2', 'second failed: no browser'],
    ...['begun third', 'file 3', 'third failed: {"status":409,"code":"conflict"}'],
    ...['begun last', 'file 4'],
  ])
  expect(failed.map(({ part }) => part)).toEqual(['second', 'third'])
  expect(measured.pure.get('file')).toBe(4)
})

test('every AWS client that functions may hold has a class by which it is constructed', async () => {
  const clients = Object.keys(packageJson.dependencies).filter((name) => name.startsWith('@aws-sdk/client-'))
  expect(clients).toContain('@aws-sdk/client-cognito-identity-provider')
  for (const client of clients) expect(await clientClassOf(client)).toMatch(/^[A-Z]\w+Client$/)
})

test('a package that is no AWS client has no such class, and is named', async () => {
  await expect(clientClassOf('jose')).rejects.toThrow('jose exports 0 client classes')
})

test('an officer is signed in once, and anew when half of the token is over', async () => {
  const signedIn: string[] = []
  const desksWithTokensFrom = (age: number) =>
    desksAt('http://127.0.0.1', async (name) => {
      signedIn.push(name)
      const issued = Math.floor(Date.now() / 1000) - age
      return new UnsecuredJWT({ party: 'iom' })
        .setIssuedAt(issued)
        .setExpirationTime(issued + 600)
        .encode()
    })
  const fresh = desksWithTokensFrom(0)
  expect(await fresh('iom')).toBe(await fresh('iom'))
  expect(signedIn).toEqual(['iom'])
  const old = desksWithTokensFrom(301)
  expect(await old('centre')).not.toBe(await old('centre'))
  expect(signedIn).toEqual(['iom', 'centre', 'centre'])
})
