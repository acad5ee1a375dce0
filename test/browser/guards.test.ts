import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Browsing } from '../parts/browsing.ts'
import { skipToMain } from '../parts/keyboard.ts'
import { at, follow, heading, leaves, press, shown } from '../parts/on-the-page.ts'
import { type RawVisit, visit } from '../parts/raw-visit.ts'
import { pagesIn } from '../parts/screen-tests.ts'
import { pathOf, type ShownScreen, screens, showing } from '../parts/screens.ts'
import { test } from '../parts/shared-browser.ts'
import { mostCalls } from '../parts/weight.ts'

let browsing: Browsing
let shownThere: ShownScreen
let mission: Page
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  shownThere = await showing(browsing.running)
  mission = await browsing.desk('istanbul')
})

/** The cookies of a page, as its browser would send them. */
async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
const ask = async (page: Page, asked: RawVisit) =>
  visit(browsing.url, { ...asked, cookie: await cookieOf(page) })

describe('every screen', () => {
  const pages = pagesIn('en', () => browsing)
  test.each(screens)('$name: kept by nobody, nothing inline, nothing from elsewhere', async (screen) => {
    const page = await pages(screen.user)
    const { headers, status, text } = await ask(page, { path: pathOf(screen, shownThere) })
    expect(status).toBe(screen.status ?? 200)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
    })
    const policy = String(headers['content-security-policy']).split('; ')
    for (const rule of ["default-src 'none'", "style-src 'self'", "script-src 'self'", "base-uri 'none'"])
      expect(policy).toContain(rule)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy.join()).not.toMatch(/unsafe|\*/)
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]* src="\/desk\/)/i)
    for (const [, address] of text.matchAll(/\s(?:src|href|action)="([^"]*)"/g))
      expect(address).toMatch(/^(\/desk|#|data:,$)/)
    // Where a form does not say where it leads, what is shown after a sign-in cannot be sent again.
    expect(text.match(/<form(?![^>]* action=)[^>]*>/g)).toBeNull()
    const [, calls = '0'] = /desc="(\d+)"/.exec(String(headers['server-timing'] ?? '')) ?? []
    expect(Number(calls)).toBeLessThanOrEqual(screen.calls ?? mostCalls)
    // No name of the sample person, and no category, in what a browser remembers.
    expect(/<title>([^<]*)/.exec(text)?.[1]).not.toMatch(/traffick|victim|RET-/i)
  })
})

test('style and script may be kept for ever, and are the same for everybody', async () => {
  const { text } = await visit(browsing.url, { path: '/desk/signed-out' })
  const addresses = [...text.matchAll(/\s(?:src|href)="(\/desk\/assets\/[^"]*)"/g)].map(
    ([, address = '']) => address,
  )
  expect(addresses).toHaveLength(2)
  for (const path of addresses)
    expect(await visit(browsing.url, { path })).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=31536000, immutable' },
    })
})

const elsewhere: readonly [string, Record<string, string>][] = [
  ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['from a page without an origin', { origin: 'null' }],
  ['that does not say where it comes from', {}],
  ['from another site of the same owner', { 'sec-fetch-site': 'same-site' }],
  ['from the same host at another port', { origin: 'http://127.0.0.1:1' }],
]
test.each(elsewhere)('a POST %s is refused, and nothing is done or kept', async (_, headers) => {
  const before = await browsing.running.stored.rows('sessions')
  const who = browsing.running.stack.users.find(({ name }) => name === 'istanbul')?.sub ?? ''
  for (const path of ['/desk/sign-out', `/desk/returns/${shownThere.ret}/do/ask`]) {
    const answer = await ask(mission, { method: 'POST', path, headers, form: { who, once: 'x' } })
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined])
  }
  expect((await browsing.running.stored.rows('sessions')).length).toBe(before.length)
  expect((await ask(mission, { path: '/desk' })).status).toBe(200)
})

