import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../function-bundle.ts'

/** The parameters of a synthesis. */
export interface Order {
  /** Overrides the context of `cdk.json`. */
  context: Record<string, unknown>
  /** Modules that replace others in the bundles, by paths from the root of the repository. */
  replace: Record<string, string>
  /** Without bundles the template is the same except for the code of the functions. */
  bundle: boolean
}

/** To be raised when the format of a stored synthesis changes. */
const format = 1

const folders = ['schemas', 'functions', 'infra']
const files = ['cdk.json', 'package-lock.json', 'tsconfig.json']
/** No deployed file imports anything from here. */
const aside = join('infra', 'local')

/**
 * The key of a synthesis: a hash of its parameters and of every file that a template or a bundle is made from.
 */
export async function keyOf(order: Order): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([format, order]))
  for (const file of [...files, ...sources(), ...(await replacements(order.replace))])
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 32)
}

function sources(): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(aside))
    .sort()
}

/** The modules that replace others, with all our modules that they import. */
async function replacements(replace: Readonly<Record<string, string>>): Promise<string[]> {
  const entryPoints = Object.values(replace)
  if (entryPoints.length === 0) return []
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    loader: { '.scss': 'empty' },
  })
  return Object.keys(metafile.inputs).sort()
}
