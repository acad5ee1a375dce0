import type { Browser, Page } from 'playwright-core'
import { signInAs } from '../parts/browsing.ts'
import { startChromium } from '../parts/chromium.ts'
import { visit } from '../parts/raw-visit.ts'
import { startRunning } from '../parts/running-stack.ts'
import { pathOf, type Screen, showing } from '../parts/screens.ts'
import { type Weight, weightOf } from '../parts/weight.ts'
import { median } from './rounds.ts'
import { rowOf } from './weighed-screens.ts'

/** What a screen of the desk costs. */
export interface PageCost {
  /** In a browser that has never been there, and in one that comes back. */
  first: Weight
  next: Weight
  /** Calls of the API below the page, and the ms that they took, one added to the other where they ran side by side. */
  apiCalls: number
  apiMs: number
  /** Ms from asking for the page to its last byte, on this machine. */
  ms: number
}

/**
 * Measures screens into `costs`, on a stack and in a browser of its own; nothing is held back here. Each page is asked
 * for `visits` times without the browser, and the median stands for all.
 */
export async function measurePages(
  dataDir: string,
  { screens, visits }: { screens: readonly Screen[]; visits: number },
  costs: Map<string, PageCost>,
): Promise<void> {
  const running = await startRunning({ dataDir })
  try {
    const shown = await showing(running)
    const browser = await startChromium()
    try {
      // Those of one user come one after the other, in one browser profile.
      for (const [user, ofUser] of Map.groupBy(screens, (screen) => screen.user)) {
        const page = await deskPage(browser, running.stack.url, user)
        for (const screen of ofUser)
          costs.set(rowOf(screen), await costOf(page, running.stack.url, pathOf(screen, shown), visits))
        await page.context().close()
      }
    } finally {
      await browser.close()
    }
  } finally {
    await running.stop()
  }
}

/** A page of a new browser profile in which a seeded user has signed in. */
async function deskPage(browser: Browser, url: string, user: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'en', reducedMotion: 'reduce' })
  await context.addCookies([{ name: 'acasa-language', value: 'en', url: `${url}/desk` }])
  const page = await context.newPage()
  await page.goto('/desk')
  await signInAs(page, user)
  return page
}

async function costOf(page: Page, url: string, path: string, visits: number): Promise<PageCost> {
  const weight = await weightOf(page, path)
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const times: { ms: number; apiMs: number; apiCalls: number }[] = []
  for (let left = visits; left > 0; left--) {
    const began = performance.now()
    const { headers } = await visit(url, { path, cookie, headers: { 'accept-encoding': 'gzip' } })
    const ms = performance.now() - began
    const [, apiMs = '0', apiCalls = '0'] =
      /api;dur=([\d.]+);desc="(\d+)"/.exec(String(headers['server-timing'])) ?? []
    times.push({ ms, apiMs: Number(apiMs), apiCalls: Number(apiCalls) })
  }
  return {
    ...weight,
    apiCalls: Math.max(...times.map((time) => time.apiCalls)),
    apiMs: median(times.map((time) => time.apiMs)),
    ms: median(times.map((time) => time.ms)),
  }
}
