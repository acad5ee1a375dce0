import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { searchLimit } from '../../schemas/api/search.ts'
import type { Browsing } from '../parts/browsing.ts'
import {
  compared,
  decideAs,
  type FiveDesks,
  filingOf,
  fiveDesks,
  matchBetween,
  searchAs,
} from '../parts/likenesses.ts'
import { at, fill, follow, heading, leaves, press, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'

/** One of the names is enough: the label of each says that it may be left out. */
const optional = (field: string) => en.form.optional.replace('{field}', field)

let browsing: Browsing
let desks: FiveDesks
let ret: string
// A stack of its own, since whoever is filed is compared with all who were.
test.beforeAll(async ({ alone }) => {
  browsing = alone
  desks = await fiveDesks(browsing.running)
  ret = await fileOne(
    desks.istanbul,
    filingOf({ name: { family: 'Țurcanu', given: 'Ștefania' }, birth: { year: 1999 } }),
  )
  await browsing.running.settled()
})

/** Looks for somebody by name and year, as a page without scripts does. */
async function looksFor(page: Page, family: string, given: string, year: string): Promise<void> {
  await at(page, '/desk/filing')
  await follow(page, 'Begin a request')
  await fill(page, {
    [en.values.sought.name]: true,
    [optional(en.fields.family)]: family,
    [optional(en.fields.given)]: given,
  })
  await fill(page, { 'Only the year is known': true, 'Year of birth': year })
  await press(page, 'Search')
}

test('a filing begins with a search: who may be the same person is shown masked, and a new one can begin all the same', async () => {
  const page = await browsing.desk('istanbul')
  await looksFor(page, 'Turcanu', 'Stefania', '1999')
  const { reference } = await desks.istanbul.see(ret)
  const line = await page.locator('tr', { hasText: reference }).innerText()
  expect(line).toContain('Ș. Ț.')
  expect(line).toContain(en.search.trait.name)
  expect(line).not.toMatch(/urcanu/i)
  expect(await violations(page)).toEqual([])
  expect(await page.locator(`a[href="/desk/returns/${ret}"]`).count()).toBe(1)
  await press(page, 'Begin a new request with these answers')
  expect(await heading(page)).toBe('Situation and urgency')
  // Nobody types it twice.
  await at(page, page.url().replace('situation', 'person'))
  expect(await page.locator('input[name$="identity.name.family"]').inputValue()).toBe('Turcanu')
  expect(await page.locator('input[name$="identity.birth.year"]').inputValue()).toBe('1999')
})

test('what was found is read in three languages and on a phone', async () => {
  const page = await browsing.desk('istanbul')
  await looksFor(page, 'Turcanu', 'Stefania', '1999')
  const { reference } = await desks.istanbul.see(ret)
  for (const language of ['Română', 'Русский', 'English']) {
    await press(page, language)
    // What was typed stands there in the other language, and is looked for when somebody says so.
    await leaves(page, () => page.locator('#typed button:not([name])').click())
    expect(await shown(page)).toContain(reference)
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect([language, width, await tooWide(page), await violations(page)]).toEqual([language, width, 0, []])
    }
  }
})

test('nothing that was typed stands in an address that was asked for, nor in a title', async () => {
  const page = await browsing.desk('istanbul')
  await looksFor(page, 'Zzurcan', 'Qristina', '1987')
  expect(await shown(page)).toContain(en.search.nobody)
  expect(await page.title()).not.toContain('Zzurcan')
  expect(browsing.requests().filter((request) => /zzurcan|qristina|1987/i.test(request))).toEqual([])
})

test('what was not answered is asked for, and what was typed is still there', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, '/desk/search')
  await fill(page, { 'By IDNP': true, IDNP: '12' })
  await press(page, 'Search')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.locator('input[name="sought.idnp"]').inputValue()).toBe('12')
})

test('without a document and without a name a filing can begin', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, '/desk/search')
  await press(page, 'Begin without a search')
  expect(await heading(page)).toBe('Situation and urgency')
})

test('somebody who belongs to one who was found is added to her request', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await looksFor(page, 'Turcanu', 'Stefania', '1999')
  await page.getByRole('button', { name: 'Add a person to the request of' }).click()
  expect(await heading(page)).toBe('Situation and urgency')
})

test('too many searches are refused in words that say when to try again, and a filing can begin', async () => {
  for (let searches = 0; searches < searchLimit.count; searches++)
    await searchAs(desks.rome, { idnp: '2000000000004' })
  const page = await browsing.desk('rome', { scripts: false })
  await at(page, '/desk/search')
  await fill(page, { 'By IDNP': true, IDNP: '2000000000004' })
  await press(page, 'Search')
  expect(await shown(page)).toMatch(/Too many searches\. Search again after \d\d:\d\d\./)
  await press(page, 'Begin without a search')
  expect(await heading(page)).toBe('Situation and urgency')
})

test('two returns of one person: IOM links them for a reason, each names the other, and the link is taken back', async () => {
  const person = { name: { family: 'Rusu', given: 'Elena' }, birth: { year: 1991 } }
  const [first, other] = [
    await fileOne(desks.istanbul, filingOf(person)),
    await fileOne(desks.rome, filingOf(person)),
  ]
  await compared(browsing.running)
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, '/desk/matches')
  const { reference } = await desks.iom.see(other)
  await page.getByRole('link', { name: reference }).click()
  expect(await shown(page)).toContain(en.matches.bySystem)
  expect(await shown(page)).not.toMatch(/Rusu|1991/)
  await press(page, 'Save and continue')
  expect(await page.title()).toMatch(/^Error: /)
  await fill(page, { 'It is the same person': true })
  await page.locator('input[value="papers-compared"]').check()
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('same person, linked')
  const match = page.url().split('?')[0] ?? ''
  await at(page, `/desk/returns/${first}`)
  await page.getByRole('link', { name: reference }).click()
  expect(page.url()).toContain(`/desk/returns/${other}`)
  await at(page, match)
  await fill(page, { [en.values.answer.unlinked]: true })
  await page.locator('input[value="mistake"]').check()
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain(en.matches.state.unlinked)
  await at(page, `/desk/returns/${first}`)
  expect(await shown(page)).not.toContain(reference)
})

test('who decides on a match that somebody else has decided on meanwhile is told, and keeps the answer', async () => {
  const person = { name: { family: 'Ciobanu', given: 'Maria' }, birth: { year: 1992 } }
  const rets = [await fileOne(desks.istanbul, filingOf(person)), await fileOne(desks.rome, filingOf(person))]
  await compared(browsing.running)
  const raised = await matchBetween(desks.iom, rets, 'open')
  if (!raised) throw new Error('The two returns were not raised.')
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/matches/${raised.match}`)
  await fill(page, { 'It is the same person': true })
  await page.locator('input[value="papers-compared"]').check()
  await decideAs(desks.iom, raised, 'not-same')
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('What you typed is kept')
  expect(await shown(page)).toContain('not the same person')
  expect(await page.locator('input[value="same"]').isChecked()).toBe(true)
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('same person, linked')
})

test.each([
  ['istanbul', '/desk/matches'],
  ['consular', '/desk/search'],
  ['ministry', '/desk/matches'],
  ['oversight', '/desk/search'],
])('for %s there is no %s', async (user, path) => {
  expect(await at(await browsing.desk(user), path)).toBe(404)
})
