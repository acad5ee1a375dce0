import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Language, languages } from '../../functions/desk/messages/languages.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, idsTwice, tooWide, violations } from '../parts/on-the-page.ts'
import { pathOf, type Shown, screens, showing } from '../parts/screens.ts'
import { test } from '../parts/shared-browser.ts'
import { mostBytes, mostOfLong, weightOf } from '../parts/weight.ts'

let browsing: Browsing
let shown: Shown
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  shown = await showing(browsing.running)
})

const pages = new Map<string, Promise<Page>>()
/** A user's page in a language, signed in once for all screens. */
function pageOf(user: string, language: Language): Promise<Page> {
  const key = `${user} ${language}`
  const page = pages.get(key) ?? browsing.desk(user, { language })
  pages.set(key, page)
  return page
}

/** Wide, and as narrow as a page at 400 % of 1280 px (WCAG 1.4.10). */
const widths = [1280, 320]

describe.each(languages)('in %s', (language) => {
  test.each(screens)(
    '$name, for $user: nothing against WCAG 2.2 AA, and no moving sideways',
    async (screen) => {
      const page = await pageOf(screen.user, language)
      expect(await at(page, pathOf(screen, shown))).toBe(screen.status ?? 200)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await idsTwice(page)).toEqual([])
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        expect([width, await violations(page)]).toEqual([width, []])
        expect([width, await tooWide(page)]).toEqual([width, 0])
      }
    },
  )
})

test.each(screens)('$name, for $user: light at the first visit, lighter at the next', async (screen) => {
  const { first, next } = await weightOf(await pageOf(screen.user, 'ru'), pathOf(screen, shown))
  expect(first).toEqual({ bytes: expect.any(Number), requests: 3, foreign: 0 })
  expect(next).toEqual({ bytes: expect.any(Number), requests: 1, foreign: 0 })
  expect(first.bytes).toBeGreaterThan(next.bytes)
  const most = screen.long ? mostOfLong : mostBytes
  expect(first.bytes).toBeLessThanOrEqual(most.first)
  expect(next.bytes).toBeLessThanOrEqual(most.next)
})

test('what is wrong with a page is found: a picture without words, too little contrast, too wide', async () => {
  const page = await browsing.open()
  const wrong = '<p style="color:#ccc;background:#fff;width:400px">Acasă</p><img src="data:,">'
  await page.setContent(`<html lang="en"><title>Acasă</title><main>${wrong}</main></html>`)
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await violations(page)).toEqual(['color-contrast p', 'image-alt img'])
  expect(await tooWide(page)).toBeGreaterThan(80)
})

test('no page has asked anybody else for anything', () => {
  expect(browsing.requests().length).toBeGreaterThan(0)
  const elsewhere = browsing
    .requests()
    .filter((request) => !request.startsWith(browsing.url) && !request.startsWith('data:'))
  expect(elsewhere).toEqual([])
})
