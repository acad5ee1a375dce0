import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

const timer = `
  const begun = performance.now()
  await import(process.argv[1])
  process.stdout.write(String(performance.now() - begun))
  process.exit()
`

/** Milliseconds that a new process takes to import a bundle. */
export async function timeImport(bundle: string, environment: Record<string, string>): Promise<number> {
  const arguments_ = ['--input-type=module', '--eval', timer, pathToFileURL(bundle).href]
  const { stdout } = await run(process.execPath, arguments_, { env: environment })
  return Number(stdout)
}
