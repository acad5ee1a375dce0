import { resolve } from 'node:path'
import type { BuildOptions } from 'esbuild'

/**
 * How each function is bundled. Modules that it imports dynamically are in files beside `index.mjs`, which a start does
 * not read. The benchmark bundles its baselines in the same way.
 */
export const bundleOptions = {
  absWorkingDir: resolve(import.meta.dirname, '..'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // A Cyrillic letter takes two bytes in UTF-8, and six as an ASCII escape.
  charset: 'utf8',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  // The pages are written as JSX, and become HTML on the server.
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // ES modules before CommonJS: half the size, and without `require`, which an ES module does not have.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': resolve(import.meta.dirname, '../functions/credentials.ts') },
  logLevel: 'error',
} as const satisfies BuildOptions
