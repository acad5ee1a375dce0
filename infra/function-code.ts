import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { bundleFunctions } from './function-bundle.ts'
import type { FunctionName } from './function-table.ts'

/** The code of the functions, for the template that names it. */
export interface Bundles {
  codeOf: (name: FunctionName) => Code
  /** Removes what was written; to be called after synthesis, which copies it. */
  remove: () => Promise<void>
}

/** Bundles every function. Throws when a module cannot be bundled. */
export async function bundledCode(): Promise<Bundles> {
  const outdir = await mkdtemp(join(tmpdir(), 'acasa-bundles-'))
  const remove = () => rm(outdir, { recursive: true })
  try {
    await bundleFunctions(outdir)
  } catch (error) {
    await remove()
    throw error
  }
  return { codeOf: (name) => Code.fromAsset(join(outdir, name)), remove }
}

/** Stands in for the bundles where only the template matters. */
export const noBundles: Bundles = {
  codeOf: () => Code.fromInline('export const handler = () => {}'),
  remove: async () => {},
}
