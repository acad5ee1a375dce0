import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Language } from '../../functions/desk/messages/languages.ts'
import type { StackOptions } from '../../infra/local/stack.ts'
import { startChromium } from './chromium.ts'
import { type RunningStack, startRunning } from './running-stack.ts'

/** How somebody looks at the pages. */
export interface Looking {
  language?: Language
  /** Whether scripts run. */
  scripts?: boolean
  /** CSS pixels. */
  width?: number
}

/** A local stack and a Chromium, as one test file sees them. */
export interface Browsing<Stack extends RunningStack = RunningStack> {
  running: Stack
  /** The desk's origin. */
  url: string
  /** A page of a new browser profile that knows nobody. */
  open(looking?: Looking): Promise<Page>
  /** A page of a new profile in which a seeded user has signed in and stands on "My work". */
  desk(user: string, looking?: Looking): Promise<Page>
  /** The address of every request that any page of the file has made. */
  requests(): readonly string[]
  /** What the console of any page of the file called an error. */
  complaints(): readonly string[]
  /** Closes every page of the file. */
  close(): Promise<void>
}

/** A stack and a Chromium of one's own, which one has to end. */
export interface OwnBrowsing extends Browsing {
  stop(): Promise<void>
}

/** Far beyond what a page takes on two busy cores, in ms; nothing waits so long unless something is wrong. */
const patienceMs = 30_000

/** Starts both. No clock of the stack runs; `running.stack.tick` does. */
export async function startBrowsing(options: Partial<StackOptions> = {}): Promise<OwnBrowsing> {
  const running = await startRunning(options)
  const browser = await startChromium().catch(async (error: unknown) => {
    await running.stop()
    throw error
  })
  return {
    ...browsingOn(running, browser),
    async stop() {
      await browser.close()
      await running.stop()
    },
  }
}

/** What a test file sees of a running Chromium that shows the pages of a running stack. */
export function browsingOn<Stack extends RunningStack>(running: Stack, browser: Browser): Browsing<Stack> {
  const { url } = running.stack
  const asked: string[] = []
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const open = async (looking: Looking = {}) => {
    const context = await profile(browser, url, looking)
    contexts.push(context)
    context.on('request', (request) => asked.push(request.url()))
    context.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text())
    })
    return context.newPage()
  }
  return {
    running,
    url,
    open,
    async desk(user, looking) {
      const page = await open(looking)
      await page.goto('/desk')
      await signInAs(page, user)
      return page
    },
    requests: () => asked,
    complaints: () => complaints,
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
    },
  }
}

async function profile(browser: Browser, url: string, looking: Looking): Promise<BrowserContext> {
  const { language = 'en', scripts = true, width = 1280 } = looking
  const context = await browser.newContext({
    baseURL: url,
    locale: language,
    timezoneId: 'Europe/Istanbul',
    javaScriptEnabled: scripts,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patienceMs)
  await context.addCookies([{ name: 'acasa-language', value: language, url: `${url}/desk` }])
  return context
}

/** On the issuer's page: picks a seeded user, and waits until the desk shows a page of its own. */
export async function signInAs(page: Page, user: string): Promise<void> {
  const button = page.locator(`button[name="user"][value="${user}"]`)
  await button.waitFor({ state: 'attached' })
  const folded = page.locator('details:not([open])', { has: button })
  if ((await folded.count()) > 0) await folded.locator('summary').click()
  await button.click()
  await page.locator('main#main').waitFor()
}
