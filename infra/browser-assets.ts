import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Plugin, transform } from 'esbuild'
import { compile } from 'sass'

const packages = join(resolve(import.meta.dirname, '..'), 'node_modules')

/** Puts the desk's styles, written in Sass, and its scripts into its bundle, minified, as texts. */
export const browserAssets: Plugin = {
  name: 'browser-assets',
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css, loadedUrls } = compile(path, { loadPaths: [packages], quietDeps: true })
      return {
        contents: (await transform(css, { loader: 'css', minify: true, target: 'es2022' })).code,
        loader: 'text',
        watchFiles: loadedUrls.map(({ pathname }) => pathname),
      }
    })
    onLoad({ filter: /desk\/browser\/.+\.js$/ }, async ({ path }) => ({
      contents: (
        await transform(await readFile(path, 'utf8'), { loader: 'js', minify: true, target: 'es2022' })
      ).code,
      loader: 'text',
    }))
  },
}
