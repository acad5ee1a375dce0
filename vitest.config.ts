import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The browser is there before the first who needs it.
    globalSetup: 'test/parts/unpack-chromium.ts',
    // A stack of real parts starts in seconds on a busy two-core machine; nothing here asserts a time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
