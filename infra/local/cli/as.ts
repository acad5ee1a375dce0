import './platform.mjs'
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { decodeJwt } from 'jose'
import { readRunning } from '../disk/data-directory.ts'
import { sampleRequest } from '../sample/sample-request.ts'
import { userToken } from '../sign-in/sign-in.ts'

const usage = 'npm run as -- USER file|list|token [--data DIR]'

try {
  await run()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

/** Signs in to the running stack as a seeded user, and performs one action. */
async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string', default: '.local' } },
  })
  const [user, action] = positionals
  if (!user || !action) throw new Error(usage)
  const running = readRunning(values.data)
  if (!running) throw new Error(`No stack runs on ${values.data}. Start one with npm start.`)
  const token = await userToken(running.issuer, running.clientId, user)
  const kind = String(decodeJwt(token).party).split(':')[0]
  switch (action) {
    case 'token':
      process.stdout.write(`${token}\n`)
      return
    case 'list':
      return show(await fetch(`${running.url}/v1/${kind}/returns`, { headers: headersWith(token) }))
    case 'file': {
      const headers = { ...headersWith(token), 'idempotency-key': randomUUID() }
      const body = JSON.stringify(sampleRequest())
      return show(await fetch(`${running.url}/v1/${kind}/requests`, { method: 'POST', headers, body }))
    }
    default:
      throw new Error(usage)
  }
}

function headersWith(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

async function show(response: Response): Promise<void> {
  const body: unknown = await response.json()
  process.stdout.write(
    `${response.status} ${new URL(response.url).pathname}\n${JSON.stringify(body, null, 2)}\n`,
  )
  if (!response.ok) process.exitCode = 1
}
