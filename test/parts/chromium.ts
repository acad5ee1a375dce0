import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/**
 * Of the package's flags: the first two take away the browser's own guards between origins, which these tests look at;
 * with the third, which Lambda needs, the browser ends with the first of its contexts that is closed; the others paint by a
 * made-up graphics card, which takes a third more of the processor than painting without one.
 */
const unwantedFlags = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--single-process',
  '--ignore-gpu-blocklist',
  '--in-process-gpu',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** Chromium as it comes with the packages, unpacked once into the system's folder for such things. */
export async function unpackedChromium(): Promise<{ path: string; args: string[] }> {
  const own = process.env.CHROMIUM_PATH
  if (own) {
    if (!existsSync(own))
      throw new Error('CHROMIUM_PATH names no file: let it name a Chromium, or leave it out.')
    return { path: own, args: ['--no-sandbox'] }
  }
  // It brings its own libraries and fonts where it takes the machine for a Lambda, and it looks while it is imported.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x'
  const { default: packed } = await import('@sparticuz/chromium')
  const path = await packed.executablePath()
  return { path, args: [...packed.args.filter((flag) => !unwantedFlags.includes(flag)), '--disable-gpu'] }
}

/** A running Chromium without a window. */
export async function startChromium(): Promise<Browser> {
  const { path, args } = await unpackedChromium()
  return chromium.launch({ executablePath: path, args, headless: true })
}
