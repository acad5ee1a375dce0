import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileOne, type RunningStack, startRunning } from '../parts/running-stack.ts'
import { signedInAt } from '../parts/visitor.ts'
import { covered, loadedBy, measurePages } from './pages.ts'

let running: RunningStack
beforeAll(async () => {
  running = await startRunning()
})
afterAll(() => running.stop())

test('time that spans share counts once, and time between them not at all', () => {
  const span = fc.record({ start: fc.nat(50), length: fc.nat(20) })
  fc.assert(
    fc.property(fc.array(span, { maxLength: 10 }), (all) => {
      const spans = all.map(({ start, length }) => ({ start, end: start + length }))
      const running = Array.from({ length: 80 }, (_, at) =>
        spans.some(({ start, end }) => start <= at && at < end),
      )
      expect(covered(spans)).toBe(running.filter(Boolean).length)
    }),
  )
})

test('what a page loads by itself is found, and what somebody has to follow is not', () => {
  const page = `<link rel="stylesheet" href="/a.css"><link href="b.svg" rel="icon"><link rel="canonical" href="/no">
    <script src="https://elsewhere.example/c.js" defer></script><img alt="" src="/d.png?x=1&amp;y=2"><a href="/no">no</a>`
  const style =
    '@import "e.css"; a { background: url(/f.png) } b { src: url("g.woff2") } c { x: url(data:image/png;base64,AA) }'
  const base = new URL('http://desk.example/desk/page')
  const found = [...loadedBy(page, base), ...loadedBy(style, base)].map(({ href }) => href)
  expect(found.sort()).toEqual(
    [
      'http://desk.example/a.css',
      'http://desk.example/desk/b.svg',
      'https://elsewhere.example/c.js',
      'http://desk.example/d.png?x=1&y=2',
      'http://desk.example/desk/e.css',
      'http://desk.example/f.png',
      'http://desk.example/desk/g.woff2',
      'data:image/png;base64,AA',
    ].sort(),
  )
})

test('a page costs what it sends, and what it asks the API; a page that is not shown costs nothing, and is told', async () => {
  const mission = await running.desk('istanbul')
  const ret = await fileOne(mission)
  await running.settled()
  const jar = await signedInAt(running.stack.url, 'istanbul')
  const costs = await measurePages(running.stack, jar, ['/desk', `/desk/returns/${ret}`])
  expect(costs.size).toBe(2)
  for (const [path, { first, next, elsewhere, apiCalls, serverMs, apiMs }] of costs) {
    expect([path, elsewhere]).toEqual([path, []])
    // Style and script are kept by the browser; the page itself never is.
    expect([path, next.requests]).toEqual([path, 1])
    expect(first.requests).toBeGreaterThan(1)
    expect(first.bytes).toBeGreaterThan(next.bytes)
    expect(next.bytes).toBeGreaterThan(500)
    expect(apiCalls).toBeGreaterThan(0)
    expect(serverMs).toBeGreaterThanOrEqual(apiMs)
    expect(apiMs).toBeGreaterThan(0)
  }
  await expect(measurePages(running.stack, new Map(), ['/desk'])).rejects.toThrow('/desk answered 303.')
  // Nobody is watched any more.
  const { invoke } = running.stack.functions
  expect(await measurePages(running.stack, jar, [])).toEqual(new Map())
  expect(running.stack.functions.invoke).toBe(invoke)
})
