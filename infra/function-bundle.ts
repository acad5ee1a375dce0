import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { browserAssets } from './browser-assets.ts'
import { bundleOptions } from './bundle-options.ts'
import { type FunctionName, functionNames, functionTable } from './function-table.ts'

/** The top of the repository. */
export const root = resolve(import.meta.dirname, '..')

/**
 * Bundles functions in this process, in parallel: all, or those of `names`. This takes seconds; NodejsFunction would start
 * a process for each. The bundle of a function is in the folder of its name below `outdir`. `replace` replaces modules
 * by others; a replacement may itself import the module that it replaces. Throws when a module cannot be bundled, or
 * when no function imports a module that is to be replaced.
 */
export async function bundleFunctions(
  outdir: string,
  replace: Readonly<Record<string, string>> = {},
  names: readonly FunctionName[] = functionNames,
): Promise<void> {
  const replaced = new Set<string>()
  // One run for all functions would put shared modules outside of their folders, where they could not be deployed.
  await Promise.all(
    names.map((name) =>
      build({
        ...bundleOptions,
        entryPoints: [{ in: functionTable[name].entry, out: 'index' }],
        outdir: join(outdir, name),
        plugins: [replaceModules(replace, replaced), browserAssets],
      }),
    ),
  )
  const unused = Object.keys(replace).filter((from) => !replaced.has(resolve(root, from)))
  if (unused.length > 0) throw new Error(`No function imports ${unused.join(', ')}: nothing was replaced.`)
}

/** The functions that import one of some modules of ours, by paths from the root of the repository. */
export async function functionsWith(modules: readonly string[]): Promise<FunctionName[]> {
  const wanted = new Set(modules)
  const imports = await Promise.all(
    functionNames.map(async (name) => {
      const { metafile } = await build({
        ...bundleOptions,
        entryPoints: [functionTable[name].entry],
        outdir: 'nowhere',
        write: false,
        minify: false,
        metafile: true,
        packages: 'external',
        // Only our own modules can be replaced, and no style imports one.
        loader: { '.scss': 'empty', '.js': 'text' },
      })
      return { name, inputs: Object.keys(metafile.inputs) }
    }),
  )
  return imports.filter(({ inputs }) => inputs.some((input) => wanted.has(input))).map(({ name }) => name)
}

function replaceModules(replace: Readonly<Record<string, string>>, replaced: Set<string>): Plugin {
  const replacements = new Map(
    Object.entries(replace).map(([from, to]) => [resolve(root, from), resolve(root, to)]),
  )
  return {
    name: 'replace',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, importer }) => {
        const imported = resolve(resolveDir, path)
        const replacement = replacements.get(imported)
        if (!replacement || importer === replacement) return undefined
        replaced.add(imported)
        return { path: replacement }
      })
    },
  }
}
