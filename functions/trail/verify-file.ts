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

/** What the command says, and with which code it ends. */
export interface Verified {
  code: number
  said: string
}

/** Checks the export in a file: what `npm run verify` does, without ending the process. */
export function verifyFile(files: readonly string[]): Verified {
  const [file] = files
  if (file === undefined || files.length > 1) return { code: 1, said: 'usage: npm run verify -- FILE\n' }
  const document = readJson(file)
  if (!document) return { code: 2, said: 'unreadable: the file is missing, or is not JSON\n' }
  const verdict = verifyExport(document.value)
  if (verdict.kind === 'invalid') {
    const where = verdict.seq === undefined ? '' : `, event ${verdict.seq}`
    return { code: exitCode[verdict.flaw], said: `invalid: ${verdict.flaw}${where}\n` }
  }
  const { events, checked, absent, tags, lastHash } = verdict
  const counts = `valid, events ${events}, sections checked ${checked}, absent ${absent}\n`
  return { code: 0, said: `${counts}log tags checked ${tags}, last event ${lastHash}\n` }
}

function readJson(file: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) }
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const { code, said } = verifyFile(process.argv.slice(2))
  const stream = code === 0 ? process.stdout : process.stderr
  stream.write(said)
  process.exitCode = code
}
