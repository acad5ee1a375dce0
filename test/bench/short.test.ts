import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { functionNames } from '../../infra/function-table.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { commandNames } from '../../schemas/commands/commands.ts'
import { short } from './effort.ts'
import { listRequests } from './lists.ts'
import { readNames } from './requests.ts'
import { rowOf } from './weighed-screens.ts'

/** Three stacks and a browser, on a machine that does other things too. */
const patienceMs = 1_200_000

/** Runs the short form of the bench as `npm run bench` would; `meanwhile` may do something to it. */
async function runShort(meanwhile: (bench: ChildProcess, progress: string) => void = () => {}) {
  const [, ...flags] = packageJson.scripts.bench.split(' ')
  const bench = spawn(process.execPath, [...flags, '--short', '--json'], {
    cwd: resolve(import.meta.dirname, '../..'),
  })
  let progress = ''
  bench.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    progress += chunk
    meanwhile(bench, progress)
  })
  const [output, [code]] = await Promise.all([text(bench.stdout), once(bench, 'close')])
  return { code, progress, figures: JSON.parse(output) }
}

test(
  'the bench measures all of its parts: its short form has every row that it should have',
  async () => {
    const { code, progress, figures } = await runShort()
    expect([code, progress, figures.failed]).toEqual([
      0,
      expect.not.stringContaining('could not be measured'),
      [],
    ])
    expect(Object.keys(figures.commands).toSorted()).toEqual(commandNames.toSorted())
    expect(Object.keys(figures.reads)).toEqual(readNames)
    expect(Object.keys(figures.functions)).toEqual(functionNames)
    expect(Object.keys(figures.pages).toSorted()).toEqual(short.screens.map(rowOf).toSorted())
    for (const costs of Object.values(figures.lists))
      expect(Object.keys(costs as object)).toEqual(listRequests)
    expect(Object.keys(figures.lists)).toEqual(short.listed.map(String))
    expect(figures).toMatchObject({
      return: { events: expect.any(Number), estimatedUsd: expect.any(Number) },
      delivery: { calls: expect.any(Number) },
      pure: expect.any(Number),
      stack: { readyMs: expect.any(Number), rssMb: expect.any(Number) },
    })
  },
  patienceMs,
)

test(
  'a bench that is ended early prints what it has measured, and names the part that it was in',
  async () => {
    const { code, figures } = await runShort((bench, progress) => {
      if (progress.includes('pages of the desk')) bench.kill('SIGTERM')
    })
    expect(code).toBe(1)
    expect(figures.failed).toEqual([{ part: 'pages of the desk', reason: 'It was ended by SIGTERM.' }])
    expect(figures.pure).toEqual(expect.any(Number))
    expect(figures).not.toHaveProperty('stack')
  },
  patienceMs,
)
