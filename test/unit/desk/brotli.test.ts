import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { expect, test } from 'vitest'
import { brotli } from '../../../functions/desk/brotli.ts'

const text = 'Cine poate afla despre ea, și de ce. '.repeat(100)
const app = new Hono()
  .use(compress(), brotli)
  .get('/text', (context) => context.html(text))
  .get('/nothing', (context) => context.body(null, 303, { location: '/text', 'content-type': 'text/html' }))
  .get('/picture', (context) => context.body(text, 200, { 'content-type': 'image/png' }))

const request = (path: string, accepted?: string) =>
  app.request(path, accepted === undefined ? {} : { headers: { 'accept-encoding': accepted } })

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['br', 'br'],
  ['br;q=0.5', 'br'],
  ['gzip, BR', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['gzip, br; q=0.000 ', 'gzip'],
  ['gzip, brotli', 'gzip'],
  ['gzip', 'gzip'],
  ['identity', null],
  [undefined, null],
])('a browser that accepts %s gets the whole text in %s', async (accepted, encoding) => {
  const answer = await request('/text', accepted)
  const { headers } = answer
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(headers.get('content-encoding')).toBe(encoding)
  expect(headers.get('vary')).toBe('Accept-Encoding')
  const plain =
    encoding === 'br' ? brotliDecompressSync : encoding === 'gzip' ? gunzipSync : (same: Buffer) => same
  expect(plain(bytes).toString()).toBe(text)
  if (encoding) expect(bytes.length).toBeLessThan(text.length / 10)
})

test.each(['/nothing', '/picture'])('%s is not compressed', async (path) => {
  const answer = await request(path, 'br')
  expect(answer.headers.get('content-encoding')).toBe(null)
})
