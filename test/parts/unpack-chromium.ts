import { unpackedChromium } from './chromium.ts'

/** Before any test: two workers that unpack at the same time would start a file that is half there. */
export async function setup(): Promise<void> {
  await unpackedChromium()
}
