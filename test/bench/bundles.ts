import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build, type Metafile } from 'esbuild'
import { bundleOptions } from '../../infra/bundle-options.ts'
import { type FunctionName, functionTable } from '../../infra/function-table.ts'
import type { FunctionSpec } from '../../infra/local/lambda/functions.ts'
import { median } from './rounds.ts'

export interface BundleCost {
  /** Of what a start reads of the bundle that is deployed; 1 kB is 1,000 bytes. */
  bundleKb: number
  /** The time that a new process takes to import it. */
  importMs: number
  /** The same for a bundle that constructs the AWS clients which this one holds, and does nothing else. */
  floorMs: number
  clients: string[]
  /** What takes most room in it: packages, and our own code as one; in kB. */
  heaviest: { what: string; kb: number }[]
}

const run = promisify(execFile)

/** Enough for a median that two runs agree on within a tenth, on a machine that does other things too. */
const imports = 9

/**
 * Measures the bundles of functions as they were deployed. Floors are bundled into `directory`. Bundle and floor
 * are imported in turn, so that what else the machine does falls on both.
 */
export async function measureBundles(
  functions: ReadonlyMap<FunctionName, FunctionSpec>,
  directory: string,
): Promise<Map<FunctionName, BundleCost>> {
  const costs = new Map<FunctionName, BundleCost>()
  for (const [name, spec] of functions) {
    const made = await madeOf(functionTable[name].entry)
    const bytes = made.files.reduce(
      (sum, file) => sum + (statSync(join(dirname(spec.bundle), file), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
    if (made.bytes !== bytes)
      throw new Error(`The bundle of ${name} is made with other options here than where it is deployed.`)
    const clients = clientsIn(made.inputs)
    const floor = await bundleFloor(clients, join(directory, name))
    const times = { bundle: [] as number[], floor: [] as number[] }
    for (let round = 0; round < imports; round++) {
      times.floor.push(await timeImport(floor, spec.environment))
      times.bundle.push(await timeImport(spec.bundle, spec.environment))
    }
    costs.set(name, {
      bundleKb: bytes / 1000,
      importMs: median(times.bundle),
      floorMs: median(times.floor),
      clients,
      heaviest: heaviestOf(made.inputs),
    })
  }
  return costs
}

type Inputs = Metafile['outputs'][string]['inputs']

/** Bundles a module, and tells which files a start reads of it, and what contributes how many bytes to them. */
async function madeOf(entry: string): Promise<{ files: string[]; inputs: Inputs; bytes: number }> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: 'bundle',
    metafile: true,
    write: false,
  })
  const first = Object.keys(metafile.outputs).find((path) => path.endsWith('index.mjs'))
  if (!first) throw new Error(`${entry} was bundled into nothing.`)
  const paths = atStart(metafile, first)
  const outputs = paths.flatMap((path) => metafile.outputs[path] ?? [])
  return {
    files: paths.map((path) => basename(path)),
    inputs: Object.assign({}, ...outputs.map(({ inputs }) => inputs)),
    bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** A file, and those that it and they import at once. */
function atStart({ outputs }: Metafile, path: string, known: string[] = []): string[] {
  if (known.includes(path)) return known
  const imports = outputs[path]?.imports.filter(
    ({ kind, external }) => kind === 'import-statement' && !external,
  )
  return (imports ?? []).reduce((so, one) => atStart({ inputs: {}, outputs }, one.path, so), [...known, path])
}

/** The AWS client packages of which something is in a bundle. */
function clientsIn(inputs: Inputs): string[] {
  const found = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (/node_modules\/(@aws-sdk\/client-[\w-]+)\//.exec(path)?.[1] ?? []) : [],
  )
  return [...new Set(found)].sort()
}

const constructors: Record<string, string> = {
  '@aws-sdk/client-dynamodb': 'DynamoDBClient',
  '@aws-sdk/client-kms': 'KMSClient',
  '@aws-sdk/client-sqs': 'SQSClient',
  '@aws-sdk/client-sts': 'STSClient',
}

async function bundleFloor(clients: readonly string[], outdir: string): Promise<string> {
  const lines = clients.map((client) => {
    const made = constructors[client]
    if (!made) throw new Error(`How ${client} is constructed is not known here.`)
    return `import { ${made} } from '${client}'; new ${made}({})`
  })
  const stdin = { contents: lines.join('\n'), resolveDir: bundleOptions.absWorkingDir }
  await build({ ...bundleOptions, stdin, outdir, entryNames: 'index' })
  return join(outdir, 'index.mjs')
}

const timer = `
  const begun = performance.now()
  await import(process.argv[1])
  process.stdout.write(String(performance.now() - begun))
  process.exit()
`

async function timeImport(bundle: string, environment: Record<string, string>): Promise<number> {
  const arguments_ = ['--input-type=module', '--eval', timer, pathToFileURL(bundle).href]
  const { stdout } = await run(process.execPath, arguments_, { env: environment })
  return Number(stdout)
}

function heaviestOf(inputs: Inputs): BundleCost['heaviest'] {
  const sizes = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const what = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? 'our own'
    sizes.set(what, (sizes.get(what) ?? 0) + bytesInOutput)
  }
  return [...sizes]
    .map(([what, bytes]) => ({ what, kb: bytes / 1000 }))
    .toSorted((one, other) => other.kb - one.kb)
    .slice(0, 5)
}
