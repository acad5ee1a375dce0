import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { functionNames } from '../../infra/function-table.ts'
import { openDataDirectory, readRunning } from '../../infra/local/disk/data-directory.ts'
import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import { userToken } from '../../infra/local/sign-in/sign-in.ts'
import { type LocalStack, startStack } from '../../infra/local/stack.ts'
import { temporaryDirectory } from './parts/temporary-directory.ts'

const directory = temporaryDirectory()

/** A start takes five seconds on an idle machine, and far longer beside other tests. */
const patient = { timeout: 120_000 }
const spawned = new Set<ChildProcess>()
afterEach(() => {
  for (const child of spawned) child.kill('SIGKILL')
  spawned.clear()
})

describe('the local stack', () => {
  let stack: LocalStack
  beforeAll(async () => {
    stack = await startStack({ dataDir: directory, port: 0, quiet: true })
  })
  afterAll(() => stack.stop())

  test('each seeded user signs in and lists the returns', async () => {
    expect(stack.users.map(({ name }) => name)).toEqual([
      'istanbul',
      'istanbul-duty',
      'istanbul-administrator',
      'rome',
      'rome-duty',
      'madrid',
      'kyiv',
      'ankara',
      'warsaw',
      'milan',
      'london',
      'berlin',
      'prague',
      'lisbon',
      'athens',
      'bucharest',
      'moscow',
      'tel-aviv',
      'consular',
      'consular-administrator',
      'iom',
      'iom-duty',
      'iom-administrator',
      'centre',
      'centre-administrator',
      'ministry',
      'ministry-administrator',
      'guardianship',
      'guardianship-administrator',
      'registry',
      'la-strada',
      'hotline',
      'interaction',
      'oversight',
      'oversight-administrator',
    ])
    for (const { name, party } of stack.users) {
      const headers = { authorization: `Bearer ${await stack.signIn(name)}` }
      const response = await fetch(`${stack.url}/v1/${party.split(':')[0]}/returns`, { headers })
      expect([name, response.status]).toEqual([name, 200])
    }
  })

  test('a machine gets the scope of its party and no other', async () => {
    const headers = { authorization: `Bearer ${await stack.machineToken('iom-system')}` }
    expect((await fetch(`${stack.url}/v1/iom/returns`, { headers })).status).toBe(200)
    expect((await fetch(`${stack.url}/v1/centre/returns`, { headers })).status).toBe(403)
  })

  test('every response of the stack says TRIAL', async () => {
    for (const path of ['/', '/sign-in', '/openapi.json', '/v1/iom/returns', '/nowhere']) {
      const { headers } = await fetch(`${stack.url}${path}`)
      expect([path, headers.get('acasa-stage')]).toEqual([path, 'TRIAL'])
    }
  })

  test('the page at / lists everything that the template declares', async () => {
    const html = await (await fetch(stack.url)).text()
    const { template } = stack
    for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable']) {
      for (const { logicalId } of template.ofType(type)) expect(html).toContain(template.nameOf(logicalId))
    }
    for (const { properties } of template.ofType('AWS::ApiGatewayV2::Route')) {
      expect(html).toContain(String(properties.RouteKey))
    }
    for (const { name } of stack.users) expect(html).toContain(`npm run as -- ${name}`)
  })

  test('the stack loads every function', async () => {
    expect(stack.functions.specs.length).toBe(functionNames.length)
    await stack.functions.load()
  })

  test('a test runs a scheduled function by a tick', async () => {
    await expect(stack.tick('watch')).resolves.toBeUndefined()
    await expect(stack.tick('mission')).rejects.toThrow(/No clock/)
  })

  test('the stack listens on this machine only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address
    for (const url of [stack.url, stack.edge.url, stack.sqsUrl, stack.dynamodbUrl]) {
      expect(new URL(url).hostname).toBe('127.0.0.1')
      if (outside) await expect(fetch(url.replace('127.0.0.1', outside))).rejects.toThrow()
    }
  })

  test('dynoxide finds stream records by an index', () => {
    const database = new DatabaseSync(join(directory, 'dynamodb', 'tables.db'), { readOnly: true })
    const plan = (condition: string) =>
      JSON.stringify(
        database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM _stream_records WHERE ${condition}`).all(),
      )
    const number = 'CAST(sequence_number AS INTEGER) > 1'
    expect(plan(`table_name = 't' AND ${number}`)).toContain('acasa_stream_by_table')
    expect(plan(`table_name = 't' AND shard_id = 's' AND ${number}`)).toContain('acasa_stream_by_shard')
    database.close()
  })

  test('the stack has its data directory for itself', async () => {
    const second = startStack({ dataDir: directory, port: 0, quiet: true, fresh: true })
    await expect(second).rejects.toThrow(`is in use by a running stack at ${stack.url}`)
    expect(await stack.signIn('iom')).toBeTruthy()
  })
})

describe('npm start', () => {
  test('npm start keeps filed returns over kill -9, runs beside another stack, and leaves no process behind', {
    timeout: 400_000,
  }, async () => {
    const [data, other] = [temporaryDirectory(), temporaryDirectory()]
    const killed = await npmStart('--port', '0', '--data', data)
    const ret = await file(data)
    await expect.poll(() => listed(data, 'iom'), patient).toContain(ret)
    expect(childrenOn(data)).not.toEqual([])
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    await expect.poll(() => childrenOn(data), patient).toEqual([])

    const first = await npmStart('--port', '0', '--data', data)
    expect(await listed(data, 'istanbul')).toContain(ret)
    expect(await listed(data, 'iom')).toContain(ret)

    const port = new URL(first.url).port
    const second = await npmStart('--port', port, '--data', other)
    expect(Number(new URL(second.url).port)).toBeGreaterThan(Number(port))
    expect(second.output()).toContain(`npm run as -- istanbul file --data ${other}`)
    expect(await listed(other, 'istanbul')).not.toContain(ret)

    const exits = [first, second].map(({ child }) => once(child, 'exit'))
    first.child.kill('SIGINT')
    second.child.kill('SIGTERM')
    expect(await Promise.all(exits)).toEqual([
      [0, null],
      [0, null],
    ])
    expect([...childrenOn(data), ...childrenOn(other)]).toEqual([])
    expect(readRunning(data)).toBeUndefined()
  })

  test.each([
    ['a malformed port', ['--port', 'x'], /--port/],
    ['an unknown flag', ['--frsh'], /--frsh/],
  ])('npm start refuses %s in one line', async (_what, flags, message) => {
    const { code, output } = await ended(spawnNode(['infra/local/cli/start.ts', ...flags]))
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toMatch(message)
  })

  test.each([
    [
      'an older Node',
      'Object.defineProperty(process, "versions", { value: { node: "20.1.0" } })',
      /Run npm ci/,
    ],
    ['another system', 'Object.defineProperty(process, "platform", { value: "darwin" })', /Linux x64/],
    ['another processor', 'Object.defineProperty(process, "arch", { value: "arm64" })', /Linux x64/],
  ])('npm start stops on %s, and says in one line what to do', async (_what, pretend, cure) => {
    const check = [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      '--import',
      './infra/local/cli/platform.mjs',
    ]
    const { code, output } = await ended(spawnNode([...check, 'infra/local/cli/start.ts']))
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toMatch(cure)
  })
})

test('--fresh removes only its own entries', () => {
  const top = temporaryDirectory()
  for (const name of ['issuer.json', 'letters.txt']) writeFileSync(join(top, name), '')
  openDataDirectory(top, true).release()
  expect(readdirSync(top)).toContain('letters.txt')
  expect(readdirSync(top)).not.toContain('issuer.json')
})

function spawnNode(parameters: string[]): ChildProcess {
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'pipe'] })
  spawned.add(child)
  return child
}

function collected(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)))
  return () => text
}

async function ended(child: ChildProcess): Promise<{ code: number; output: string }> {
  const output = collected(child)
  const [code] = await once(child, 'close')
  return { code, output: output() }
}

/** Runs the command behind `npm start` until it is ready. */
async function npmStart(...flags: string[]) {
  const child = spawnNode([
    '--import',
    './infra/local/cli/platform.mjs',
    'infra/local/cli/start.ts',
    ...flags,
  ])
  const output = collected(child)
  while (!output().includes('Ctrl-C ends it.')) {
    if (child.exitCode !== null) throw new Error(output())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { child, output, url: /^ready (.*)$/m.exec(output())?.[1] ?? '' }
}

async function signedIn(data: string, user: string) {
  const running = readRunning(data)
  if (!running) throw new Error('Nothing runs.')
  const token = await userToken(running.issuer, running.clientId, user)
  return { url: `${running.url}/v1`, headers: { authorization: `Bearer ${token}` } }
}

async function file(data: string): Promise<string> {
  const { url, headers } = await signedIn(data, 'istanbul')
  const response = await fetch(`${url}/mission/requests`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(sampleRequest()),
  })
  const text = await response.text()
  const ret = /"ret":"(\w{30})"/.exec(text)?.[1]
  if (!ret) throw new Error(`The request was answered ${response.status} ${text}`)
  return ret
}

async function listed(data: string, user: string): Promise<string> {
  const { url, headers } = await signedIn(data, user)
  const kind = user === 'istanbul' ? 'mission' : user
  return (await fetch(`${url}/${kind}/returns`, { headers })).text()
}

/** Processes whose command names a data directory, without the stack itself. */
function childrenOn(data: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return ''
      }
    })
    .filter((command) => command.includes(data) && !command.includes('start.ts'))
}
