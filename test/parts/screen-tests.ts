import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Language, languages } from '../../functions/desk/messages/languages.ts'
import type { Browsing } from './browsing.ts'
import { at, idsTwice, tooWide, violations } from './on-the-page.ts'
import { pathOf, type Screen, type ShownScreen, screens } from './screens.ts'
import { test } from './shared-browser.ts'

/** Wide, and as narrow as a page at 400 % of 1280 px (WCAG 1.4.10). */
const widths = [1280, 320]

/**
 * What axe finds in a screen is the same in every language, but for what has no words there. So each screen is looked at
 * whole in one of them, in turn, and for its words in the others. `SCREENS=whole` looks at the whole in each.
 */
const everywhere = process.env.SCREENS === 'whole'
const isWholeIn = (language: Language, screen: Screen) =>
  everywhere || screens.indexOf(screen) % languages.length === languages.indexOf(language)

/** Looks at every screen in a language. */
export function looksAtScreensIn(language: Language): void {
  let browsing: Browsing
  let shown: ShownScreen
  test.beforeAll(({ screensSeen }) => {
    browsing = screensSeen.browsing
    shown = screensSeen.shown
  })
  const pages = pagesIn(language, () => browsing)

  test.each(screens)(
    '$name, for $user: nothing against WCAG 2.2 AA, and no moving sideways',
    async (screen) => {
      const page = await pages(screen.user)
      const before = browsing.requests().length
      expect(await at(page, pathOf(screen, shown))).toBe(screen.status ?? 200)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await idsTwice(page)).toEqual([])
      const isWhole = isWholeIn(language, screen)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        expect([width, await tooWide(page)]).toEqual([width, 0])
        if (isWhole) expect([width, await violations(page)]).toEqual([width, []])
      }
      if (!isWhole) expect(await violations(page, 'words')).toEqual([])
      // The page, its style and its script; nothing more while somebody looks at it.
      expect(browsing.requests().slice(before)).toHaveLength(3)
    },
  )

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
