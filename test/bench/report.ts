import { mostBytes, mostCalls } from '../parts/weight.ts'
import type { BundleCost } from './bundles.ts'
import type { Figures } from './figures.ts'
import type { PageCost } from './pages.ts'
import type { ByContainer } from './requests.ts'
import { type Cost, costOf, serviceNames } from './rounds.ts'

/** What we aim at; a miss is marked and fails nothing. */
const targets = {
  serialRounds: 3,
  bundleKb: 600,
  importRatio: 1.4,
  pureMs: 0.5,
  readyMs: 30_000,
  rssMb: 1000,
}

const mark = (met: boolean) => (met ? '' : '✗ missed')

/** A title and rows, or nothing where there are no rows. */
function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [title, ...grid([head, ...rows]), '']
}

export function requestLines({ commands, reads }: Figures): string[] {
  const list = reads.warm.get('list')
  return [
    ...section(
      'Commands: AWS calls and serial rounds in a warm container; cold where it differs',
      ['command', 'calls', 'rounds', 'target', ...serviceNames, 'cold'],
      requestRows(commands, targets.serialRounds),
    ),
    ...section(
      'Reads of IOM, likewise',
      ['read', 'calls', 'rounds', 'target', ...serviceNames, 'cold'],
      requestRows(reads),
    ),
    ...(list
      ? [`list: a page of ${list.services.kms} returns, one Decrypt for each; the longest page has 25`, '']
      : []),
  ]
}

function requestRows<Name extends string>({ warm, cold }: ByContainer<Name>, target?: number): string[][] {
  return [...warm].map(([name, { calls, serialRounds, services }]) => {
    const other = cold.get(name)
    const differs = other && (other.calls !== calls || other.serialRounds !== serialRounds)
    return [
      name,
      String(calls),
      String(serialRounds),
      target === undefined ? '' : `≤ ${target} ${mark(serialRounds <= target)}`,
      ...serviceNames.map((service) => String(services[service])),
      differs ? `${other.calls} in ${other.serialRounds}` : '',
    ]
  })
}

/** What a page of lists costs, by how many returns the party has. */
export function listLines({ lists }: Figures): string[] {
  return section(
    'Lists of a party: AWS calls, kB that they read and kB of the answer, by its number of returns; labels not counted',
    ['request', 'returns', 'calls', 'read', 'answer'],
    [...lists].flatMap(([returns, costs]) =>
      [...costs].map(([request, { calls, readBytes, answerBytes }]) => [
        request,
        String(returns),
        String(calls),
        (readBytes / 1000).toFixed(1),
        (answerBytes / 1000).toFixed(1),
      ]),
    ),
  )
}

export function wholeLines({ whole }: Figures): string[] {
  if (!whole) return []
  const row = ({ calls, services }: Cost, rounds = '') => [
    String(calls),
    rounds,
    ...serviceNames.map((service) => String(services[service])),
  ]
  const ofCommands = costOf(whole.calls)
  return [
    `One return of ${whole.events} events`,
    ...grid([
      ['', 'calls', 'rounds', ...serviceNames],
      ['its commands', ...row(ofCommands, String(ofCommands.serialRounds))],
      ['its deliveries', ...row(costOf(whole.deliveries))],
      ['both', ...row(costOf([...whole.calls, ...whole.deliveries]))],
    ]),
    `delivery of one event: ${(whole.deliveries.length / whole.events).toFixed(1)} calls`,
    `ESTIMATE at second-hand prices, without fixed costs: ${whole.usd.toFixed(5)} USD a return`,
    '',
  ]
}

export function bundleLines({ functions }: Figures): string[] {
  return section(
    'Functions: bundle, and import in a new process against a bundle of its AWS clients alone',
    [
      'function',
      'kB',
      `≤ ${targets.bundleKb}`,
      'import ms',
      'floor ms',
      'ratio',
      `≤ ${targets.importRatio}`,
      'most of it, kB',
    ],
    [...functions].map(([name, cost]) => functionRow(name, cost)),
  )
}

function functionRow(name: string, { bundleKb, importMs, floorMs, clients, heaviest }: BundleCost): string[] {
  const ratio = importMs / floorMs
  return [
    name,
    bundleKb.toFixed(0),
    mark(bundleKb <= targets.bundleKb),
    importMs.toFixed(0),
    floorMs.toFixed(0),
    ratio.toFixed(2),
    // Without a client the floor is an empty module, and any code at all is several times that.
    clients.length > 0 ? mark(ratio <= targets.importRatio) : 'no client',
    heaviest.map(({ what, kb }) => `${what} ${kb.toFixed(0)}`).join(', '),
  ]
}

export function pureLines({ pure }: Figures): string[] {
  return section(
    'Decide + seal + hash, without AWS',
    ['command', 'ms', `≤ ${targets.pureMs}`],
    [...pure].map(([name, ms]) => [name, ms.toFixed(3), mark(ms <= targets.pureMs)]),
  )
}

export function pageLines({ pages }: Figures): string[] {
  return section(
    'Pages of the desk: bytes over the wire, compressed, and requests; ms on this machine, medians',
    [
      'page',
      'first visit',
      `≤ ${mostBytes.first}`,
      'requests',
      'next',
      `≤ ${mostBytes.next}`,
      'requests',
      'elsewhere',
      'API calls',
      `≤ ${mostCalls}`,
      'API ms',
      'page ms',
    ],
    [...pages].map(([name, cost]) => pageRow(name, cost)),
  )
}

function pageRow(name: string, { first, next, apiCalls, apiMs, ms }: PageCost): string[] {
  const foreign = first.foreign + next.foreign
  return [
    name,
    String(first.bytes),
    mark(first.bytes <= mostBytes.first),
    String(first.requests),
    String(next.bytes),
    mark(next.bytes <= mostBytes.next),
    String(next.requests),
    foreign === 0 ? '0' : `${foreign} ${mark(false)}`,
    String(apiCalls),
    mark(apiCalls <= mostCalls),
    apiMs.toFixed(0),
    ms.toFixed(0),
  ]
}

export function stackLines({ stack }: Figures): string[] {
  if (!stack) return []
  const { readyMs, rssMb } = stack
  return section(
    'The stack on this machine',
    ['', '', 'target', ''],
    [
      ['ready, ms', readyMs.toFixed(0), `≤ ${targets.readyMs}`, mark(readyMs <= targets.readyMs)],
      ['memory, MB', rssMb.toFixed(0), `≤ ${targets.rssMb}`, mark(rssMb <= targets.rssMb)],
    ],
  )
}

/** Rows as lines, in columns as wide as their widest cell. */
function grid(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}
