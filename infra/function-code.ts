import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { bundleFunctions } from './function-bundle.ts'
import type { FunctionName } from './function-table.ts'

/** The code of the functions, for a template. */
export interface Bundles {
  codeOf: (name: FunctionName) => Code
  /** Removes the bundles. Call it after the synthesis, which copies them. */
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

/** Replaces the bundles where only the template matters. */
export const noBundles: Bundles = {
  codeOf: () => Code.fromInline('export const handler = () => {}'),
  remove: async () => {},
}
