import '../../infra/local/cli/platform.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { full, short } from './effort.ts'
import { noFigures } from './figures.ts'
import { jsonOf } from './json.ts'
import { measureParts } from './part.ts'
import { benchParts } from './parts.ts'

// Each part is printed as it is measured. With --json they go to standard error, and one document comes at the end.
const { values } = parseArgs({ options: { json: { type: 'boolean' }, short: { type: 'boolean' } } })
const say = (line: string) => process.stderr.write(`${line}\n`)
const print = (line: string) => (values.json ? process.stderr : process.stdout).write(`${line}\n`)

const directory = mkdtempSync(join(tmpdir(), 'acasa-bench-'))
const { parts, stop } = benchParts(values.short ? short : full, directory)
try {
  const figures = noFigures()
  const failed = await measureParts(parts, figures, {
    begun: (part) => say(`measuring: ${part} …`),
    measured(lines, seconds) {
      for (const line of lines) print(line)
      say(`took ${seconds.toFixed(0)} s`)
    },
    failed: ({ part, reason }) => say(`This could not be measured: ${part}: ${reason}`),
  })
  if (values.json) process.stdout.write(`${JSON.stringify(jsonOf(figures, failed), null, 2)}\n`)
  if (failed.length > 0) process.exitCode = 1
} finally {
  await stop()
  rmSync(directory, { recursive: true, force: true })
}
