import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { functionNames } from '../../infra/function-table.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { commandNames } from '../../schemas/commands/commands.ts'
import { short } from './effort.ts'
import { rowOf } from './weighed-screens.ts'

/** Three stacks and a browser on a machine that does other things too. */
const patienceMs = 600_000

test('the bench measures all of its parts: its short form has every row that it should have', {
  timeout: patienceMs,
}, async () => {
  const [, ...flags] = packageJson.scripts.bench.split(' ')
  const child = spawn(process.execPath, [...flags, '--short', '--json'], {
    cwd: resolve(import.meta.dirname, '../..'),
  })
  const [output, progress, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  expect([code, progress]).toEqual([0, expect.not.stringContaining('could not be measured')])
  const figures = JSON.parse(output)
  expect(figures.failed).toEqual([])
  expect(Object.keys(figures.commands).toSorted()).toEqual(commandNames.toSorted())
  expect(Object.keys(figures.reads)).toEqual(['list', 'view', 'open', 'events', 'export'])
  expect(Object.keys(figures.functions)).toEqual(functionNames)
  expect(Object.keys(figures.pages).toSorted()).toEqual(short.screens.map(rowOf).toSorted())
  expect(figures).toMatchObject({
    return: { events: expect.any(Number), estimatedUsd: expect.any(Number) },
    delivery: { calls: expect.any(Number) },
    pure: expect.any(Number),
    stack: { readyMs: expect.any(Number), rssMb: expect.any(Number) },
  })
})
