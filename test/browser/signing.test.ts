import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as z from 'zod/mini'
import { openWith, rowOf, sealWith } from '../../functions/desk/session/secret.ts'
import { type Browsing, signInAs } from '../parts/browsing.ts'
import { at, follow, heading, leaves, press, shown } from '../parts/on-the-page.ts'
import { visit } from '../parts/raw-visit.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import type { Item } from '../parts/stored-tables.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

const sessionCookie = '__Host-acasa'

/** What the browser holds of its session. */
async function secretOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.find(({ name }) => name === sessionCookie)?.value ?? ''
}

async function rowFor(secret: string): Promise<Item | undefined> {
  return (await browsing.running.stored.rows('sessions', rowOf(secret)))[0]
}

/** As if nobody had asked for a page for longer than a session waits. */
async function idle(page: Page): Promise<void> {
  const row = await rowFor(await secretOf(page))
  if (!row) throw new Error('There is no session to end.')
  await browsing.running.stored.put('sessions', { ...row, idle: { N: '1' } })
}

/** The issuer forgets who was there: it asks again. */
async function forgottenAtIssuer(page: Page): Promise<void> {
  await page.context().clearCookies({ name: /^_session/ })
}

/** A page asked for with a session's secret alone. */
const asked = (secret: string, path = '/desk') =>
  visit(browsing.url, { path, cookie: `${sessionCookie}=${secret}` })
const toIssuer = { status: 303, headers: { location: expect.stringContaining('/sign-in/authorize?') } }

/** A return that waits for IOM to acknowledge it. */
async function waiting(): Promise<string> {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  return ret
}
const phaseOf = async (ret: string) => (await (await browsing.running.desk('iom')).see(ret)).phase
const acknowledging = (ret: string) => `/desk/returns/${ret}/do/acknowledge`

test('signing in lands on "My work"', async () => {
  const page = await browsing.desk('istanbul')
  expect([new URL(page.url()).pathname, await heading(page)]).toEqual(['/desk', 'My work'])
})

test('it lands where somebody wanted to go', async () => {
  const page = await browsing.open()
  await at(page, '/desk/returns?from=')
  await signInAs(page, 'iom')
  expect(page.url()).toBe(`${browsing.url}/desk/returns?from=`)
})

test("the session's cookie is of this host alone, and no script can read it", async () => {
  const page = await browsing.desk('istanbul')
  const cookies = await page.context().cookies()
  expect(cookies.find(({ name }) => name === sessionCookie)).toMatchObject({
    domain: '127.0.0.1',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    expires: -1,
  })
  expect(cookies.map(({ name }) => name)).not.toContain('__Host-acasa-entry')
  expect(await page.evaluate('document.cookie')).not.toContain('__Host-')
})

test('a session has a new secret after each sign-in, and the one before is worthless', async () => {
  expect(await asked('A'.repeat(43))).toMatchObject(toIssuer)
  const page = await browsing.desk('istanbul')
  const first = await secretOf(page)
  await idle(page)
  // The issuer knows who it is, and does not ask.
  await at(page, '/desk')
  const second = await secretOf(page)
  expect([await heading(page), second === first]).toEqual(['My work', false])
  expect(await rowFor(first)).toBeUndefined()
  expect(await asked(second)).toMatchObject({ status: 200 })
})

test('after signing out the old cookie is worthless, and the issuer asks again', async () => {
  const page = await browsing.desk('istanbul')
  const secret = await secretOf(page)
  await press(page, 'Sign out')
  expect(await heading(page)).toBe('You have signed out')
  expect(await secretOf(page)).toBe('')
  expect(await rowFor(secret)).toBeUndefined()
  expect(await asked(secret)).toMatchObject(toIssuer)
  await follow(page, 'Sign in again')
  await page.locator('button[name="user"][value="istanbul"]').waitFor()
})

