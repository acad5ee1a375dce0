import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/parts/longest-first.ts'

const synthesis = 'test/parts/keep-synthesis.ts'
const chromium = 'test/parts/unpack-chromium.ts'
/** Our code in the process of the test, on real tables and queues: it knows where they are when it is first used. */
const inProcess = ['test/stack/{trail,vault,exchange}/**/*.test.ts', 'test/stack/returns/write-event.test.ts']
const inBrowser = ['test/browser/**/*.test.ts', 'test/security/strangers.test.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    // A stack of real parts starts in seconds on a busy two-core machine; nothing here asserts a time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['test/{stack,security,scenarios}/**/*.test.ts'],
          exclude: [...inBrowser, ...inProcess],
          globalSetup: synthesis,
          // The files that a worker runs share one stack.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: inBrowser,
          globalSetup: [synthesis, chromium],
          // And one Chromium.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/{infra,local,bench}/**/*.test.ts'],
          globalSetup: synthesis,
        },
      },
      {
        extends: true,
        test: { name: 'parts', include: inProcess },
      },
    ],
  },
})
