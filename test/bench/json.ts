import type { Figures } from './figures.ts'
import type { Failure } from './part.ts'
import type { ByContainer } from './requests.ts'
import { costOf } from './rounds.ts'

/** The command that stands for all where one number is asked for: two sections, one of them derived. */
const typical = 'plan-travel'

const rounded = (value: number, digits = 0) => Number(value.toFixed(digits))

/** The figures as JSON, under the keys that others rely on, and what failed. A figure that is missing has no key. */
export function jsonOf(figures: Figures, failed: readonly Failure[]): unknown {
  const { commands, reads, functions, pure, stack, pages, lists } = figures
  const pureMs = pure.get(typical)
  return {
    commands: costs(commands),
    reads: costs(reads),
    ...wholeOf(figures),
    functions: Object.fromEntries(
      [...functions].map(([name, { bundleKb, importMs, floorMs }]) => [
        name,
        { bundleKb: rounded(bundleKb, 1), importMs: rounded(importMs, 1), floorMs: rounded(floorMs, 1) },
      ]),
    ),
    ...(pureMs === undefined ? {} : { pure: rounded(pureMs, 3) }),
    pureByCommand: Object.fromEntries([...pure].map(([name, ms]) => [name, rounded(ms, 3)])),
    ...(stack ? { stack: { readyMs: rounded(stack.readyMs), rssMb: rounded(stack.rssMb) } } : {}),
    lists: Object.fromEntries([...lists].map(([returns, costs]) => [returns, Object.fromEntries(costs)])),
    pages: Object.fromEntries(
      [...pages].map(([name, { apiMs, ms, ...cost }]) => [
        name,
        { ...cost, apiMs: rounded(apiMs, 1), ms: rounded(ms, 1) },
      ]),
    ),
    failed,
  }
}

function costs<Name extends string>({ warm, cold }: ByContainer<Name>) {
  return Object.fromEntries(
    [...warm].map(([name, { services, ...cost }]) => {
      const other = cold.get(name)
      const { calls = 0, serialRounds = 0 } = other ?? {}
      return [name, { ...cost, ...services, ...(other ? { cold: { calls, serialRounds } } : {}) }]
    }),
  )
}

function wholeOf({ whole }: Figures) {
  if (!whole) return {}
  const all = costOf([...whole.calls, ...whole.deliveries])
  return {
    return: {
      calls: all.calls,
      serialRounds: costOf(whole.calls).serialRounds,
      ...all.services,
      commandCalls: whole.calls.length,
      events: whole.events,
      estimatedUsd: rounded(whole.usd, 6),
    },
    delivery: { calls: rounded(whole.deliveries.length / whole.events, 1) },
  }
}
