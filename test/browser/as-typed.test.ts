import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personPath, personShape } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { sample } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { draftsOf } from '../parts/drafts.ts'
import { at, heading, press, shown } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'

/** People as they are, and text as people type it: nothing of it is refused, and all of it is sent in one form. */

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

const field = (name: string) => `[name="persons.0.${name}"]`

/** Types into fields, by their names in the form of a person. */
async function fill(page: Page, typed: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(typed)) await page.locator(field(name)).first().fill(text)
}

test('one name, a month in words, spaces, other hyphens and an invisible sign are filed as they are meant', async () => {
  const desk = await browsing.running.desk('istanbul')
  const content = Object.fromEntries(formEntriesOf(personShape('mission'), sample, personPath(0)))
  const { draft } = await draftsOf(desk).begin({ content })
  const page = await browsing.desk('istanbul', { scripts: false })

  await at(page, `/desk/filing/${draft}/0/person`)
  await page.locator(`${field('identity.birth._as')}[value="on"]`).check()
  await page.locator(`${field('identity.citizenship._as')}[value="countries"]`).check()
  await fill(page, {
    'identity.name.family': ' Exemplescu ‑\u200B Probaru\u00A0',
    'identity.name.given': '',
    'identity.birth.on._day': '7',
    'identity.birth.on._month': 'mai',
    'identity.birth.on._year': '1974',
    'identity.citizenship': 'moldova, România',
    'identity.language': 'Limba semnelor din Moldova',
    'identity.idnp': '2 000 000 000 004',
  })
  await press(page, 'Save and continue')
  expect(await shown(page)).not.toMatch(/There is a problem/)
  expect(await heading(page)).toBe('Documents')

  await at(page, `/desk/filing/${draft}/0/family`)
  await fill(page, { 'contacts.persons.0.phone': 'tel. 00373 (22) 12-34.56' })
  await press(page, 'Save and continue')
  expect(await heading(page)).toBe('Needs')

  await at(page, `/desk/filing/${draft}/check`)
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  await browsing.running.settled()
  const [reference = ''] = /RET-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await shown(page)) ?? []
  const { returns } = await desk.list()
  const ret = returns.find((row) => row.reference === reference)?.ret ?? ''
  const { sections } = await desk.open(ret, ['identity', 'contacts'])
  const contents = Object.fromEntries(sections.map(({ cls, content: opened }) => [cls, opened]))
  expect(contents.identity).toMatchObject({
    name: { family: 'Exemplescu-Probaru' },
    birth: { on: '1974-05-07' },
    citizenship: ['MD', 'RO'],
    language: 'vsi',
    idnp: '2000000000004',
  })
  expect(contents.contacts).toMatchObject({ persons: [{ phone: '+37322123456' }] })
})

test.each([
  ['ro', 'Română', /începeți cu \+ și codul țării/],
  ['ru', 'Русский', /начните с \+ и кода страны/],
  ['en', 'English', /begin with \+ and the country code/],
])('in %s a phone number without its country is refused with what to write', async (_, language, cure) => {
  const desk = await browsing.running.desk('istanbul')
  const content = Object.fromEntries(formEntriesOf(personShape('mission'), sample, personPath(0)))
  const { draft } = await draftsOf(desk).begin({ content })
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/filing/${draft}/0/family`)
  const other = page.getByRole('button', { name: language, exact: true })
  if ((await other.count()) > 0) await press(page, language)
  await fill(page, { 'contacts.persons.0.phone': '022 123 456' })
  await page.locator('main form button:not([name])').last().click()
  expect(await shown(page)).toMatch(cure)
  expect(await page.locator(field('contacts.persons.0.phone')).inputValue()).toBe('022 123 456')
})
