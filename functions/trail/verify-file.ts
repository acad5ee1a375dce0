import { readFileSync } from 'node:fs'
import { type Flaw, verifyExport } from './verify.ts'

/** Exit codes: 0 valid, 1 asked wrongly, 2 the file cannot be read as JSON, then one for each flaw. */
const exitCode = {
  'not-an-export': 10,
  'no-events': 11,
  'not-canonical': 12,
  'not-an-event': 13,
  'other-return': 14,
  gap: 15,
  'broken-link': 16,
  'time-runs-back': 17,
  'wrong-log-key': 18,
  'wrong-tag': 19,
  'section-differs': 20,
  'section-unnamed': 21,
  'section-twice': 22,
} as const satisfies Record<Flaw, number>

function main(files: readonly string[]): number {
  const [file] = files
  if (file === undefined || files.length > 1) {
    process.stderr.write('usage: npm run verify -- FILE\n')
    return 1
  }
  const document = readJson(file)
  if (!document) {
    process.stderr.write('unreadable: the file is missing, or is not JSON\n')
    return 2
  }
  const verdict = verifyExport(document.value)
  if (verdict.kind === 'invalid') {
    const where = verdict.seq === undefined ? '' : `, event ${verdict.seq}`
    process.stderr.write(`invalid: ${verdict.flaw}${where}\n`)
    return exitCode[verdict.flaw]
  }
  const { events, checked, absent, tags, lastHash } = verdict
  process.stdout.write(`valid, events ${events}, sections checked ${checked}, absent ${absent}\n`)
  process.stdout.write(`log tags checked ${tags}, last event ${lastHash}\n`)
  return 0
}

function readJson(file: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) }
  } catch {
    return undefined
  }
}

process.exitCode = main(process.argv.slice(2))
