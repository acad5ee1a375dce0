import '../../infra/local/cli/platform.mjs'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../functions/desk/messages/languages.ts'
import { fillSample } from '../../infra/local/sample/fill-sample.ts'
import { startBrowsing } from '../parts/browsing.ts'
import type { Desk } from '../parts/desk.ts'
import { draftsOf } from '../parts/drafts.ts'
import { at } from '../parts/on-the-page.ts'

interface Picture {
  /** The file's name. */
  name: string
  user: string
  language: Language
  path: string
  /** CSS pixels; a screen on a desk unless said. */
  width?: number
}

/** A picture in a README is looked at over slow lines too. */
const mostBytes = 120_000

/** The screens that are shown to who has not seen one, on the made-up month. */
async function picturesOf(post: Desk): Promise<Picture[]> {
  const [draft] = await draftsOf(post).list()
  const { returns } = await post.list()
  // The one of which most is told.
  const [full] = returns.toSorted((item, other) => other.version - item.version)
  if (!draft || !full)
    throw new Error('The made-up month has no filing and no return at the post of the pictures.')
  const { ret, reference } = full
  const { request } = await post.see(ret)
  return [
    { name: 'my-work', user: post.user, language: 'en', path: '/desk' },
    { name: 'filing', user: post.user, language: 'ro', path: `/desk/filing/${draft.draft}` },
    { name: 'timeline', user: post.user, language: 'en', path: `/desk/returns/${ret}/timeline` },
    { name: 'travel', user: 'iom', language: 'en', path: '/desk/travel' },
    { name: 'board', user: 'centre', language: 'ro', path: '/desk/board' },
    {
      name: 'confirmation',
      user: post.user,
      language: 'ru',
      path: `/desk/requests/${request}?sent=${reference}`,
      width: 390,
    },
  ]
}

const folder = join(import.meta.dirname, '../../docs/screens')
mkdirSync(folder, { recursive: true })
const browsing = await startBrowsing()
try {
  await fillSample(browsing.running.stack, (line) => process.stdout.write(`${line}\n`))
  await browsing.running.settled(120_000)
  for (const { name, user, language, path, width = 1100 } of await picturesOf(
    await browsing.running.desk('istanbul'),
  )) {
    const page = await browsing.desk(user, { language, width })
    const status = await at(page, path)
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
