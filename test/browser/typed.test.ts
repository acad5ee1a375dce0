import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personPath, personShape } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { rowOf } from '../../functions/desk/session/secret.ts'
import { sample } from '../parts/bodies.ts'
import { type Browsing, signInAs } from '../parts/browsing.ts'
import { wholeList } from '../parts/desk.ts'
import { draftsOf } from '../parts/drafts.ts'
import { at, follow, heading, leaves, press, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'

/** Nothing that was typed is lost, and nobody else gets it. */

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

/** A draft of Istanbul's in which all is told; gives the path of its first page, and of others by `topic`. */
async function written(topic = 'situation'): Promise<string> {
  const content = Object.fromEntries(formEntriesOf(personShape('mission'), sample, personPath(0)))
  const { draft } = await draftsOf(await browsing.running.desk('istanbul')).begin({ content })
  return `/desk/filing/${draft}/0/${topic}`
}

const place = 'input[name="persons.0.case.place"]'
const placeOn = (page: Page) => page.locator(place).inputValue()

/** The session of a page is over, and the issuer asks who it is. */
async function over(page: Page): Promise<void> {
  const cookies = await page.context().cookies()
  const secret = cookies.find(({ name }) => name === '__Host-acasa')?.value ?? ''
  const [row] = await browsing.running.stored.rows('sessions', rowOf(secret))
  await browsing.running.stored.put('sessions', { ...row, idle: { N: '1' } })
  await page.context().clearCookies({ name: /^_session/ })
}

const save = (page: Page) =>
  leaves(page, () => page.getByRole('button', { name: 'Save and continue' }).click())

test.each([true, false])(
  'a session that ends in the middle of a page, scripts %s: signed in again, it is saved',
  async (scripts) => {
    const path = await written()
    const page = await browsing.desk('istanbul', { scripts })
    await at(page, path)
    await page.locator(place).fill('Trabzon')
    await over(page)
    await save(page)
    await signInAs(page, 'istanbul')
    // Saved as if nothing had been between: the next topic stands there.
    expect(await heading(page)).toBe('The person')
    await at(page, path)
    expect(await placeOn(page)).toBe('Trabzon')
  },
)

test('another officer who signs in at the same computer does not get what was typed, and it is not sent', async () => {
  const path = await written()
  const page = await browsing.desk('istanbul')
  await at(page, path)
  await page.locator(place).fill('Trabzon')
  await over(page)
  await save(page)
  await signInAs(page, 'istanbul-duty')
  expect(new URL(page.url()).pathname).toBe('/desk')
  expect(await page.content()).not.toContain('Trabzon')
  await at(page, '/desk/shown')
  expect(new URL(page.url()).pathname).toBe('/desk')
  await at(page, path)
  expect(await placeOn(page)).toBe('Istanbul')
})

test('a sign-in that is refused once, or given up and begun anew, keeps what was typed for the next', async () => {
  const path = await written()
  const page = await browsing.desk('istanbul')
  await at(page, path)
  await page.locator(place).fill('Trabzon')
  await over(page)
  await save(page)
  // As the issuer answers who presses "Cancel".
  expect(await at(page, '/desk/callback?error=access_denied&state=another')).toBe(403)
  await follow(page, 'My work')
  // And somebody goes away from the issuer's page to another address of the desk.
  await at(page, '/desk/returns')
  await signInAs(page, 'istanbul')
  expect(await heading(page)).toBe('The person')
  await at(page, path)
  expect(await placeOn(page)).toBe('Trabzon')
})

test.each([true, false])(
  'hiding the screen keeps what was typed, scripts %s: of a filing it is saved',
  async (scripts) => {
    const path = await written()
    const page = await browsing.desk('istanbul', { scripts })
    await at(page, path)
    await page.locator(place).fill('Trabzon')
    await press(page, 'Hide screen')
    expect(await page.content()).not.toMatch(/Trabzon|persons\.0/)
    expect(page.url()).not.toContain('Trabzon')
    await follow(page, 'Continue')
    expect([new URL(page.url()).pathname, await placeOn(page)]).toEqual([path, 'Trabzon'])
    // Nobody said that the page is done, and nothing is wrong with it.
    expect(await page.locator('.govuk-error-summary').count()).toBe(0)
  },
)

test('hiding the screen keeps what was typed on a return, and sends nothing; so does another language', async () => {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  const iom = await browsing.running.desk('iom')
  const { version } = await iom.see(ret)
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/do/note`)
  const note = page.locator('textarea').first()
  await note.fill('Call the shelter tomorrow.')
  await press(page, 'Hide screen')
  expect(await page.content()).not.toContain('shelter')
  await follow(page, 'Continue')
  expect(await note.inputValue()).toBe('Call the shelter tomorrow.')
  await press(page, 'Русский')
  expect(await page.locator('html').getAttribute('lang')).toBe('ru')
  expect(await note.inputValue()).toBe('Call the shelter tomorrow.')
  await press(page, 'English')
  expect((await iom.see(ret)).version).toBe(version)
  await press(page, 'Send')
  expect((await iom.see(ret)).version).toBe(version + 1)
  await browsing.running.settled()
})

test('the screen is hidden, and the session ends: after the sign-in what was typed stands there, and is not sent', async () => {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  const page = await browsing.desk('iom')
  await at(page, `/desk/returns/${ret}/do/note`)
  await page.locator('textarea').first().fill('Call the shelter tomorrow.')
  await press(page, 'Hide screen')
  await over(page)
  await follow(page, 'Continue')
  await signInAs(page, 'iom')
  expect(await page.locator('textarea').first().inputValue()).toBe('Call the shelter tomorrow.')
  const { events } = await (await browsing.running.desk('iom')).events(ret)
  expect(events.map(({ type }) => type)).toEqual(['filed'])
})

test.each([true, false])(
  'another language in the middle of a page keeps what was typed, scripts %s',
  async (scripts) => {
    const path = await written()
    const page = await browsing.desk('istanbul', { scripts })
    await at(page, path)
    await page.locator(place).fill('Trabzon')
    await press(page, 'Română')
    expect([await page.locator('html').getAttribute('lang'), await placeOn(page)]).toEqual(['ro', 'Trabzon'])
    await at(page, '/desk')
    expect(await page.locator('html').getAttribute('lang')).toBe('ro')
  },
)

test('another language keeps what was typed into a search and into an alert, and looks for nobody', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, '/desk/search')
  await page.locator('input[value="idnp"]').check()
  await page.locator('input[name="sought.idnp"]').fill('2000000000004')
  await press(page, 'Русский')
  expect(await page.locator('input[name="sought.idnp"]').inputValue()).toBe('2000000000004')
  await at(page, '/desk/alerts/new')
  await page.locator('input[name="case.place"]').fill('Antalya')
  await press(page, 'Română')
  expect(await page.locator('input[name="case.place"]').inputValue()).toBe('Antalya')
  expect(await page.locator('.govuk-error-summary').count()).toBe(0)
})

test('Enter in a field saves the page, and takes no row away; a row that is added has the focus', async () => {
  const path = await written('family')
  const page = await browsing.desk('istanbul')
  await at(page, path)
  const name = page.locator('input[name="contacts.persons.0.name"], input[name$="contacts.persons.0.name"]')
  await name.fill('Mostră Exemplescu')
  await leaves(page, () => name.press('Enter'))
  expect(await heading(page)).toBe('Needs')
  await at(page, path)
  expect(await name.inputValue()).toBe('Mostră Exemplescu')
  const more = page.locator('button[name="more"][value="persons.0.contacts.persons"]')
  await leaves(page, () => more.click())
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.name')).toMatch(/^persons\.0\.contacts\.persons\.1\./)
  expect(await page.locator('.govuk-error-summary').count()).toBe(0)
})

test('two officers on one page: who saves second sees both answers in words, and nothing is lost', async () => {
  const path = await written()
  const [first, other] = [
    await browsing.desk('istanbul', { scripts: false }),
    await browsing.desk('istanbul-duty'),
  ]
  await at(first, path)
  await at(other, path)
  await first.locator(place).fill('Bursa')
  await first.locator('input[name="persons.0.case.urgency"][value="none"]').check()
  await other.locator(place).fill('Izmir')
  await press(first, 'Save and continue')
  const answer = other.waitForResponse((response) => response.url().includes('?shown='))
  await press(other, 'Save and continue')
  expect((await answer).status()).toBe(409)
  const result = await other.locator('.govuk-error-summary').innerText()
  expect(result).toMatch(/Saved answers[\s\S]*Bursa[\s\S]*Your answers[\s\S]*Izmir/)
  expect(result).not.toMatch(/authority-deadline|persons\.|case\./)
  expect(await placeOn(other)).toBe('Izmir')
  expect(await violations(other)).toEqual([])
  await other.setViewportSize({ width: 320, height: 800 })
  expect(await tooWide(other)).toBe(0)
  await press(other, 'Save and continue')
  await at(first, path)
  expect(await placeOn(first)).toBe('Izmir')
})

test('Back after sending sends nothing again: it leads to the request', async () => {
  const path = await written()
  const page = await browsing.desk('istanbul')
  await at(page, path.replace('/0/situation', '/check'))
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  expect(await heading(page)).toBe('The request was sent')
  const request = new URL(page.url()).pathname
  await browsing.running.settled()
  const sent = async () => (await wholeList(await browsing.running.desk('istanbul'))).length
  const before = await sent()
  await page.goBack()
  expect(new URL(page.url()).pathname).toBe(request)
  expect(await shown(page)).toMatch(/RET-/)
  await browsing.running.settled()
  expect(await sent()).toBe(before)
})

test('pressed twice, scripts off, a note is written once', async () => {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/do/note`)
  await page.locator('textarea').first().fill('Call the shelter tomorrow.')
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick()
  await page.waitForURL(/done=note/)
  await browsing.running.settled()
  const { events } = await (await browsing.running.desk('iom')).events(ret)
  expect(events.map(({ type }) => type)).toEqual(['filed', 'noted'])
})

test('five minutes before a session ends the page says so, and not before', async () => {
  const page = await browsing.desk('istanbul')
  await page.clock.install()
  await at(page, '/desk')
  const warning = page.locator('#session-warning')
  await page.clock.fastForward('24:00')
  expect(await warning.isVisible()).toBe(false)
  await page.clock.fastForward('02:00')
  await warning.waitFor()
  expect(await warning.innerText()).toMatch(/You will be signed out at \d\d:\d\d/)
})
