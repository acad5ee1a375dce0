import { globSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { apiOf, isBadPath } from '../../../functions/desk/api.ts'
import { deskAddress } from '../../../functions/desk/context.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'

/** The paths that arrive at the API, byte for byte. */
let server: Server
const arrived: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    arrived.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null)
  process.env[variable.apiUrl] = `http://127.0.0.1:${port}`
})
afterAll(() => {
  delete process.env[variable.apiUrl]
  server.close()
})

/** Steps of paths: ordinary ones, and some that an attacker would try. */
const step = fc.oneof(
  fc.constantFrom(
    'returns',
    '..',
    '.',
    '',
    '%2e%2e',
    '%2E.',
    '..%2f',
    '..\\',
    '../../consular',
    '/',
    '%2f',
    '?',
    '#',
  ),
  fc.constantFrom(
    '\u0000',
    '..;',
    ' ..',
    '%252e%252e',
    '/v1/consular',
    '\u2025',
    '\uff0e\uff0e',
    '@host',
    '//host',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

test('the desk calls the API only below its own kind of party, whatever a step of a path holds', async () => {
  const kind = fc.constantFrom(...partyKindNames)
  await fc.assert(
    fc.asyncProperty(kind, fc.array(step, { minLength: 1, maxLength: 4 }), async (own, path) => {
      arrived.length = 0
      const api = apiOf(own, async () => 'token')
      try {
        await api.get(path, z.object({}))
      } catch (error) {
        // Text that is no Unicode cannot stand in an address.
        if (!isBadPath(error) && !(error instanceof URIError)) throw error
        expect(arrived).toEqual([])
        return
      }
      const [came = ''] = arrived
      expect(came.split('/').slice(0, 3)).toEqual(['', 'v1', own])
      expect(came.split('/').slice(3).map(decodeURIComponent)).toEqual(path)
      // A proxy or a gateway may decode the path once more: it still leads nowhere else.
      const again = new URL(decodeURIComponent(came), 'http://api.invalid')
      expect([again.host, again.pathname.split('/').length]).toEqual(['api.invalid', path.length + 3])
      expect(again.pathname.startsWith(`/v1/${own}/`)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('the address to go to is a page of the desk, whatever the request names', () => {
  const odd = fc.constantFrom(
    '/desk',
    '/',
    '//',
    '..',
    '%2e%2e',
    '\\',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'http://',
    '\t',
  )
  const address = fc.oneof(
    fc.string(),
    fc.array(odd, { maxLength: 6 }).map((parts) => `/desk${parts.join('')}`),
  )
  fc.assert(
    fc.property(address, (requested) => {
      const target = new URL(deskAddress(requested), 'https://desk.example')
      expect(target.origin).toBe('https://desk.example')
      expect(target.pathname).toMatch(/^\/desk(\/|$)/)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['/desk/returns?from=a%2Bb', '/desk/returns?from=a%2Bb'],
  ['/desk', '/desk'],
  ['/desk/../v1/iom/returns', '/desk'],
  ['/desk/%2e%2e/sign-in/logout', '/desk'],
  ['/deskevil', '/desk'],
  ['//evil.example', '/desk'],
  ['https://evil.example/desk', '/desk'],
  ['/desk\\evil.example', '/desk'],
  [undefined, '/desk'],
])('the address %s leads to %s', (requested, address) => {
  expect(deskAddress(requested)).toBe(address)
})

test('every form names its address, since after a sign-in it is shown again at another one', () => {
  const files = globSync('functions/desk/**/*.tsx')
  const forms = files.flatMap((file) => readFileSync(file, 'utf8').match(/<form\b[^>]*>/g) ?? [])
  expect(forms.length).toBeGreaterThan(3)
  expect(forms.filter((form) => !/\saction=/.test(form))).toEqual([])
})
