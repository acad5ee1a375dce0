import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { referenceOf } from '../../functions/trail/ids.ts'
import { verifyFile } from '../../functions/trail/verify-file.ts'
import { startStack } from '../../infra/local/stack.ts'
import { daysAhead } from '../parts/days-ahead.ts'
import { scenarios } from './index.ts'
import { sceneOn } from './scene.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'boolean' } } })
if (values.list) for (const { name, title } of scenarios) say(`${name.padEnd(12)} ${title}`)
else process.exitCode = await play(positionals[0] ?? 'istanbul')

/** Plays one scenario on a fresh stack of its own. 0 when all of it came true and its trail is valid. */
async function play(name: string): Promise<number> {
  const scenario = scenarios.find((scenario) => scenario.name === name)
  if (!scenario) {
    process.stderr.write(`There is no scenario ${name}. npm run demo -- --list names them.\n`)
    return 2
  }
  const directory = mkdtempSync(join(tmpdir(), 'acasa-demo-'))
  try {
    say(`TRIAL: made-up people only. ${scenario.title}`)
    const clock = daysAhead.open()
    const stack = await startStack({
      dataDir: join(directory, 'data'),
      port: 0,
      quiet: true,
      replace: daysAhead.replace,
    })
    try {
      const scene = sceneOn(stack, say, clock)
      const begun = Date.now()
      const before = stack.edge.counts()
      const { ret } = await scenario.play(scene)
      const ms = Date.now() - begun
      const after = stack.edge.counts()
      const file = join(directory, 'export.json')
      const watcher = await scene.desk('oversight')
      const { phase, outcome = phase, version, responsible } = await watcher.see(ret)
      // Who answers for the return holds its log key, and so checks every tag; a partner takes no file away.
      const answers = stack.users.find(({ party }) => party === responsible && !party.startsWith('partner:'))
      const post = answers?.name ?? watcher.user
      writeFileSync(file, JSON.stringify(await (await scene.desk(post)).export(ret)))
      const checked = verifyFile([file])
      say(`\nverify: ${checked.said.trim()}`)
      const calls = Object.fromEntries(
        Object.entries(after).map(([service, count]) => [
          service,
          count - before[service as keyof typeof before],
        ]),
      )
      const trail = checked.code === 0 ? 'valid' : 'invalid'
      say(JSON.stringify({ return: referenceOf(ret), outcome, events: version, trail, ms, calls }))
      const cameTrue = phase === scenario.ends && outcome === scenario.outcome
      return cameTrue && checked.code === 0 ? 0 : 1
    } finally {
      await stack.stop()
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : JSON.stringify(error)}\n`)
    return 1
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
