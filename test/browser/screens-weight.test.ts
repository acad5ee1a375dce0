import { expect } from 'vitest'
import type { Browsing } from '../parts/browsing.ts'
import { tooWide, violations } from '../parts/on-the-page.ts'
import { pagesIn } from '../parts/screen-tests.ts'
import { pathOf, type ShownScreen, screens } from '../parts/screens.ts'
import { test } from '../parts/shared-browser.ts'
import { mostBytes, mostOfLong, weightOf } from '../parts/weight.ts'

let browsing: Browsing
let shown: ShownScreen
test.beforeAll(({ screensSeen }) => {
  browsing = screensSeen.browsing
  shown = screensSeen.shown
})
// Its letters take two bytes.
const pages = pagesIn('ru', () => browsing)

test.each(screens)('$name, for $user: light at the first visit, lighter at the next', async (screen) => {
  const { first, next } = await weightOf(await pages(screen.user), pathOf(screen, shown))
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
  expect(await violations(page, 'words')).toEqual(['image-alt img'])
  expect(await tooWide(page)).toBeGreaterThan(80)
})

test('no page has asked anybody else for anything', () => {
  expect(browsing.requests().length).toBeGreaterThan(0)
  const elsewhere = browsing
    .requests()
    .filter((request) => !request.startsWith(browsing.url) && !request.startsWith('data:'))
  expect(elsewhere).toEqual([])
})