const places = [
  'https://evil.example/desk',
  '//evil.example',
  '/\\evil.example',
  '/desk//evil.example',
  '/desk@evil',
]
places.push('/desk/../sign-in', '/desk/%2e%2e/outbox', 'javascript:alert(1)', 'data:text/html,x', '/deskevil')
test.each(places)('the place %s leads nowhere but to the first page', async (place) => {
  const to = encodeURIComponent(place)
  expect(await ask(mission, { path: `/desk/language/en?to=${to}` })).toMatchObject({
    status: 303,
    headers: { location: '/desk' },
  })
  const hidden = await ask(mission, { path: `/desk/hidden?to=${to}` })
  expect(/<main[\s\S]*href="([^"]*)"[\s\S]*<\/main>/.exec(hidden.text)?.[1]).toBe('/desk')
})

/** What stands where an id or a name is expected, byte for byte as it goes over the wire. */
const tricks = [
  '..',
  '.',
  '%2e%2e',
  '%2E%2e%2f%2e%2e',
  '..%2f..%2fconsular%2freturns',
  '%252e%252e',
  '%2f',
  '%00',
]
tricks.push(
  '..%5c..',
  '..;',
  '%3F',
  '%23',
  'RETURN%2F..',
  '..%2f..%2f..%2fv1%2fconsular%2freturns%2fRETURN',
  '%e2%80%a5',
)

test.each(tricks)(
  '%s in an address shows nothing of what a mission is not on, and breaks nothing',
  async (trick) => {
    const rome = await stranger()
    const { ret } = shownThere
    const reference = await referenceOf(ret)
    const set = trick.replaceAll('RETURN', ret)
    // In place of each step of each screen's address, and after it.
    const addresses = screens.flatMap((screen) => {
      const steps = pathOf(screen, shownThere).split('?')[0]?.split('/').slice(2) ?? []
      const put = steps.map((_, at) => steps.with(at, set))
      return [...put, [...steps, set]].map((item) => `/desk/${item.join('/')}`)
    })
    expect(addresses.length).toBeGreaterThan(30)
    for (const address of new Set(addresses)) {
      const answer = await ask(rome, { path: address })
      expect([address, answer.status >= 500 || answer.text.includes(reference)]).toEqual([address, false])
    }
    const others = [`?from=${set}`, `/${set}?done=${set}`, `/${set}/do/withdraw`]
    for (const path of others.map((other) => `/desk/returns${other}`)) {
      const answer = await ask(rome, { path })
      expect([path, answer.status >= 500 || answer.text.includes(reference)]).toEqual([path, false])
    }
  },
)

test('a desk asks as the party of its token: what another party sees is not there, and cannot be done', async () => {
  const rome = await stranger()
  const { ret, draft } = shownThere
  const who = browsing.running.stack.users.find(({ name }) => name === 'rome')?.sub ?? ''
  const ofReturn = ['', '/timeline', '/people', '/do/ask', '/withdraw'].map(
    (part) => `/desk/returns/${ret}${part}`,
  )
  const ofDraft = ['', '/0/person', '/check'].map((part) => `/desk/filing/${draft}${part}`)
  for (const path of [...ofReturn, ...ofDraft])
    expect([path, (await ask(rome, { path })).status]).toEqual([path, 404])
  const form = { who, once: 'once', party: 'iom', kind: 'iom', version: '1' }
  const path = `/desk/returns/${ret}/do/acknowledge`
  const before = (await browsing.running.stored.rows('trail')).length
  const sent = await ask(rome, { method: 'POST', path, headers: { origin: browsing.url }, form })
  // A form is answered with the address of its page, which says that there is no such return.
  expect([sent.status, sent.headers.location]).toEqual([303, expect.stringMatching(`^${path}\\?shown=`)])
  const answer = await ask(rome, { path: sent.headers.location ?? '' })
  expect([answer.status, answer.text.includes(await referenceOf(ret))]).toEqual([404, false])
  expect((await browsing.running.stored.rows('trail')).length).toBe(before)
})

