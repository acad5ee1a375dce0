import { type Browsing, browsingOn } from './browsing.ts'
import { startChromium } from './chromium.ts'
import { test as onStack, type SharedStack } from './shared-stack.ts'

/** The shared stack and Chromium, as one test file sees them. */
export type SharedBrowsing = Browsing<SharedStack>

/** Tests in one Chromium that all files of a worker share, on the stack that they share; each file has its own profiles. */
export const test = onStack
  .extend('chromium', { scope: 'worker' }, async ({ host: _ }, { onCleanup }) => {
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
