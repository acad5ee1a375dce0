import { expect } from 'vitest'
import { personPath, personShape } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { sample } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { draftsOf } from '../parts/drafts.ts'
import { at, follow, heading, press, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'

/** Nothing is removed without a question, and afterwards the page says what was done. */

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

/** A draft of Istanbul's with some persons; gives its path. */
async function written(persons = 1): Promise<string> {
  const entries = Array.from({ length: persons }, (_, person) =>
    formEntriesOf(
      personShape('mission'),
      { ...sample, case: { ...sample.case, place: `Place ${person + 1}` } },
      personPath(person),
    ),
  )
  const content = Object.fromEntries(entries.flat())
  const { draft } = await draftsOf(await browsing.running.desk('istanbul')).begin({ content })
  return `/desk/filing/${draft}`
}

test('a draft is deleted after a question, and the list says so', async () => {
  const path = await written()
  const page = await browsing.desk('istanbul')
  await at(page, path)
  await follow(page, 'Delete this draft')
  expect(await heading(page)).toBe('Delete this draft?')
  expect(await violations(page)).toEqual([])
  await follow(page, 'No, keep it')
  expect(new URL(page.url()).pathname).toBe(path)
  await follow(page, 'Delete this draft')
  await press(page, 'Delete this draft')
  expect(await shown(page)).toMatch(/The draft was deleted/)
  expect(await at(page, path)).toBe(404)
})

test('a person is taken out of a request after a question, and the others move up', async () => {
  const path = await written(3)
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, path)
  await follow(page, 'Remove person 2')
  expect(await shown(page)).toMatch(/Person 2/)
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await tooWide(page)).toBe(0)
  await press(page, 'Remove this person')
  expect(await shown(page)).toMatch(/The person was removed from the request/)
  expect(await shown(page)).not.toMatch(/Person 3/)
  await at(page, `${path}/1/situation`)
  expect(await page.locator('input[name="persons.1.case.place"]').inputValue()).toBe('Place 3')
  // Whoever is alone cannot be taken out: then the draft is deleted.
  const alone = await written()
  await at(page, alone)
  expect(await page.getByRole('link', { name: /Remove person/ }).count()).toBe(0)
  expect(await at(page, `${alone}/0/remove`)).toBe(404)
})

test.each([true, false])(
  'a row with text in it goes after a question, an empty one at once, scripts %s',
  async (scripts) => {
    const path = `${await written()}/0/family`
    const page = await browsing.desk('istanbul', { scripts })
    await at(page, path)
    const rows = page.locator('input[type="hidden"][name^="persons.0.contacts.persons."][name$="._row"]')
    const before = await rows.count()
    await page.locator('button[name="more"][value="persons.0.contacts.persons"]').click()
    expect(await rows.count()).toBe(before + 1)
    await page.locator(`button[name="less"][value="persons.0.contacts.persons.${before}"]`).click()
    expect(await rows.count()).toBe(before)
    await page.locator('button[name="less"][value="persons.0.contacts.persons.0"]').click()
    expect(await rows.count()).toBe(before)
    expect(await shown(page)).toMatch(/Remove no\. 1 and what is written there\?/)
    await press(page, 'Yes, remove no. 1')
    await at(page, path)
    expect(await page.locator('input[name="persons.0.contacts.persons.0.name"]').inputValue()).toBe('')
  },
)

test('what could not be saved, because it is too much, stands in the form', async () => {
  const path = `${await written()}/0/needs`
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, path)
  const remarks = page.locator('textarea[name="persons.0.care.remarks"]')
  await remarks.evaluate((area: { value: string }) => {
    area.value = 'x'.repeat(3 * 1024 * 1024)
  })
  await press(page, 'Save and continue')
  expect(await shown(page)).toMatch(/This is too much for one request/)
  expect((await remarks.inputValue()).length).toBe(3 * 1024 * 1024)
})
