import '../../infra/local/cli/platform.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startStack } from '../../infra/local/stack.ts'
import { measureBundles } from './bundles.ts'
import { functionOf, functionsOf } from './containers.ts'
import { measurePages } from './pages.ts'
import { estimateUsd, writeMeter } from './price.ts'
import { measurePure } from './pure.ts'
import { jsonOf, type Measured, tableOf } from './report.ts'
import { countRequests, countWhole, desksOn } from './requests.ts'
import { measureStart } from './start.ts'

/** Longer than a function takes to send all the calls of a round, on a busy machine too. */
const holdMs = 150

const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
const directory = mkdtempSync(join(tmpdir(), 'acasa-bench-'))
try {
  const measured = await measure()
  process.stdout.write(values.json ? `${JSON.stringify(jsonOf(measured), null, 2)}\n` : tableOf(measured))
} catch (error) {
  process.stderr.write(`This could not be measured: ${told(error)}\n`)
  process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}

/** A refusal of the API is no Error, and says most by its code. */
function told(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error)
}

async function measure(): Promise<Measured> {
  say('decide + seal + hash')
  const pure = await measurePure()
  say('start and memory of the stack')
  const stack = await measureStart(join(directory, 'start'))
  say('pages of the desk')
  const pages = await measurePages(join(directory, 'pages'))
  return { ...(await measureOnStack()), pure, stack, pages }
}

async function measureOnStack(): Promise<Omit<Measured, 'pure' | 'stack' | 'pages'>> {
  const meter = writeMeter()
  const dataDir = join(directory, 'held')
  // No clock runs: `watch` would do the relay's work a second time where it is held back.
  const stack = await startStack({
    dataDir,
    port: 0,
    quiet: true,
    holdMs,
    schedules: false,
    before: meter.before,
  })
  try {
    const desks = await desksOn(stack)
    say('a whole return')
    const whole = await countWhole(stack, holdMs, desks)
    const functions = functionsOf(stack)
    const usd = estimateUsd([...whole.calls, ...whole.deliveries], {
      requests: whole.events,
      writeUnits: meter.units(),
      functions: new Map([...functions].map(([name, spec]) => [functionOf(stack, name).id, spec])),
    })
    say('each command and each read')
    const requests = await countRequests(stack, holdMs, desks, whole.ret)
    await stack.stop()
    say('bundles and their import')
    return { ...requests, whole, usd, functions: await measureBundles(functions, directory) }
  } finally {
    await stack.stop()
  }
}

function say(what: string): void {
  process.stderr.write(`measuring: ${what} …\n`)
}
