import { type Browsing, browsingOn } from './browsing.ts'
import { startChromium } from './chromium.ts'
import { startRunning } from './running-stack.ts'
import { showing } from './screens.ts'
import { test as onStack, type SharedStack } from './shared-stack.ts'

/** The shared stack and Chromium, as one test file sees them. */
export type SharedBrowsing = Browsing<SharedStack>

/**
 * Tests in one Chromium that all files of a worker share, each with its own profiles: `browsing` on the stack that they
 * share too; `alone` on one for the file alone; `screensSeen` on one that holds what the screens show and nothing else, for "empty" and "none" are screens.
 */
export const test = onStack
  .extend('chromium', { scope: 'worker' }, async ({ clock: _ }, { onCleanup }) => {
    const chromium = await startChromium()
    onCleanup(() => chromium.close())
    return chromium
  })
  .extend(
    'browsing',
    { scope: 'file' },
    async ({ shared, chromium }, { onCleanup }): Promise<SharedBrowsing> => {
      const browsing = browsingOn(shared, chromium)
      onCleanup(() => browsing.close())
      return browsing
    },
  )
  .extend('alone', { scope: 'file' }, async ({ chromium }, { onCleanup }): Promise<Browsing> => {
    const running = await startRunning()
    const browsing = browsingOn(running, chromium)
    onCleanup(async () => {
      await browsing.close()
      await running.stop()
    })
    return browsing
  })
  .extend('screensHost', { scope: 'worker' }, async ({ clock: _ }, { onCleanup }) => {
    const running = await startRunning()
    onCleanup(() => running.stop())
    return { running, shown: await showing(running) }
  })
  .extend('screensSeen', { scope: 'file' }, ({ screensHost, chromium }, { onCleanup }) => {
    const browsing = browsingOn(screensHost.running, chromium)
    onCleanup(() => browsing.close())
    return { browsing, shown: screensHost.shown }
  })
