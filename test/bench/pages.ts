import { type Browsing, startBrowsing } from '../parts/browsing.ts'
import { visit } from '../parts/raw-visit.ts'
import { pathOf, type Screen, screens, showing } from '../parts/screens.ts'
import { type Weight, weightOf } from '../parts/weight.ts'
import { median } from './rounds.ts'

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

/** Each page is asked for so often; the median stands for all. */
const rounds = 7

/** Measures every screen, on a stack and in a browser of its own; nothing is held back here. */
export async function measurePages(dataDir: string): Promise<Map<string, PageCost>> {
  const browsing = await startBrowsing({ dataDir })
  try {
    const shown = await showing(browsing.running)
    const costs = new Map<string, PageCost>()
    // What answers with a trouble is no screen that anybody waits for.
    for (const screen of screens.filter(({ status = 200 }) => status === 200))
      costs.set(screen.name, await costOf(browsing, screen, pathOf(screen, shown)))
    return costs
  } finally {
    await browsing.stop()
  }
}

async function costOf(browsing: Browsing, { user }: Screen, path: string): Promise<PageCost> {
  const page = await browsing.desk(user)
  const weight = await weightOf(page, path)
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const times: { ms: number; apiMs: number; apiCalls: number }[] = []
  for (let left = rounds; left > 0; left--) {
    const began = performance.now()
    const { headers } = await visit(browsing.url, { path, cookie, headers: { 'accept-encoding': 'gzip' } })
    const ms = performance.now() - began
    const [, apiMs = '0', apiCalls = '0'] =
      /api;dur=([\d.]+);desc="(\d+)"/.exec(String(headers['server-timing'])) ?? []
    times.push({ ms, apiMs: Number(apiMs), apiCalls: Number(apiCalls) })
  }
  await page.context().close()
  return {
    ...weight,
    apiCalls: Math.max(...times.map((time) => time.apiCalls)),
    apiMs: median(times.map((time) => time.apiMs)),
    ms: median(times.map((time) => time.ms)),
  }
}
