import './platform.mjs'
import { parseArgs } from 'node:util'

const usage = 'npm start -- [--port N] [--data DIR] [--fresh] [--sample]'

try {
  await run()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

async function run(): Promise<void> {
  const { port, data, fresh, sample } = flags()
  // Imported here: with an older Node, an import at the top would fail before the check above reports the version.
  const { startStack } = await import('../stack.ts')
  const { commandFor } = await import('../gateway/home-page.ts')
  const stack = await startStack({ dataDir: data, port, fresh })
  stopOnSignal(() => stack.stop())
  if (sample) {
    const { fillSample } = await import('../sample/fill-sample.ts')
    await fillSample(stack, (line) => process.stdout.write(`${line}\n`))
  }
  const elsewhere = data === '.local' ? '' : ` --data ${data}`
  const rows = stack.users.map(
    (user) => `  ${user.name.padEnd(14)} ${user.party.padEnd(13)} ${commandFor(user)}${elsewhere}`,
  )
  process.stdout.write(
    [
      `ready ${stack.url}`,
      '',
      'TRIAL: made-up people only. Nothing on this machine is protected.',
      `API      ${stack.url}/v1/`,
      `pages    ${stack.url}/desk`,
      `sign-in  ${stack.issuer}`,
      `outbox   ${stack.url}/outbox`,
      'users',
      ...rows,
      'Ctrl-C ends it.',
      '',
    ].join('\n'),
  )
}

function flags(): { port: number; data: string; fresh: boolean; sample: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4400' },
      data: { type: 'string', default: '.local' },
      fresh: { type: 'boolean', default: false },
      sample: { type: 'boolean', default: false },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${usage}: N is 0 to 65535.`)
  return { port, data: values.data, fresh: values.fresh, sample: values.sample }
}

/**
 * The first signal stops the stack in order. A second one ends the process at once; the watchdog then ends the
 * database.
 */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (stopping) process.exit(1)
      stopping = true
      process.stdout.write('stopping …\n')
      await stop()
      process.exit(0)
    })
  }
}
