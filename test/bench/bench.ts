import '../../infra/local/cli/platform.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { full, short } from './effort.ts'
import { noFigures } from './figures.ts'
import { jsonOf } from './json.ts'
import { type Failure, measureParts } from './part.ts'
import { benchParts } from './parts.ts'

// Each part is printed as it is measured. With --json they go to standard error, and one document comes at the end.
const { values } = parseArgs({ options: { json: { type: 'boolean' }, short: { type: 'boolean' } } })
const say = (line: string) => process.stderr.write(`${line}\n`)
const print = (line: string) => (values.json ? process.stderr : process.stdout).write(`${line}\n`)

const directory = mkdtempSync(join(tmpdir(), 'acasa-bench-'))
const { parts, stop } = benchParts(values.short ? short : full, directory)
const figures = noFigures()
let current = ''
// Who ends it early gets what was measured by then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => end([{ part: current, reason: `It was ended by ${signal}.` }]))
await end(
  await measureParts(parts, figures, {
    begun(part) {
      current = part
      say(`measuring: ${part} …`)
    },
    measured(lines, seconds) {
      for (const line of lines) print(line)
      say(`took ${seconds.toFixed(0)} s`)
    },
    failed: ({ part, reason }) => say(`This could not be measured: ${part}: ${reason}`),
  }),
)

async function end(failed: readonly Failure[]): Promise<never> {
  const code = failed.length > 0 ? 1 : 0
  const document = values.json ? `${JSON.stringify(jsonOf(figures, failed), null, 2)}\n` : ''
  await new Promise<void>((resolve) => process.stdout.write(document, () => resolve()))
  await stop()
  rmSync(directory, { recursive: true, force: true })
  process.exit(code)
}
