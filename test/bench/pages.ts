import { gunzipSync, inflateSync } from 'node:zlib'
import type { Functions } from '../../infra/local/functions.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import { partyKindNames } from '../../schemas/parties.ts'
import { type CookieJar, visit, type Wire } from '../parts/visitor.ts'
import { median } from './rounds.ts'

/** What goes over the wire: how often is asked, and the bytes of the bodies as they come, compressed or not. */
export interface Traffic {
  requests: number
  bytes: number
}

export interface PageCost {
  /** For who comes first: the page, and everything that it and its styles load. */
  first: Traffic
  /** For who has been here: what a browser keeps without asking is not asked for. */
  next: Traffic
  /** What is asked of other hosts: there should be nothing. */
  elsewhere: string[]
  /** Calls to the API for one page; the most that were seen. */
  apiCalls: number
  /** Milliseconds on the server, and those of them in which an answer of the API was waited for: medians. */
  serverMs: number
  apiMs: number
}

/** Enough for a median; the first visits, in which functions open their connections, are not counted. */
const rounds = { warming: 2, counted: 7 }

/** Measures pages of the desk, one at a time, for who is signed in with these cookies. Throws where one is not shown. */
export async function measurePages(
  stack: LocalStack,
  jar: CookieJar,
  paths: readonly string[],
): Promise<Map<string, PageCost>> {
  const watched = watchInvocations(stack.functions)
  try {
    const costs = new Map<string, PageCost>()
    for (const path of paths) costs.set(path, await measurePage(stack, jar, path, watched.invocations))
    return costs
  } finally {
    watched.stop()
  }
}

interface Span {
  start: number
  end: number
}
interface Invocation extends Span {
  name: string
}

async function measurePage(
  stack: LocalStack,
  jar: CookieJar,
  path: string,
  invocations: Invocation[],
): Promise<PageCost> {
  const address = new URL(path, stack.url)
  const pages: Wire[] = []
  const times: { serverMs: number; apiMs: number; apiCalls: number }[] = []
  for (let round = 0; round < rounds.warming + rounds.counted; round++) {
    invocations.length = 0
    pages.push(await shown(address, jar))
    if (round >= rounds.warming) times.push(timesOf(invocations))
  }
  const page = pages.at(-1)
  if (!page) throw new Error(`${path} was not asked for.`)
  const loaded = await load(address, page, jar)
  return {
    first: trafficOf([page, ...loaded.here]),
    next: trafficOf([page, ...loaded.here.filter((one) => !isKept(one))]),
    elsewhere: loaded.elsewhere,
    apiCalls: Math.max(...times.map(({ apiCalls }) => apiCalls)),
    serverMs: median(times.map(({ serverMs }) => serverMs)),
    apiMs: median(times.map(({ apiMs }) => apiMs)),
  }
}

async function shown(address: URL, jar: CookieJar): Promise<Wire> {
  const wire = await visit(address, jar)
  if (wire.status !== 200) throw new Error(`${address.pathname} answered ${wire.status}.`)
  return wire
}

/** The functions by which the gateway answers: the desk's own, and those of parties below it. */
const isDesk = ({ name }: Invocation) => name.endsWith('-desk')
const isApi = ({ name }: Invocation) => partyKindNames.some((kind) => name.endsWith(`-${kind}`))

function timesOf(invocations: readonly Invocation[]) {
  const desk = invocations.filter(isDesk)
  const api = invocations.filter(isApi)
  return { serverMs: covered(desk), apiMs: covered(api), apiCalls: api.length }
}

/** The time in which at least one of some spans was running: those that run side by side count once. */
export function covered(spans: readonly Span[]): number {
  let total = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    total += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return total
}

/** Notes when the gateway invokes which function, until it is stopped. */
function watchInvocations(functions: Functions): { invocations: Invocation[]; stop(): void } {
  const invocations: Invocation[] = []
  const { invoke } = functions
  functions.invoke = async (name, event, trace) => {
    const start = performance.now()
    try {
      return await invoke(name, event, trace)
    } finally {
      invocations.push({ name, start, end: performance.now() })
    }
  }
  return {
    invocations,
    stop() {
      functions.invoke = invoke
    },
  }
}

function trafficOf(wires: readonly Wire[]): Traffic {
  return { requests: wires.length, bytes: wires.reduce((sum, { body }) => sum + body.length, 0) }
}

/** Whether a browser takes it from its own store the next time, without asking. */
function isKept({ headers }: Wire): boolean {
  const told = String(headers['cache-control'] ?? '')
  return /\bmax-age=[1-9]/.test(told) && !/\bno-(store|cache)\b/.test(told)
}

/** What a page loads by itself, each once, and what its styles load. */
async function load(page: URL, wire: Wire, jar: CookieJar): Promise<{ here: Wire[]; elsewhere: string[] }> {
  const here: Wire[] = []
  const seen = new Set<string>()
  const elsewhere: string[] = []
  const waiting = loadedBy(textOf(wire), page)
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    if (one.protocol === 'data:' || seen.has(one.href)) continue
    seen.add(one.href)
    if (one.origin !== page.origin) {
      elsewhere.push(one.href)
      continue
    }
    const loaded = await shown(one, jar)
    here.push(loaded)
    if (String(loaded.headers['content-type']).startsWith('text/css'))
      waiting.push(...loadedBy(textOf(loaded), one))
  }
  return { here, elsewhere }
}

/**
 * The addresses that a browser asks for by itself when it reads a page or a style: of scripts, pictures, frames, styles
 * and icons, and `url()` and `@import` in styles. A link that somebody has to follow is none.
 */
export function loadedBy(text: string, base: URL): URL[] {
  const tags = [...text.matchAll(/<(script|img|iframe|source|link)\b[^>]*>/gi)].flatMap(
    ([tag, name = '']) => {
      const attribute = (of: string) => new RegExp(`\\s${of}="([^"]*)"`, 'i').exec(tag)?.[1]
      if (name.toLowerCase() !== 'link') return attribute('src') ?? []
      const loads = /\b(stylesheet|icon|preload|modulepreload|manifest)\b/i.test(attribute('rel') ?? '')
      return loads ? (attribute('href') ?? []) : []
    },
  )
  const ofStyles = [...text.matchAll(/url\(\s*(['"]?)([^'")]+)\1\s*\)|@import\s+(['"])([^'"]+)\3/g)].map(
    ([, , inUrl, , imported]) => inUrl ?? imported ?? '',
  )
  return [...tags, ...ofStyles].map((address) => new URL(address.replaceAll('&amp;', '&'), base))
}

function textOf({ headers, body }: Wire): string {
  const encoding = headers['content-encoding']
  const plain = encoding === 'gzip' ? gunzipSync(body) : encoding === 'deflate' ? inflateSync(body) : body
  return plain.toString('utf8')
}
