import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { eventHash } from '../../../functions/trail/chain.ts'
import { newSectionId } from '../../../functions/trail/ids.ts'
import { verifyFile } from '../../../functions/trail/verify-file.ts'
import { newDataKey } from '../../../functions/vault/section.ts'
import { base64, exportOf, type MadeTrail, makeTrail } from '../../parts/trails.ts'

const directory = mkdtempSync(join(tmpdir(), 'acasa-verify-'))
let made: MadeTrail
beforeAll(async () => {
  made = await makeTrail(4)
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Runs the command, as `npm run verify` does, in a folder that holds nothing but the file. */
function run(...files: string[]) {
  const program = join(import.meta.dirname, '../../../functions/trail/verify-file.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...files], {
    cwd: directory,
    encoding: 'utf8',
    env: {},
  })
  return { status, stdout, stderr }
}

function fileOf(text: string): string {
  writeFileSync(join(directory, 'export.json'), text)
  return 'export.json'
}

test('a valid export ends with 0, its counts and its last hash', () => {
  const whole = exportOf(made)
  const file = fileOf(JSON.stringify({ ...whole, sections: whole.sections.slice(1) }))
  const last = eventHash(canonicalBytes(made.events[3]))
  expect(run(file)).toEqual({
    status: 0,
    stdout: `valid, events 4, sections checked 3, absent 1\nlog tags checked 4, last event ${last}\n`,
    stderr: '',
  })
})

/** The export with one event written anew, and nothing that follows from it. */
function withEvent(seq: number, change: object): unknown {
  const whole = exportOf(made)
  const bytes = base64(canonicalBytes({ ...made.events[seq], ...change }))
  return { ...whole, events: whole.events.map((row, at) => (at === seq ? { ...row, bytes } : row)) }
}

test('each flaw has an exit code of its own, and the event is named', () => {
  const whole = exportOf(made)
  const [first, second, ...rest] = whole.events
  const [section, ...sections] = whole.sections
  const spaced = base64(new TextEncoder().encode(JSON.stringify(made.events[1], null, 1)))
  const documents: [number, string, unknown][] = [
    [10, 'not-an-export', {}],
    [11, 'no-events', { ...whole, events: [] }],
    [12, 'not-canonical, event 1', { ...whole, events: [first, { ...second, bytes: spaced }, ...rest] }],
    [13, 'not-an-event, event 1', withEvent(1, { type: 'rumoured' })],
    [14, 'other-return, event 0', { ...whole, ret: `0000${whole.ret.slice(4)}` }],
    [15, 'gap, event 1', { ...whole, events: [first, ...rest] }],
    [16, 'broken-link, event 1', withEvent(0, { at: '2000-01-01T00:00:00.000Z' })],
    [17, 'time-runs-back, event 3', withEvent(3, { at: '2000-01-01T00:00:00.000Z' })],
    [18, 'wrong-log-key, event 0', { ...whole, logKey: base64(newDataKey().key) }],
    [19, 'wrong-tag, event 1', { ...whole, events: [first, { ...second, tag: first?.tag }, ...rest] }],
    [20, 'section-differs, event 0', { ...whole, sections: [{ ...section, jwe: 'x' }, ...sections] }],
    [
      21,
      'section-unnamed',
      { ...whole, sections: [...whole.sections, { sec: newSectionId(), cls: 'case', jwe: 'x' }] },
    ],
    [22, 'section-twice', { ...whole, sections: [...whole.sections, section] }],
  ]
  for (const [status, flaw, document] of documents)
    expect(run(fileOf(JSON.stringify(document)))).toEqual({
      status,
      stdout: '',
      stderr: `invalid: ${flaw}\n`,
    })
})

test.each<[string, () => string[], number, string]>([
  ['that is not there', () => ['nothing.json'], 2, 'unreadable'],
  ['that is not named', () => [], 1, 'usage'],
])('a file %s has an exit code of its own', (_, files, status, said) => {
  const result = run(...files())
  expect([result.status, result.stdout]).toEqual([status, ''])
  expect(result.stderr).toMatch(new RegExp(`^${said}`))
})

test.each<[string, () => string[], number, string]>([
  ['that is no JSON', () => [join(directory, fileOf('{"format":'))], 2, 'unreadable'],
  ['beside another', () => [join(directory, fileOf('{}')), 'more.json'], 1, 'usage'],
])('so has a file %s', (_, files, code, said) => {
  expect(verifyFile(files())).toEqual({ code, said: expect.stringMatching(new RegExp(`^${said}`)) })
})