const strangeHeads: readonly Record<string, string>[] = [
  { host: 'evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
  { forwarded: 'host=evil.example' },
  { 'x-original-url': '/v1/consular/returns', 'x-rewrite-url': '/v1/iom/returns' },
  { authorization: 'Bearer made-up', 'x-http-method-override': 'DELETE' },
]
test.each(strangeHeads)('%j moves no page elsewhere, and gives nothing of another party', async (headers) => {
  const rome = await stranger()
  const { ret } = shownThere
  const list = await ask(rome, { path: '/desk/returns', headers })
  expect([list.status < 500, list.text.includes(await referenceOf(ret))]).toEqual([true, false])
  expect((await ask(rome, { path: `/desk/returns/${ret}`, headers })).status).not.toBe(200)
  const signedOut = await visit(browsing.url, { path: '/desk', headers })
  expect(JSON.stringify(signedOut)).not.toContain('evil.example')
})

const postedSteps = [
  '../../consular/returns',
  '..%2f..%2fiom',
  'iom/../consular',
  '/v1/iom/returns',
  'http://evil.example/',
]
test.each(postedSteps)(
  'a form in which %s stands for an id reaches no other part of the API',
  async (step) => {
    const rome = await stranger()
    const who = browsing.running.stack.users.find(({ name }) => name === 'rome')?.sub ?? ''
    const form = {
      who,
      once: 'once',
      version: '1',
      kind: 'iom',
      party: 'iom',
      ret: step,
      draft: step,
      alert: step,
    }
    const headers = { origin: browsing.url }
    const before = (await browsing.running.stored.rows('trail')).length
    for (const path of [
      '/desk/filing',
      '/desk/search',
      '/desk/alerts/new',
      `/desk/search/${encodeURIComponent(step)}/add`,
    ]) {
      const answer = await ask(rome, { method: 'POST', path, headers, form })
      expect([path, answer.status < 500, answer.text.includes('evil.example/')]).toEqual([path, true, false])
    }
    expect((await browsing.running.stored.rows('trail')).length).toBe(before)
  },
)

let signedInRome: Promise<Page> | undefined
/** A mission that is not on the return. */
function stranger(): Promise<Page> {
  signedInRome ??= browsing.desk('rome')
  return signedInRome
}

async function referenceOf(ret: string): Promise<string> {
  return (await (await browsing.running.desk('istanbul')).see(ret)).reference
}

test('another language shows the same page, and stays chosen', async () => {
  const page = await browsing.desk('istanbul')
  const path = `/desk/returns/${shownThere.ret}/timeline`
  await at(page, path)
  await follow(page, 'Русский')
  expect(new URL(page.url()).pathname).toBe(path)
  expect(await page.locator('html').getAttribute('lang')).toBe('ru')
  await at(page, '/desk')
  expect(await heading(page)).toBe('Моя работа')
})

test('the hidden screen shows nothing of the work, and leads back to it', async () => {
  const page = await browsing.desk('istanbul')
  const path = `/desk/returns/${shownThere.ret}`
  await at(page, path)
  const reference = await referenceOf(shownThere.ret)
  expect(await shown(page)).toContain(reference)
  await follow(page, 'Hide screen')
  const visible = await page.locator('body').innerText()
  for (const result of [reference, 'mission', 'officer', 'Returns', 'Sign out'])
    expect(visible).not.toContain(result)
  await follow(page, 'Continue')
  expect(new URL(page.url()).pathname).toBe(path)
})

test('without scripts it all works: sign in, act, sign out', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await follow(page, 'Returns')
  await follow(page, await referenceOf(shownThere.ret))
  expect(await shown(page)).toContain(await referenceOf(shownThere.ret))
  await press(page, 'Sign out')
  expect(await heading(page)).toBe('You have signed out')
})

test('the keyboard alone reaches the main part first, and signing out', async () => {
  const page = await browsing.desk('istanbul')
  const focused = () => page.evaluate('document.activeElement.textContent.trim()')
  await skipToMain(page)
  await at(page, '/desk')
  const tabs: unknown[] = []
  while (tabs.length < 30 && tabs.at(-1) !== 'Sign out') {
    await page.keyboard.press('Tab')
    tabs.push(await focused())
  }
  expect(tabs.at(-1)).toBe('Sign out')
  await leaves(page, () => page.keyboard.press('Enter'))
  expect(await heading(page)).toBe('You have signed out')
})

test('no page has asked anybody else for anything, nor tried what its policy forbids', () => {
  const others = browsing
    .requests()
    .filter((request) => !request.startsWith(`${browsing.url}/`) && request !== 'data:,')
  expect(others).toEqual([])
  expect(browsing.complaints().filter((complaint) => complaint.includes('Content Security Policy'))).toEqual(
    [],
  )
})
