import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { readRunning } from '../../../infra/local/disk/data-directory.ts'
import type { InjectedFault } from '../../../infra/local/edge/edge.ts'
import { userToken } from '../../../infra/local/sign-in/sign-in.ts'
import { istanbul } from '../../parts/bodies.ts'
import { type Desk, deskOf, wholeList } from '../../parts/desk.ts'
import { fileOne, type OwnStack, startRunning, until } from '../../parts/running-stack.ts'
import { bodies } from '../../parts/todays-bodies.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'acasa-restart-'))
const program = join(import.meta.dirname, '../../../infra/local/cli/start.ts')
let child: ChildProcess | undefined
let running: OwnStack | undefined
afterAll(async () => {
  child?.kill('SIGKILL')
  await running?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** What was acknowledged to somebody over HTTP, and so must never be lost. */
const acknowledged = new Map<string, number>()
const noted = (ret: string, { version }: { version: number }) => acknowledged.set(ret, version)

/** Starts the stack as `npm start` does, in a process of its own, and waits for its line. */
async function startApart(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [program, '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  started.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  await until('It did not start.', () => /^ready http/m.test(said) || started.exitCode !== null)
  expect(said).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/m)
  return started
}

async function deskApart(name: string): Promise<Desk> {
  const place = readRunning(dataDir)
  if (!place) throw new Error('It does not say where it runs.')
  const token = await userToken(place.issuer, place.clientId, name)
  return deskOf(place.url, token, { name, party: String(decodeJwt(token).party) })
}

const refusal: InjectedFault = {
  status: 400,
  body: { __type: 'com.amazon.coral.validate#ValidationException' },
}

/** `watch` evaluates every second here, and not every minute. */
const impatient = { 'functions/exchange/overdue-deliveries.ts': 'test/parts/replacements/impatient.ts' }

/** Every acknowledged event is there, its chain holds, and everyone whom it is for has it. */
async function allIsThere(stack: OwnStack): Promise<void> {
  // A kill between a delivery and the note that it is done leaves the note: the clock finds it.
  await stack.stack.tick('watch')
  await stack.settled()
  const desk = await stack.desk('iom')
  const { returns } = await desk.list()
  expect(acknowledged.size).toBeGreaterThan(0)
  for (const [ret, version] of acknowledged) {
    const verdict = verifyExport(await desk.export(ret))
    expect(verdict).toMatchObject({ kind: 'valid' })
    const { events, deliveries } = await desk.events(ret)
    expect(events.length).toBeGreaterThanOrEqual(version)
    expect(deliveries.map(({ seen }) => seen)).toEqual(Array(5).fill(events.length - 1))
    expect(returns.find((row) => row.ret === ret)?.version).toBe(events.length)
    expect((await desk.open(ret, ['identity'])).sections.length).toBeGreaterThan(0)
  }
}

test('killed while officers work, it loses nothing that it acknowledged', async () => {
  child = await startApart()
  const [mission, iom] = await Promise.all([deskApart('istanbul'), deskApart('iom')])
  const first = await fileOne(mission)
  acknowledged.set(first, 1)
  noted(first, await iom.command(first, 'acknowledge'))

  // The kill falls somewhere into these: what was answered counts, what was not may or may not be there.
  const work = [1, 2, 3].map(async () => {
    const ret = await fileOne(mission)
    acknowledged.set(ret, 1)
    for (;;) noted(ret, await iom.command(ret, 'ask', { for: istanbul, talk: { text: 'Are you there?' } }))
  })
  const ended = Promise.allSettled(work)
  const busy = () => acknowledged.size === 4 && [...acknowledged.values()].some((version) => version > 4)
  await until('Nobody works.', busy)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  expect((await ended).every(({ status }) => status === 'rejected')).toBe(true)
})

test('and, started again, it delivers what was on its way and goes on', async () => {
  let deaf = false
  running = await startRunning({
    dataDir,
    replace: impatient,
    intercept: ({ service, function: name }) =>
      deaf && service === 'dynamodb' && name === 'InboxFunction' ? refusal : undefined,
  })
  await allIsThere(running)
  const [mission, iom] = await Promise.all([running.desk('istanbul'), running.desk('iom')])
  const [first = ''] = acknowledged.keys()
  noted(first, await iom.command(first, 'accept'))

  // Stopped with everything in its queues and nothing delivered.
  deaf = true
  const late = await fileOne(mission)
  acknowledged.set(late, 1)
  noted(first, await iom.command(first, 'plan-travel', bodies['plan-travel']))
  expect(await running.stored.rows('deliveries', late)).toEqual([])
  await running.stop('keep')
  running = undefined
})

test('stopped in the middle and started once more, it delivers the rest, under the tokens of before', async () => {
  running = await startRunning({ dataDir, replace: impatient })
  await allIsThere(running)
  const [first = ''] = acknowledged.keys()
  const { phase, version } = await (await running.desk('centre')).see(first)
  expect([phase, version]).toEqual(['planned', 4])
  const again = await fileOne(await running.desk('istanbul'))
  await running.settled()
  expect((await wholeList(await running.desk('iom'))).map(({ ret }) => ret)).toContain(again)
})
