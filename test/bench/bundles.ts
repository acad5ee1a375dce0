import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { browserAssets } from '../../infra/browser-assets.ts'
import { bundleOptions } from '../../infra/bundle-options.ts'
import { type FunctionName, functionTable } from '../../infra/function-table.ts'
import type { FunctionSpec } from '../../infra/local/lambda/functions.ts'
import { every } from './every.ts'
import { median } from './rounds.ts'
import { clientClassOf } from './sdk-clients.ts'
import { timeImport } from './time-import.ts'

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

/**
 * Measures the bundles of functions as they were deployed, into `costs`. Floors are bundled into `directory`. Bundle
 * and floor are imported in turn, `imports` times each, so that what else the machine does falls on both.
 */
export async function measureBundles(
  functions: ReadonlyMap<FunctionName, FunctionSpec>,
  { directory, imports }: { directory: string; imports: number },
  costs: Map<FunctionName, BundleCost>,
): Promise<void> {
  await every(functions, { nameOf: ([name]) => name }, async ([name, spec]) => {
    const made = await bundle(functionTable[name].entry)
    const bytes = made.files.reduce(
      (sum, file) => sum + (statSync(join(dirname(spec.bundle), file), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
    if (made.bytes !== bytes)
      throw new Error(
        `It has ${made.bytes} bytes when it is bundled here, and ${bytes} where it is deployed: are the options the same?`,
      )
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
  })
}

type Inputs = Metafile['outputs'][string]['inputs']

/** Bundles a module, and tells which files a start reads of it, and what contributes how many bytes to them. */
async function bundle(entry: string): Promise<{ files: string[]; inputs: Inputs; bytes: number }> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: 'bundle',
    plugins: [browserAssets],
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
  return (imports ?? []).reduce(
    (found, imported) => atStart({ inputs: {}, outputs }, imported.path, found),
    [...known, path],
  )
}

/** The AWS client packages of which something is in a bundle. */
function clientsIn(inputs: Inputs): string[] {
  const found = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (/node_modules\/(@aws-sdk\/client-[\w-]+)\//.exec(path)?.[1] ?? []) : [],
  )
  return [...new Set(found)].sort()
}

async function bundleFloor(clients: readonly string[], outdir: string): Promise<string> {
  const lines = await Promise.all(
    clients.map(async (client) => {
      const name = await clientClassOf(client)
      return `import { ${name} } from '${client}'; new ${name}({})`
    }),
  )
  const stdin = { contents: lines.join('\n'), resolveDir: bundleOptions.absWorkingDir }
  await build({ ...bundleOptions, stdin, outdir, entryNames: 'index' })
  return join(outdir, 'index.mjs')
}

function heaviestOf(inputs: Inputs): BundleCost['heaviest'] {
  const sizes = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const what = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? 'our own'
    sizes.set(what, (sizes.get(what) ?? 0) + bytesInOutput)
  }
  return [...sizes]
    .map(([what, bytes]) => ({ what, kb: bytes / 1000 }))
    .toSorted((left, right) => right.kb - left.kb)
    .slice(0, 5)
}
