import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  type FunctionSpec,
  type LocalFunctions,
  openFunctions,
} from '../../../infra/local/lambda/functions.ts'
import { bundledFunction } from '../parts/made-up-resources.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const directory = temporaryDirectory()
const logs = join(directory, 'logs')
let functions: LocalFunctions | undefined

function started(source: string, more?: Partial<FunctionSpec>): LocalFunctions {
  functions = openFunctions({ specs: [bundledFunction(directory, 'sample', source, more)], logs })
  return functions
}

afterEach(async () => {
  await functions?.stop()
  functions = undefined
})

const counting = `let calls = 0
export const handler = async (event) => {
  calls++
  if (event === 'throw') throw new Error('as asked')
  if (event === 'hang') return new Promise(() => {})
  if (event === 'exit') process.exit(3)
  if (event === 'later') { setTimeout(() => process.exit(4), 20); return calls }
  if (event === 'large') return 'x'.repeat(7 * 1024 * 1024)
  return calls
}`

describe('a function', () => {
  test('a function sees its own environment and nothing of the host', async () => {
    process.env.ACASA_HOST_ONLY = 'seen'
    const { invoke } = started('export const handler = async () => process.env', {
      environment: { STAGE: 'trial' },
    })
    const outcome = await invoke('sample', {}, 'Root=1-a-b')
    expect(outcome).toMatchObject({
      kind: 'answered',
      payload: { STAGE: 'trial', AWS_LAMBDA_FUNCTION_NAME: 'sample', _X_AMZN_TRACE_ID: 'Root=1-a-b' },
    })
    for (const name of ['ACASA_HOST_ONLY', 'PATH', 'HOME'])
      expect(JSON.stringify(outcome)).not.toContain(`"${name}"`)
  })

  test('a function receives from Lambda the event, the request id and the time left', async () => {
    const { invoke } = started(
      'export const handler = async (event, context) => ({ event, name: context.functionName, id: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0 })',
    )
    expect(await invoke('sample', { a: [1, null] })).toEqual({
      kind: 'answered',
      payload: {
        event: { a: [1, null] },
        name: 'sample',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        left: true,
      },
    })
  })

  test('an environment serves one invocation at a time, and two environments serve two', async () => {
    const { invoke } = started(`import { threadId } from 'node:worker_threads'
let inside = 0
export const handler = async () => {
  inside++
  await new Promise((resolve) => setTimeout(resolve, 30))
  const seen = { threadId, inside }
  inside--
  return seen
}`)
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => invoke('sample', {})))
    const threads = new Set(outcomes.map((outcome) => JSON.stringify(outcome)))
    expect(threads.size).toBe(2)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ payload: { inside: 1 } })
  })

  test.each([
    ['throw', 'error', 2],
    ['large', 'size', 2],
    ['hang', 'timeout', 1],
    ['exit', 'exit', 1],
  ])('a function that does %s fails with %s, and the next invocation works', async (event, reason, calls) => {
    const { invoke } = started(counting, { timeoutSeconds: 1 })
    expect(await invoke('sample', event)).toMatchObject({ kind: 'failed', reason })
    expect(await invoke('sample', 'count')).toEqual({ kind: 'answered', payload: calls })
  })

  test('a function whose environment ended between invocations gets a new one', async () => {
    const { invoke } = started(counting, { workers: 1 })
    await invoke('sample', 'later')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await invoke('sample', 'count')).toEqual({ kind: 'answered', payload: 1 })
  })

  test('a retired function finishes its invocation and then gets new environments', async () => {
    const { invoke, retire } = await started(counting, { workers: 2, timeoutSeconds: 1 })
    await Promise.all([invoke('sample', 'count'), invoke('sample', 'count')])
    const busy = invoke('sample', 'hang')
    await retire('sample')
    expect(await invoke('sample', 'count')).toEqual({ kind: 'answered', payload: 1 })
    expect(await busy).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })

  test('a function writes to its own log, errors included', async () => {
    const { invoke } = started(
      'export const handler = async () => { console.log("a line"); throw new Error("as asked") }',
    )
    await invoke('sample', {})
    await functions?.stop()
    const log = readFileSync(join(logs, 'sample.log'), 'utf8')
    expect(log).toContain('a line')
    expect(log).toContain('as asked')
  })

  test('a function is loaded once, by its first call or with all others', async () => {
    const { invoke, load } = started(`import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(join(directory, 'loaded'))}, 'x', { flag: 'a' })
export const handler = async () => 'called'`)
    const loads = () => readFileSync(join(directory, 'loaded'), { encoding: 'utf8', flag: 'a+' }).length
    expect(loads()).toBe(0)
    expect(await invoke('sample', {})).toEqual({ kind: 'answered', payload: 'called' })
    await load()
    expect(loads()).toBe(1)
  })

  test('a function is not invoked with a larger event than Lambda accepts', async () => {
    const { invoke } = started(counting)
    expect(await invoke('sample', 'x'.repeat(7 * 1024 * 1024))).toMatchObject({
      kind: 'failed',
      reason: 'size',
    })
  })
})

test.each([
  ['throws while it loads', 'throw new Error("cannot load")'],
  ['is not there', undefined],
  ['exports no handler', 'export const other = 1'],
])(
  'a function whose bundle %s fails at its first call, and is named when all are loaded',
  async (_why, source) => {
    const more = source === undefined ? { bundle: join(directory, 'nowhere.mjs') } : {}
    const { invoke, load } = started(source ?? '', more)
    const message = expect.stringMatching(/Function sample does not load: .* See .*sample\.log/)
    expect(await invoke('sample', {})).toEqual({ kind: 'failed', reason: 'exit', message })
    await expect(load()).rejects.toThrow(/Function sample does not load/)
  },
)
