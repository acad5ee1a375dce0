import '../../infra/local/platform.mjs'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../functions/desk/words/languages.ts'
import { startBrowsing } from '../parts/browsing.ts'
import { at } from '../parts/on-the-page.ts'
import { pathOf, type Screen, showing } from '../parts/screens.ts'

interface Picture extends Omit<Screen, 'status'> {
  language: Language
}

/** The screens that are shown to who has not seen one; `name` is the file's. */
const pictures: readonly Picture[] = [
  { name: 'my-work', user: 'istanbul', language: 'en', path: '/desk' },
  { name: 'timeline', user: 'istanbul', language: 'en', path: ({ ret }) => `/desk/returns/${ret}/timeline` },
  { name: 'filing', user: 'istanbul', language: 'ro', path: ({ draft }) => `/desk/filing/${draft}` },
]

/** A picture in a README is looked at over slow lines too. */
const mostBytes = 120_000

const folder = join(import.meta.dirname, '../../docs/screens')
mkdirSync(folder, { recursive: true })
const browsing = await startBrowsing()
try {
  const shown = await showing(browsing.running)
  for (const { name, user, language, path } of pictures) {
    const page = await browsing.desk(user, { language, width: 1100 })
    const status = await at(page, pathOf({ path }, shown))
    if (status !== 200) throw new Error(`The page of the picture ${name} answered ${status}.`)
    const file = join(folder, `${name}.png`)
    await page.screenshot({ path: file })
    const { size } = statSync(file)
    if (size > mostBytes)
      throw new Error(`The picture ${name} has ${size} bytes, at most ${mostBytes} are wanted.`)
    process.stdout.write(`docs/screens/${name}.png  ${Math.round(size / 1000)} kB\n`)
    await page.context().close()
  }
} finally {
  await browsing.stop()
}