test('after half an hour without a page a session is over; a page before that carries it on', async () => {
  const page = await browsing.desk('istanbul')
  const secret = await secretOf(page)
  const inSeconds = (seconds: number) => ({ N: String(Math.floor(Date.now() / 1000) + seconds) })
  const row = await rowFor(secret)
  await browsing.running.stored.put('sessions', { ...row, idle: inSeconds(120) })
  expect(await asked(secret)).toMatchObject({ status: 200 })
  expect(Number((await rowFor(secret))?.idle?.N)).toBeGreaterThan(Number(inSeconds(1700).N))
  await browsing.running.stored.put('sessions', { ...row, idle: inSeconds(-1) })
  expect(await asked(secret)).toMatchObject(toIssuer)
  // A working day is the most, however busy it was.
  await browsing.running.stored.put('sessions', { ...row, idle: inSeconds(600), expires: inSeconds(-1) })
  expect(await asked(secret)).toMatchObject(toIssuer)
})

test('what is stored of a session tells nothing without its cookie', async () => {
  const page = await browsing.desk('istanbul')
  const secret = await secretOf(page)
  const stored = JSON.stringify(await browsing.running.stored.rows('sessions'))
  const user = browsing.running.stack.users.find(({ name }) => name === 'istanbul')
  // Nothing of who, of tokens (`eyJ`, but for the JWE's own head), or of the secret itself.
  for (const result of [
    secret,
    user?.sub ?? '',
    user?.party ?? '',
    'istanbul',
    'access',
    'eyJhbGciOiJSUzI1NiI',
  ])
    expect(stored).not.toContain(result)
  const row = await rowFor(secret)
  expect(Object.keys(row ?? {}).sort()).toEqual(['expires', 'form', 'idle', 'sealed', 'session'])
  await expect(openWith('B'.repeat(43), row?.sealed?.S ?? '')).rejects.toThrow()
  expect(await openWith(secret, row?.sealed?.S ?? '')).toMatchObject({ user: user?.sub })
  // Another's row under the own secret opens nothing, and a damaged one asks to sign in anew.
  await browsing.running.stored.put('sessions', {
    ...row,
    sealed: { S: `${row?.sealed?.S?.slice(0, -4)}AAAA` },
  })
  expect(await asked(secret)).toMatchObject(toIssuer)
})

test('what was typed when the session had ended is sent after the sign-in, by who typed it, once', async () => {
  const ret = await waiting()
  const page = await browsing.desk('iom')
  await at(page, acknowledging(ret))
  await idle(page)
  await forgottenAtIssuer(page)
  await leaves(page, () => page.getByRole('button', { name: 'Send', exact: true }).click())
  expect(await phaseOf(ret)).toBe('filed')
  await signInAs(page, 'iom')
  expect(page.url()).toBe(`${browsing.url}/desk/returns/${ret}?done=acknowledge`)
  expect(await phaseOf(ret)).toBe('acknowledged')
})

test('it is not sent by who did not type it', async () => {
  const ret = await waiting()
  const page = await browsing.desk('iom')
  await at(page, acknowledging(ret))
  await idle(page)
  await forgottenAtIssuer(page)
  await leaves(page, () => page.getByRole('button', { name: 'Send', exact: true }).click())
  await signInAs(page, 'iom-duty')
  expect(new URL(page.url()).pathname).toBe('/desk')
  expect(await phaseOf(ret)).toBe('filed')
})

test('what had something wrong is shown again after the sign-in, and can be sent from there', async () => {
  const ret = await waiting()
  const page = await browsing.desk('iom')
  await at(page, `/desk/returns/${ret}/do/send-back`)
  await idle(page)
  // Nothing was answered: the desk has to ask again, on the page that the sign-in leads to.
  await press(page, 'Send')
  await page.locator('.govuk-error-summary').waitFor()
  const form = page.locator('main form[method="post"]')
  expect(await form.getAttribute('action')).toBe(`/desk/returns/${ret}/do/send-back`)
  await press(page, 'Send')
  expect(await page.title()).toMatch(/^Error: /)
  expect(new URL(page.url()).pathname).toBe(`/desk/returns/${ret}/do/send-back`)
})

