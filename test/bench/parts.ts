import { join } from 'node:path'
import { startStack } from '../../infra/local/stack.ts'
import { measureBundles } from './bundles.ts'
import { callCounter, functionOf, functionsOf } from './containers.ts'
import type { Effort } from './effort.ts'
import { measureLists } from './lists.ts'
import { desksAt } from './officers.ts'
import { measurePages } from './pages.ts'
import type { Part } from './part.ts'
import { estimateUsd, type WriteMeter, writeMeter } from './price.ts'
import { measurePure } from './pure.ts'
import {
  bundleLines,
  listLines,
  pageLines,
  pureLines,
  requestLines,
  stackLines,
  wholeLines,
} from './report.ts'
import { type Counting, countRequests, countWhole } from './requests.ts'
import { measureStart } from './start.ts'

/** All that the bench measures, in its order; `directory` takes what it writes. `stop` ends what still runs. */
export function benchParts(effort: Effort, directory: string): { parts: Part[]; stop: () => Promise<void> } {
  const counted = countedStack(join(directory, 'counted'))
  const parts: Part[] = [
    {
      name: 'decide + seal + hash',
      measure: ({ pure }) => measurePure(effort.pureRuns, pure),
      table: pureLines,
    },
    {
      name: 'pages of the desk',
      measure: ({ pages }) => measurePages(join(directory, 'pages'), effort, pages),
      table: pageLines,
    },
    {
      name: 'start and memory of the stack',
      async measure(figures) {
        figures.stack = await measureStart(join(directory, 'start'), effort.startCourse)
      },
      table: stackLines,
    },
    {
      name: 'a whole return',
      async measure(figures) {
        const { counting, meter } = await counted.running()
        const whole = await countWhole(counting)
        const functions = [...functionsOf(counting.stack)]
        const usd = estimateUsd([...whole.calls, ...whole.deliveries], {
          requests: whole.events,
          writeUnits: meter.units(),
          functions: new Map(functions.map(([name, spec]) => [functionOf(counting.stack, name).id, spec])),
        })
        figures.whole = { ...whole, usd }
      },
      table: wholeLines,
    },
    {
      name: 'each command and each read',
      async measure(figures) {
        const { counting } = await counted.running()
        await countRequests(counting, effort.renewed, figures)
      },
      table: requestLines,
    },
    {
      name: 'lists of a party with many returns',
      async measure({ lists }) {
        const { counting } = await counted.running()
        await measureLists(counting, effort.listed, lists)
      },
      table: listLines,
    },
    {
      name: 'bundles and their import',
      async measure({ functions }) {
        const { counting } = await counted.running()
        const bundles = functionsOf(counting.stack)
        // A stack polls its queues, and that would fall on the times.
        await counted.stop()
        await measureBundles(bundles, { directory, imports: effort.imports }, functions)
      },
      table: bundleLines,
    },
  ]
  return { parts, stop: counted.stop }
}

/** The stack on which calls are counted: started by the first part that needs it, for all of them. */
function countedStack(dataDir: string) {
  const meter = writeMeter()
  const counter = callCounter()
  const start = async (): Promise<{ counting: Counting; meter: WriteMeter }> => {
    // No clock runs: what it starts would be counted with a request.
    const options = { dataDir, port: 0, quiet: true, schedules: false }
    const stack = await startStack({ ...options, hold: counter.hold, intercept: meter.before })
    return { counting: { stack, desks: desksAt(stack.url, stack.signIn), counter }, meter }
  }
  let starting: ReturnType<typeof start> | undefined
  return {
    running() {
      starting ??= start()
      return starting
    },
    async stop() {
      const running = await starting?.catch(() => undefined)
      await running?.counting.stack.stop()
    },
  }
}
