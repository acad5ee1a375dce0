import type { CDPSession, Page } from 'playwright-core'
import * as z from 'zod/mini'
import { at } from './on-the-page.ts'
import { until } from './running-stack.ts'

/** What showing a page takes from the line. */
export interface Weight {
  /** As they came over the wire, compressed, heads of answers included. */
  bytes: number
  requests: number
  /** Of them, those that went to another host. */
  foreign: number
}

const finished = z.object({ requestId: z.string(), encodedDataLength: z.number() })
const begun = z.object({ requestId: z.string(), request: z.object({ url: z.string() }) })

/** What a page weighs in a browser that has never been there, and in one that comes back; there it stays. */
export async function weightOf(
  page: Page,
  path: string,
): Promise<{ first: Weight; next: Weight; status: number }> {
  // What is still being loaded would be stored when the cache has been cleared.
  await page.waitForLoadState('networkidle')
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.clearBrowserCache')
  const { weight: first } = await weigh(page, line, path)
  const { weight: next, status } = await weigh(page, line, path)
  await line.detach()
  return { first, next, status }
}

async function weigh(
  page: Page,
  line: CDPSession,
  path: string,
): Promise<{ weight: Weight; status: number }> {
  const bytes = new Map<string, number>()
  const urls = new Map<string, string>()
  const onBegun = (event: unknown) => {
    const { requestId, request } = begun.parse(event)
    if (!request.url.startsWith('data:')) urls.set(requestId, request.url)
  }
  const onFinished = (event: unknown) => {
    const { requestId, encodedDataLength } = finished.parse(event)
    bytes.set(requestId, encodedDataLength)
  }
  line.on('Network.requestWillBeSent', onBegun)
  line.on('Network.loadingFinished', onFinished)
  const status = await at(page, path)
  // What is asked for later, while somebody reads, is found where the screen is looked at (`screen-tests.ts`).
  await until('The page is not all there.', () => [...urls.keys()].every((id) => bytes.has(id)))
  line.off('Network.requestWillBeSent', onBegun)
  line.off('Network.loadingFinished', onFinished)
  const { host } = new URL(page.url())
  // What comes from the browser's own store takes nothing.
  const asked = [...urls].filter(([id]) => (bytes.get(id) ?? 0) > 0)
  const weight = {
    bytes: asked.reduce((sum, [id]) => sum + (bytes.get(id) ?? 0), 0),
    requests: asked.length,
    foreign: asked.filter(([, url]) => new URL(url).host !== host).length,
  }
  return { weight, status }
}

/** Bytes: what a first page may take with style and script, and each after it. */
export const mostBytes = { first: 20 * 1024, next: 4 * 1024 }
/** What forms of very many choices, and a list beside a calendar, take, heads included: the six questions, and the blank form of all. */
export const mostOfLong = { ...mostBytes, next: 4_700 }
/** Calls of the API below one page: two of its own, and what waits for the user, which its head says. */
export const mostCalls = 3