test('a form that was made for somebody else is not sent', async () => {
  const ret = await waiting()
  const page = await browsing.desk('iom')
  await at(page, acknowledging(ret))
  // In another tab, somebody else at the same computer.
  const other = await page.context().newPage()
  await at(other, '/desk')
  await press(other, 'Sign out')
  await follow(other, 'Sign in again')
  await signInAs(other, 'iom-duty')
  const answer = page.waitForResponse((item) => item.url().includes(`${acknowledging(ret)}?shown=`))
  await press(page, 'Send')
  expect((await answer).status()).toBe(409)
  expect(await shown(page)).toContain('somebody else at this computer')
  expect(await phaseOf(ret)).toBe('filed')
})

/** Asks the issuer for something with a token of the desk. */
async function atIssuer(path: string, token: Record<string, string>): Promise<number> {
  const begun = await visit(browsing.url, { path: '/desk' })
  const client = new URL(begun.headers.location ?? '').searchParams.get('client_id') ?? ''
  const body = new URLSearchParams({ ...token, client_id: client })
  return (await fetch(`${browsing.running.stack.issuer}${path}`, { method: 'POST', body })).status
}
const tokens = z.looseObject({ refresh: z.string() })
const tokensOf = async (secret: string) =>
  tokens.parse(await openWith(secret, (await rowFor(secret))?.sealed?.S ?? ''))
const again = (token: string) => atIssuer('/token', { grant_type: 'refresh_token', refresh_token: token })

test('after signing out the tokens of the session give no others', async () => {
  const page = await browsing.desk('istanbul')
  const { refresh } = await tokensOf(await secretOf(page))
  expect(await again(refresh)).toBe(200)
  await press(page, 'Sign out')
  expect(await again(refresh)).toBe(400)
})

test('once the issuer gives no more tokens, the next page asks to sign in', async () => {
  const page = await browsing.desk('istanbul')
  const secret = await secretOf(page)
  const opened = await tokensOf(secret)
  // Both are over, as after ten minutes, but the issuer gives new ones.
  const over = { S: await sealWith(secret, { ...opened, access: 'over', accessUntil: 0 }) }
  const row = await rowFor(secret)
  await browsing.running.stored.put('sessions', { ...row, sealed: over })
  expect(await asked(secret)).toMatchObject({ status: 200 })
  await browsing.running.stored.put('sessions', { ...row, sealed: over })
  expect(await atIssuer('/token/revocation', { token: opened.refresh })).toBe(200)
  expect(await asked(secret)).toMatchObject(toIssuer)
})

/** Where a sign-in that was begun comes back to, as the issuer or somebody else would send it. */
async function begun(): Promise<{ cookie: string; state: string }> {
  const { headers } = await visit(browsing.url, { path: '/desk' })
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  return { cookie, state: new URL(headers.location ?? '').searchParams.get('state') ?? '' }
}

test.each([
  ['refused by the issuer: disabled, or cancelled', (state: string) => ({ state, error: 'access_denied' })],
  ['with a code that the issuer did not give', (state: string) => ({ state, code: 'made-up' })],
  ['that somebody else began', () => ({ state: 'another', code: 'made-up' })],
])('a sign-in %s says so, and gives no session', async (_, query) => {
  const { cookie, state } = await begun()
  const search = new URLSearchParams({ ...query(state), iss: browsing.running.stack.issuer })
  const path = `/desk/callback?${search}`
  const answer = await visit(browsing.url, { path, cookie: `${cookie}; acasa-language=en` })
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('Sign-in did not succeed')])
  expect(answer.headers['set-cookie']?.filter((item) => item.startsWith(`${sessionCookie}=`))).toEqual([])
  // The entry served once: what comes a second time begins anew.
  expect(await visit(browsing.url, { path, cookie })).toMatchObject({
    status: 303,
    headers: { location: '/desk' },
  })
})
