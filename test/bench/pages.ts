import type { Browser, Page } from 'playwright-core'
import { signInAs } from '../parts/browsing.ts'
import { startChromium } from '../parts/chromium.ts'
import { visit } from '../parts/raw-visit.ts'
import { startRunning } from '../parts/running-stack.ts'
import { pathOf, type Screen, type ShownScreen, showing } from '../parts/screens.ts'
import { type Weight, weightOf } from '../parts/weight.ts'
import { every } from './every.ts'
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

/** A weight does not depend on what else happens: while a browser waits for one page to be quiet, it weighs others. */
const weighing = 4

/**
 * Measures screens into `costs`, on a stack and in a browser of its own; nothing is held back here. Each page is weighed
 * in the browser, and then asked for `visits` times without it, one at a time; the median stands for all.
 */
export async function measurePages(
  dataDir: string,
  { screens, visits }: { screens: readonly Screen[]; visits: number },
  costs: Map<string, PageCost>,
): Promise<void> {
  const running = await startRunning({ dataDir })
  try {
    const { url } = running.stack
    const shown = await showing(running)
    const { weights, cookies, failure } = await weigh(url, screens, shown)
    await every(screens, { nameOf: rowOf }, async (screen) => {
      const weight = weights.get(screen)
      const path = pathOf(screen, shown)
      // What could not be weighed is named below.
      if (weight)
        costs.set(rowOf(screen), {
          ...weight,
          ...(await timesOf(url, { path, cookie: cookies.get(screen.user) ?? '' }, visits)),
        })
    })
    if (failure) throw failure
  } finally {
    await running.stop()
  }
}

interface Weighed {
  weights: Map<Screen, Pick<PageCost, 'first' | 'next'>>
  /** Of each user's session. */
  cookies: Map<string, string>
  failure: unknown
}

/** The weights of screens, each seen by its user in a browser; what could not be weighed is the failure. */
async function weigh(url: string, screens: readonly Screen[], shown: ShownScreen): Promise<Weighed> {
  const weighed: Weighed = { weights: new Map(), cookies: new Map(), failure: undefined }
  const browser = await startChromium()
  // One page for each user in each lane.
  const pages = new Map<string, Page>()
  const weighOne = async (screen: Screen, lane: number) => {
    const key = `${screen.user} ${lane}`
    const page = pages.get(key) ?? (await deskPage(browser, url, screen.user))
    pages.set(key, page)
    weighed.weights.set(screen, await weightOf(page, pathOf(screen, shown)))
    const cookies = await page.context().cookies()
    weighed.cookies.set(screen.user, cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  }
  // Oversight sees who has looked at what: its turn comes when everybody else has looked.
  const isOversight = ({ user }: Screen) => user === 'oversight'
  const groups = [
    { who: 'parties', ofGroup: screens.filter((screen) => !isOversight(screen)), lanes: weighing },
    { who: 'oversight', ofGroup: screens.filter(isOversight), lanes: 1 },
  ]
  try {
    await every(groups, { nameOf: ({ who }) => who }, ({ ofGroup, lanes }) =>
      every(ofGroup, { nameOf: rowOf, lanes }, weighOne),
    )
  } catch (error) {
    weighed.failure = error
  } finally {
    await browser.close()
  }
  return weighed
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

async function timesOf(
  url: string,
  { path, cookie }: { path: string; cookie: string },
  visits: number,
): Promise<Pick<PageCost, 'apiCalls' | 'apiMs' | 'ms'>> {
  const times: { ms: number; apiMs: number; apiCalls: number }[] = []
  for (let left = visits; left > 0; left--) {
    const began = performance.now()
    const { status, headers } = await visit(url, { path, cookie, headers: { 'accept-encoding': 'gzip' } })
    const ms = performance.now() - began
    if (status !== 200) throw new Error(`${path} was answered with ${status}.`)
    const [, apiMs = '0', apiCalls = '0'] =
      /api;dur=([\d.]+);desc="(\d+)"/.exec(String(headers['server-timing'])) ?? []
    times.push({ ms, apiMs: Number(apiMs), apiCalls: Number(apiCalls) })
  }
  return {
    apiCalls: Math.max(...times.map((time) => time.apiCalls)),
    apiMs: median(times.map((time) => time.apiMs)),
    ms: median(times.map((time) => time.ms)),
  }
}
