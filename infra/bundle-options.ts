import { resolve } from 'node:path'
import type { BuildOptions } from 'esbuild'

/**
 * How every function is bundled, each by itself. What it imports when it is needed lies beside `index.mjs` in files of
 * its own, which a start does not read. The measurements bundle their floors in the same way.
 */
export const bundleOptions = {
  absWorkingDir: resolve(import.meta.dirname, '..'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Cyrillic letters take two bytes, and six where they are written out for who reads ASCII alone.
  charset: 'utf8',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  // The pages are written as JSX, and become HTML on the server.
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // Modules before CommonJS: half the size, and no `require` that an ES module would lack.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': resolve(import.meta.dirname, '../functions/credentials.ts') },
  logLevel: 'error',
} as const satisfies BuildOptions
