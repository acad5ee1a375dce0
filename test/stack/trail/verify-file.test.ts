import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { eventHash } from '../../../functions/trail/chain.ts'
import { exportOf, type MadeTrail, makeTrail } from '../../parts/trails.ts'

const directory = mkdtempSync(join(tmpdir(), 'acasa-verify-'))
let made: MadeTrail
beforeAll(async () => {
  made = await makeTrail(4)
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Runs the command, as `npm run verify` does, in a folder that holds nothing but the file. */
function verify(...files: string[]) {
  const program = join(import.meta.dirname, '../../../functions/trail/verify-file.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...files], {
    cwd: directory,
    encoding: 'utf8',
    env: {},
  })
  return { status, said: stdout + stderr }
}

function fileOf(text: string): string {
  writeFileSync(join(directory, 'export.json'), text)
  return 'export.json'
}

test('a valid export ends with 0, its counts and its last hash', () => {
  const whole = exportOf(made)
  const file = fileOf(JSON.stringify({ ...whole, sections: whole.sections.slice(1) }))
  const last = eventHash(canonicalBytes(made.events[3]))
  expect(verify(file)).toEqual({
    status: 0,
    said: `valid, events 4, sections checked 3, absent 1\nlog tags checked 4, last event ${last}\n`,
  })
})

test('each flaw has an exit code of its own, and the event is named', () => {
  const whole = exportOf(made)
  const [first, second, ...rest] = whole.events
  const documents: [string, unknown][] = [
    ['not-an-export', {}],
    ['no-events', { ...whole, events: [] }],
    ['gap, event 1', { ...whole, events: [first, ...rest] }],
    ['other-return, event 0', { ...whole, ret: `0000${whole.ret.slice(4)}` }],
    ['wrong-tag, event 1', { ...whole, events: [first, { ...second, tag: first?.tag }, ...rest] }],
    ['section-twice', { ...whole, sections: [...whole.sections, whole.sections[0]] }],
  ]
  const codes = documents.map(([flaw, document]) => {
    const { status, said } = verify(fileOf(JSON.stringify(document)))
    expect(said).toBe(`invalid: ${flaw}\n`)
    return status
  })
  expect(codes).toEqual([10, 11, 15, 14, 19, 22])
})

test.each<[string, () => string[], number, string]>([
  ['that is not there', () => ['nothing.json'], 2, 'unreadable'],
  ['that is no JSON', () => [fileOf('{"format":')], 2, 'unreadable'],
  ['that is not named', () => [], 1, 'usage'],
  ['beside another', () => [fileOf('{}'), 'more.json'], 1, 'usage'],
])('a file %s has an exit code of its own', (_, files, status, said) => {
  const result = verify(...files())
  expect(result.status).toBe(status)
  expect(result.said).toMatch(new RegExp(`^${said}`))
})
