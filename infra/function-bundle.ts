import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { browserAssets } from './browser-assets.ts'
import { bundleOptions } from './bundle-options.ts'
import { functionNames, functionTable } from './function-table.ts'

/** The top of the repository. */
export const root = resolve(import.meta.dirname, '..')

/**
 * Bundles every function in this process, all at once: in about three seconds, where NodejsFunction starts a process for
 * each. The bundle of a function lies in the folder of its name below `outdir`. `replace` puts one module in the place
 * of another; a replacement may itself import what it replaces. Throws when a module cannot be bundled, or nothing
 * imports a replaced one.
 */
export async function bundleFunctions(
  outdir: string,
  replace: Readonly<Record<string, string>> = {},
): Promise<void> {
  const replaced = new Set<string>()
  // One run for all would put what they share beside them, where none of them could be deployed with it.
  await Promise.all(
    functionNames.map((name) =>
      build({
        ...bundleOptions,
        entryPoints: [{ in: functionTable[name].entry, out: 'index' }],
        outdir: join(outdir, name),
        plugins: [replacing(replace, replaced), browserAssets],
      }),
    ),
  )
  const unused = Object.keys(replace).filter((from) => !replaced.has(resolve(root, from)))
  if (unused.length > 0) throw new Error(`No function imports ${unused.join(', ')}: nothing was replaced.`)
}

function replacing(replace: Readonly<Record<string, string>>, replaced: Set<string>): Plugin {
  const other = new Map(Object.entries(replace).map(([from, to]) => [resolve(root, from), resolve(root, to)]))
  return {
    name: 'replace',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, importer }) => {
        const asked = resolve(resolveDir, path)
        const target = other.get(asked)
        if (!target || importer === target) return undefined
        replaced.add(asked)
        return { path: target }
      })
    },
  }
}
