import { globSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { rowOf } from '../../functions/desk/session/secret.ts'
import { type Browsing, signInAs } from '../parts/browsing.ts'
import { at, heading, leaves, press, shown, violations } from '../parts/on-the-page.ts'
import { visit } from '../parts/raw-visit.ts'
import { fileOne } from '../parts/running-stack.ts'
import { type ShownScreen, showing } from '../parts/screens.ts'
import { test } from '../parts/shared-browser.ts'

/** "Back" and "Reload" lead to a page again, whatever was sent from it, and send nothing a second time. */

let browsing: Browsing
let there: ShownScreen
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  there = await showing(browsing.running)
})

const errorsOn = (page: Page) => page.locator('.govuk-error-summary').count()

test.each([true, false])(
  'a form with an error, scripts %s: away from it and back again, what was typed and what is wrong stand there',
  async (scripts) => {
    const page = await browsing.desk('iom', { scripts })
    const form = `/desk/returns/${there.ret}/do/send-back`
    await at(page, form)
    await press(page, 'Send')
    expect([new URL(page.url()).pathname, await errorsOn(page)]).toEqual([form, 1])
    await page.locator('textarea').first().fill('x'.repeat(3000))
    await press(page, 'Send')
    const wrong = page.url()
    await at(page, '/desk')
    await page.goBack()
    expect([page.url(), await errorsOn(page)]).toEqual([wrong, 1])
    expect(await page.locator('textarea').first().inputValue()).toBe('x'.repeat(3000))
    await page.reload()
    expect(await errorsOn(page)).toBe(1)
    // And the form as it was before.
    await page.goBack()
    await page.goBack()
    expect(await heading(page)).toBe(en.codes.command['send-back'])
    expect(await errorsOn(page)).toBe(0)
  },
)

test('what was opened for a reason is there after "Back", and for nobody who signs in later', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${there.ret}/people`)
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Show')
  const opened = page.url()
  expect(await shown(page)).toContain('Exemplescu')
  const openings = async () => (await (await browsing.running.desk('iom')).events(there.ret)).access.length
  const before = await openings()
  await at(page, '/desk')
  await page.goBack()
  expect(await shown(page)).toContain('Exemplescu')
  expect(await openings()).toBe(before)
  await press(page, 'Sign out')
  const other = await browsing.desk('iom', { scripts: false })
  await other.goto(opened)
  expect(await shown(other)).not.toContain('Exemplescu')
  expect(new URL(other.url()).search).toBe('')
})

/** Every path to which a form is sent, with ids of what is there. */
const posts = globSync('functions/desk/screens/**/*.ts*').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\.post\(\s*'([^']+)'/g)].map(([, path = '']) => path),
)
const users = ['istanbul', 'iom', 'centre', 'consular-administrator'] as const

test('a form that is sent empty to any path of the desk leads to an address, never to a page', async () => {
  expect(posts.length).toBeGreaterThan(15)
  for (const user of users) {
    const page = await browsing.desk(user, { scripts: false })
    const cookies = await page.context().cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const who = browsing.running.stack.users.find(({ name }) => name === user)?.sub ?? ''
    for (const route of posts) {
      const path = `/desk${route}`
        .replace(':draft', user === 'centre' ? there.unplanned : there.draft)
        .replace(/:person(\{[^}]*\})?/, '0')
        .replace(':topic', 'safety')
        .replace(':command', 'send-back')
        .replace(/:part\{[^/]*\}/, 'people')
        .replace(':ret', there.ret)
        .replace(':match', there.match)
        .replace(':user', there.colleague)
        .replace(':cls/:slot', 'identity/person')
        .replace(/:\w+(\{[^}]*\})?/g, '5')
      // What would delete the draft of this test.
      if (/delete|sign-out/.test(path)) continue
      const answer = await visit(browsing.url, {
        method: 'POST',
        path,
        cookie,
        headers: { origin: browsing.url },
        form: { who, once: `${user}${route}` },
      })
      expect([user, path, answer.status]).toEqual([user, path, 303])
      const next = answer.headers.location ?? ''
      expect([path, next.startsWith('/desk')]).toEqual([path, true])
      const then = await visit(browsing.url, { path: next, cookie })
      expect([user, next, then.status < 500]).toEqual([user, next, true])
    }
  }
})

/** The browser has forgotten its session, and the issuer asks who it is. */
async function forgotten(page: Page, { stored = true } = {}): Promise<void> {
  const cookies = await page.context().cookies()
  const secret = cookies.find(({ name }) => name === '__Host-acasa')?.value ?? ''
  if (!stored) await browsing.running.stored.remove('sessions', { session: { S: rowOf(secret) } })
  await page.context().clearCookies({ name: /^(__Host-acasa|_session)/ })
}
const typed = 'Call the shelter tomorrow.'

test.each([true, false])(
  'the cookie is gone while somebody types, scripts %s: after the sign-in it is sent, once',
  async (scripts) => {
    const ret = await fileOne(await browsing.running.desk('istanbul'))
    await browsing.running.settled()
    const page = await browsing.desk('iom', { scripts })
    await at(page, `/desk/returns/${ret}/do/note`)
    await page.locator('textarea').first().fill(typed)
    await forgotten(page)
    await leaves(page, () => page.getByRole('button', { name: 'Send', exact: true }).click())
    await signInAs(page, 'iom')
    expect(page.url()).toBe(`${browsing.url}/desk/returns/${ret}?done=note`)
    await browsing.running.settled()
    const { events } = await (await browsing.running.desk('iom')).events(ret)
    expect(events.map(({ type }) => type)).toEqual(['filed', 'noted'])
  },
)

test('the session is nowhere any more: the page gives back what was typed, and it is sent from there after a sign-in', async () => {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  const page = await browsing.desk('iom')
  await at(page, `/desk/returns/${ret}/do/note`)
  await page.locator('textarea').first().fill(typed)
  await forgotten(page, { stored: false })
  await press(page, 'Send')
  expect(await heading(page)).toBe('You are signed out. Nothing was sent')
  expect(await shown(page)).toContain(typed)
  expect(await violations(page)).toEqual([])
  const other = await page.context().newPage()
  await other.goto(`${browsing.url}/desk`)
  await signInAs(other, 'iom')
  await press(page, 'Send it again')
  expect(page.url()).toBe(`${browsing.url}/desk/returns/${ret}?done=note`)
  await browsing.running.settled()
})

test('a form that a stranger sends is saved nowhere, whatever ticket it carries', async () => {
  const before = (await browsing.running.stored.rows('sessions')).length
  const who = browsing.running.stack.users.find(({ name }) => name === 'iom')?.sub ?? ''
  for (const ticket of ['', 'x', `${'A'.repeat(43)}.${'A'.repeat(22)}`]) {
    const answer = await visit(browsing.url, {
      method: 'POST',
      path: `/desk/returns/${there.ret}/do/note`,
      headers: { origin: browsing.url },
      form: { who, once: 'once', ticket, 'note.text': typed },
    })
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie'] ?? []).toEqual([])
  }
  expect((await browsing.running.stored.rows('sessions')).length).toBe(before)
})
