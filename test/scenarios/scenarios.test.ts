import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyFile } from '../../functions/trail/verify-file.ts'
import { exportAnswer } from '../../schemas/api/answers.ts'
import { daysAhead } from '../parts/days-ahead.ts'
import { type OwnStack, startRunning } from '../parts/running-stack.ts'
import { scenarios } from './index.ts'
import { sceneOn } from './scene.ts'

let running: OwnStack
let clock: ReturnType<typeof daysAhead.open>
// A stack of their own: until the Centre keeps rooms, somebody is held a place by its word, and that is told too.
beforeAll(async () => {
  clock = daysAhead.open()
  running = await startRunning({ replace: daysAhead.replace })
})
afterAll(() => running.stop())

/** What the command of a reader of an export says, who has nothing but the file. */
function verify(document: unknown) {
  const file = join(running.dataDir, 'export.json')
  writeFileSync(file, JSON.stringify(document))
  return verifyFile([file])
}

/** A text in base 64 with one byte of what it stands for changed. */
function spoiled(base64: string, at = 40): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe.each(scenarios)('$name: $title', ({ play, ends, outcome }) => {
  let ret = ''

  test('is played to its end over HTTP, refusals included', async () => {
    const said: string[] = []
    const played = await play(sceneOn(running.stack, (line) => said.push(line), clock))
    ret = played.ret
    expect(said.join('\n')).toContain('✗')
    const watcher = await running.desk('oversight')
    const seen = await watcher.see(ret)
    expect([seen.phase, seen.outcome ?? seen.phase]).toEqual([ends, outcome])
  })

  test('leaves a trail that everyone on it can take away and check', async () => {
    const { events } = await (await running.desk('oversight')).events(ret)
    const values = new Set<string>(['oversight', ...events.flatMap(({ to }) => to)])
    const posts = events.flatMap(({ type, by }) =>
      type === 'filed' || type === 'case-accepted' ? [by.party as string] : [],
    )
    // Who is there for its tasks alone, a partner or a helping post, takes nothing away: it has no export.
    const { responsible } = await (await running.desk('oversight')).see(ret)
    const isGuest = (party: string) =>
      /^partner:/.test(party) || (/^mission:/.test(party) && ![...posts, responsible].includes(party))
    const taking = running.stack.users.filter(({ party }) => values.has(party) && !isGuest(party))
    for (const { name } of taking) {
      const document = await (await running.desk(name)).export(ret)
      const { code, said } = verify(document)
      expect(said).toMatch(
        new RegExp(
          `^valid, events ${document.events.length}, sections checked ${document.sections.length}, `,
        ),
      )
      expect(code).toBe(0)
    }
  })

  test('and any byte of it that is changed is found, each kind of change by a code of its own', async () => {
    const { responsible } = await (await running.desk('oversight')).see(ret)
    const post = running.stack.users.find(({ party }) => party === responsible)?.name ?? 'istanbul'
    const whole = exportAnswer.parse(await (await running.desk(post)).export(ret))
    const [first, second, third, ...rest] = whole.events
    const [section, ...others] = whole.sections
    if (!first || !second || !third || !section) throw new Error('The export is short.')
    const changed: [number, unknown][] = [
      [13, { ...whole, events: [first, { ...second, bytes: spoiled(second.bytes, 2) }, third, ...rest] }],
      [16, { ...whole, events: [{ ...first, bytes: movedTime(first.bytes) }, second, third, ...rest] }],
      [15, { ...whole, events: [first, third, ...rest] }],
      [19, { ...whole, events: [first, { ...second, tag: spoiled(second.tag, 0) }, third, ...rest] }],
      [18, { ...whole, logKey: spoiled(whole.logKey ?? '', 0) }],
      [20, { ...whole, sections: [{ ...section, jwe: `${section.jwe.slice(0, -4)}AAAA` }, ...others] }],
    ]
    expect(verify(whole).code).toBe(0)
    expect(changed.map(([, document]) => verify(document).code)).toEqual(changed.map(([code]) => code))
  })
})

/** An event's bytes with one digit of its time changed: still canonical, still of its schema. */
function movedTime(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString()
  return Buffer.from(text.replace(/("at":"\d{3})\d/, '$11')).toString('base64')
}
