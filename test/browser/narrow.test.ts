import { expect } from 'vitest'
import { languages } from '../../functions/desk/messages/languages.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, tooWide } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
})

/** As narrow as a page at 400 % of 1280 px (WCAG 1.4.10). */
const narrow = { width: 320, height: 640 }
/** Two lines that a finger can press. */
const twoLines = 96

const users = ['istanbul', 'iom', 'centre', 'ministry', 'consular', 'oversight', 'la-strada']

test.each(users)(
  'the head of a page of %s takes two lines of a narrow window in each language, and hiding the screen stays in reach',
  async (user) => {
    for (const language of languages) {
      const page = await browsing.desk(user, { language, scripts: false })
      await page.setViewportSize(narrow)
      await at(page, '/desk')
      const [head, navigation] = await Promise.all([
        page.locator('.head').boundingBox(),
        page.locator('.govuk-service-navigation').boundingBox(),
      ])
      expect((head?.height ?? 0) + (navigation?.height ?? 0)).toBeLessThanOrEqual(twoLines)
      expect(await tooWide(page)).toBe(0)
      const hide = page.locator('.head a[href^="/desk/hidden"], .head button[value]').first()
      await hide.focus()
      const box = await hide.boundingBox()
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(narrow.width)
    }
  },
)

test('in a narrow window each cell of a table stands under its heading, and nothing of it has to be moved sideways', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await page.setViewportSize(narrow)
  await at(page, '/desk/returns')
  const hidden = await page.evaluate(
    `[...document.querySelectorAll('.wide')].map((box) => box.scrollWidth - box.clientWidth)`,
  )
  expect(hidden).toEqual([0])
  const label = await page.evaluate(
    `getComputedStyle(document.querySelector('.stacked td'), '::before').content`,
  )
  expect(label).toMatch(/\w/)
})

test('a page without scripts shows no button that needs one', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, '/desk/guide')
  expect(await page.locator('[data-print]').count()).toBeGreaterThan(0)
  expect(await page.locator('[data-print]').first().isVisible()).toBe(false)
})
