import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Language, languages } from '../../functions/desk/messages/languages.ts'
import type { Browsing } from './browsing.ts'
import { at, idsTwice, tooWide, violations, wordless } from './on-the-page.ts'
import { pathOf, type Screen, type ShownScreen, screens } from './screens.ts'
import { test } from './shared-browser.ts'
import { mostBytes, mostOfLong, weightOf } from './weight.ts'

/** Wide, and as narrow as a page at 400 % of 1280 px (WCAG 1.4.10). */
const widths = [1280, 320]

/**
 * What axe finds in a screen is the same in every language, but for what has no words there. So each screen is looked at
 * whole in one of them, in turn, and for its words in the others. `SCREENS=whole` looks at the whole in each.
 */
const everywhere = process.env.SCREENS === 'whole'
const isWholeIn = (language: Language, screen: Screen) =>
  everywhere || screens.indexOf(screen) % languages.length === languages.indexOf(language)

/** Screens are weighed in the language whose letters take two bytes. */
const heaviest: Language = 'ru'

/** Looks at every screen in a language. */
export function looksAtScreensIn(language: Language): void {
  let browsing: Browsing
  let shown: ShownScreen
  test.beforeAll(({ screensSeen }) => {
    browsing = screensSeen.browsing
    shown = screensSeen.shown
  })
  const pages = pagesIn(language, () => browsing)

  /** The page of a screen, just loaded, and the status of the answer. */
  async function load(screen: Screen): Promise<{ page: Page; status: number; requests: number }> {
    const page = await pages(screen.user)
    const path = pathOf(screen, shown)
    const before = browsing.requests().length
    if (language !== heaviest) return { page, status: await at(page, path), requests: before }
    const { first, next, status } = await weightOf(page, path)
    expect(first).toEqual({ bytes: expect.any(Number), requests: 3, foreign: 0 })
    expect(next).toEqual({ bytes: expect.any(Number), requests: 1, foreign: 0 })
    expect(first.bytes).toBeGreaterThan(next.bytes)
    const most = screen.long ? mostOfLong : mostBytes
    expect(first.bytes).toBeLessThanOrEqual(most.first)
    expect(next.bytes).toBeLessThanOrEqual(most.next)
    return { page, status, requests: before + 3 }
  }

  const weighed = language === heaviest ? ', light at the first visit and lighter at the next' : ''
  test.each(screens)(
    `$name, for $user: nothing against WCAG 2.2 AA, no moving sideways${weighed}`,
    async (screen) => {
      const { page, status, requests } = await load(screen)
      expect(status).toBe(screen.status ?? 200)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await idsTwice(page)).toEqual([])
      expect(await wordless(page)).toEqual([])
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        expect([width, await tooWide(page)]).toEqual([width, 0])
        if (isWholeIn(language, screen)) expect([width, await violations(page)]).toEqual([width, []])
      }
      // The page, its style and its script; nothing more while somebody looks at it.
      expect(browsing.requests().slice(requests)).toHaveLength(3)
    },
  )

  test('what is wrong with a page is found: a picture without words, too little contrast, too wide', async () => {
    const page = await browsing.open()
    const wrong =
      '<p style="color:#ccc;background:#fff;width:400px">Acasă</p><img src="data:,"><label><input></label>'
    await page.setContent(`<html lang="en"><title>Acasă</title><main>${wrong}</main></html>`)
    await page.setViewportSize({ width: 320, height: 800 })
    expect(await violations(page)).toEqual(['color-contrast p', 'image-alt img', 'label input'])
    expect(await wordless(page)).toEqual(['img', 'label', 'input'])
    expect(await tooWide(page)).toBeGreaterThan(80)
  })

  test('no page has asked anybody else for anything', () => {
    expect(browsing.requests().length).toBeGreaterThan(0)
    const elsewhere = browsing
      .requests()
      .filter((request) => !request.startsWith(browsing.url) && !request.startsWith('data:'))
    expect(elsewhere).toEqual([])
  })
}

/** The pages of users in a language, each signed in once for all screens. */
export function pagesIn(language: Language, browsing: () => Browsing): (user: string) => Promise<Page> {
  const pages = new Map<string, Promise<Page>>()
  return (user) => {
    const page = pages.get(user) ?? browsing().desk(user, { language })
    pages.set(user, page)
    return page
  }
}
