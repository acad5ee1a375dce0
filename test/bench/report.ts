import type { FunctionName } from '../../infra/function-table.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { mostBytes, mostCalls } from '../parts/weight.ts'
import type { BundleCost } from './bundles.ts'
import type { PageCost } from './pages.ts'
import type { ByContainer, ReadName, Whole } from './requests.ts'
import { type Cost, costOf } from './rounds.ts'
import type { StackCost } from './start.ts'

/** Everything that was measured. */
export interface Measured {
  commands: ByContainer<CommandName>
  reads: ByContainer<ReadName>
  whole: Whole
  usd: number
  functions: ReadonlyMap<FunctionName, BundleCost>
  pure: ReadonlyMap<CommandName, number>
  stack: StackCost
  pages: ReadonlyMap<string, PageCost>
}

/** What we aim at; a miss is marked and fails nothing. */
const targets = {
  serialRounds: 3,
  bundleKb: 600,
  importRatio: 1.4,
  pureMs: 0.5,
  readyMs: 30_000,
  rssMb: 1000,
}

/** The command that stands for all where one number is asked for: two sections, one of them derived. */
const typical = 'plan-travel'

const rounded = (value: number, digits = 0) => Number(value.toFixed(digits))

function costs<Name extends string>({ warm, cold }: ByContainer<Name>) {
  return Object.fromEntries(
    [...warm].map(([name, { services, ...cost }]) => {
      const { calls = 0, serialRounds = 0 } = cold.get(name) ?? {}
      return [name, { ...cost, ...services, cold: { calls, serialRounds } }]
    }),
  )
}

/** The measurements as JSON, under the keys that others rely on. */
export function jsonOf({ commands, reads, whole, usd, functions, pure, stack, pages }: Measured): unknown {
  const all = costOf([...whole.calls, ...whole.deliveries])
  return {
    commands: costs(commands),
    reads: costs(reads),
    return: {
      calls: all.calls,
      serialRounds: costOf(whole.calls).serialRounds,
      ...all.services,
      commandCalls: whole.calls.length,
      events: whole.events,
      estimatedUsd: rounded(usd, 6),
    },
    delivery: { calls: rounded(whole.deliveries.length / whole.events, 1) },
    functions: Object.fromEntries(
      [...functions].map(([name, { bundleKb, importMs, floorMs }]) => [
        name,
        { bundleKb: rounded(bundleKb, 1), importMs: rounded(importMs, 1), floorMs: rounded(floorMs, 1) },
      ]),
    ),
    pure: rounded(pure.get(typical) ?? Number.NaN, 3),
    pureByCommand: Object.fromEntries([...pure].map(([name, ms]) => [name, rounded(ms, 3)])),
    stack: { readyMs: rounded(stack.readyMs), rssMb: rounded(stack.rssMb) },
    pages: Object.fromEntries(
      [...pages].map(([name, { apiMs, ms, ...cost }]) => [
        name,
        { ...cost, apiMs: rounded(apiMs, 1), ms: rounded(ms, 1) },
      ]),
    ),
  }
}

/** The measurements as text, each beside its target. */
export function tableOf(measured: Measured): string {
  const { whole, functions, pure, stack, pages } = measured
  const all = costOf([...whole.calls, ...whole.deliveries])
  const ownRounds = costOf(whole.calls).serialRounds
  return [
    'AWS calls and serial rounds in a warm container; cold where it differs',
    ...grid([
      ['command', 'calls', 'rounds', 'target', 'dynamodb', 'kms', 'sqs', 'sts', 'cold'],
      ...requestRows(measured.commands, targets.serialRounds),
    ]),
    '',
    ...grid([
      ['read (IOM)', 'calls', 'rounds', '', 'dynamodb', 'kms', 'sqs', 'sts', 'cold'],
      ...requestRows(measured.reads),
    ]),
    `list: a page of ${measured.reads.warm.get('list')?.services.kms ?? 0} returns, one Decrypt for each; the longest page has 25`,
    '',
    `One return of ${whole.events} events`,
    ...grid([
      ['', 'calls', 'rounds', 'dynamodb', 'kms', 'sqs', 'sts'],
      ['its commands', ...wholeRow(costOf(whole.calls), ownRounds)],
      ['its deliveries', ...wholeRow(costOf(whole.deliveries))],
      ['both', ...wholeRow(all)],
    ]),
    `delivery of one event: ${(whole.deliveries.length / whole.events).toFixed(1)} calls`,
    `ESTIMATE at second-hand prices, without fixed costs: ${measured.usd.toFixed(5)} USD a return`,
    '',
    'Functions: bundle, and import in a new process against a bundle of its AWS clients alone',
    ...grid([
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
      ...[...functions].map(([name, cost]) => functionRow(name, cost)),
    ]),
    '',
    `Decide + seal + hash, ms (target ≤ ${targets.pureMs}; ${typical} stands for all)`,
    ...grid([...pure].map(([name, ms]) => [name, ms.toFixed(3), mark(ms <= targets.pureMs)])),
    '',
    'Pages of the desk: bytes over the wire, compressed, and requests; ms on this machine, medians',
    ...grid([
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
      ...[...pages].map(([name, cost]) => pageRow(name, cost)),
    ]),
    '',
    'The stack on this machine',
    ...grid([
      ['ready, ms', stack.readyMs.toFixed(0), `≤ ${targets.readyMs}`, mark(stack.readyMs <= targets.readyMs)],
      ['memory, MB', stack.rssMb.toFixed(0), `≤ ${targets.rssMb}`, mark(stack.rssMb <= targets.rssMb)],
    ]),
    '',
  ].join('\n')
}

const mark = (met: boolean) => (met ? '' : '✗ missed')

function requestRows<Name extends string>({ warm, cold }: ByContainer<Name>, target?: number): string[][] {
  return [...warm].map(([name, { calls, serialRounds, services }]) => {
    const other = cold.get(name)
    const differs = other && (other.calls !== calls || other.serialRounds !== serialRounds)
    return [
      name,
      String(calls),
      String(serialRounds),
      target === undefined ? '' : `≤ ${target} ${mark(serialRounds <= target)}`,
      ...Object.values(services).map(String),
      differs ? `${other.calls} in ${other.serialRounds}` : '',
    ]
  })
}

function wholeRow({ calls, services }: Cost, rounds?: number): string[] {
  return [String(calls), rounds === undefined ? '' : String(rounds), ...Object.values(services).map(String)]
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

/** Rows as lines, in columns as wide as their widest cell. */
function grid(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}
