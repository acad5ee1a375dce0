import type { Page } from 'playwright-core'
import { at, leaves } from './on-the-page.ts'

/** What stands on the paper that a page becomes. */
export async function printed(page: Page): Promise<string> {
  await page.emulateMedia({ media: 'print' })
  const text = await page.locator('body').innerText()
  await page.emulateMedia({ media: null })
  return text
}

/** How many sheets of A4 it takes, as Chromium prints it: until the styles are there, that is one empty one. */
export async function sheetsOf(page: Page): Promise<number> {
  await page.waitForLoadState('load')
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return file.match(/\/Type \/Page\b/g)?.length ?? 0
}

/** What is chosen before a paper is made; a reason is given where `why` says so. */
export interface Choosing {
  choose?: Readonly<Record<string, string>>
  /** A language that has no sheet, as it is written. */
  other?: string
  why?: boolean
}

/** Opens the page of a paper, chooses, and presses the button that makes it. */
export async function makePaper(page: Page, path: string, { choose = {}, other, why = false }: Choosing) {
  await at(page, path)
  for (const [name, value] of Object.entries(choose))
    await page.locator(`input[name="paper.${name}"][value="${value}"]`).check()
  if (other) await page.locator('input[name="paper.language.other"]').fill(other)
  if (why) await page.locator('input[name="reason"]').first().check()
  await leaves(page, () => page.locator('main form button[type="submit"]').click())
}
