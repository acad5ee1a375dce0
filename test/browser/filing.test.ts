import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personPath, personShape, topics } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { everyone, sample } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { wholeList } from '../parts/desk.ts'
import { draftsOf } from '../parts/drafts.ts'
import { homeAs } from '../parts/home.ts'
import { addRowsByKeys, keyToField, pressByKeys, skipToMain, typeByKeys } from '../parts/keyboard.ts'
import { at, fill, follow, heading, press, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto } from '../parts/typing.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

/** All that has to be told of the sample person, as it would be typed. */
const result = formEntriesOf(personShape('mission'), sample, personPath(0))

/** A draft of Istanbul's in which all is told, but for what a test types itself. */
async function written(): Promise<string> {
  const mission = await browsing.running.desk('istanbul')
  const { draft } = await draftsOf(mission).begin({ content: Object.fromEntries(result) })
  return draft
}

const references = async (page: Page) =>
  (await shown(page)).match(/RET-[0-9A-Z]{4}-[0-9A-Z]{4}/g)?.slice(0, 1) ?? []

/** The controls that somebody sees in the main part. */
const controls = (page: Page) =>
  page.locator('main').locator('input:not([type=hidden]), select, textarea, button').filter({ visible: true })

test.each(['istanbul', 'iom', 'centre'])(
  'danger today, at %s: from every page, whom to call, at most 12 controls, one button, and when it was sent',
  async (user) => {
    const page = await browsing.desk(user, { scripts: false })
    await at(page, '/desk/returns')
    await follow(page, en.places.danger)
    expect(await shown(page)).toMatch(/NOT SENT[\s\S]*Call first[\s\S]*IOM duty officer[\s\S]*\+373 22/)
    expect(await controls(page).count()).toBeLessThanOrEqual(12)
    await press(page, en.danger.send)
    expect(await page.title()).toMatch(/^Error: /)
    expect(await shown(page)).toContain('NOT SENT')
    const errors = page.locator('.govuk-error-summary a')
    expect(await errors.count()).toBeGreaterThan(3)
    for (const wrong of await errors.all())
      expect(await page.locator((await wrong.getAttribute('href')) ?? '').count()).toBe(1)
    await fill(page, {
      [en.fields.category]: 'Person in difficulty',
      'Country where the person is': user === 'istanbul' ? 'Turkey' : 'Moldova',
      'Town or place where the person is': 'Antalya',
    })
    await page.locator('input[name="persons.0.identity.birth.aged"]').fill('30')
    await page.locator('select[name="persons.0.safety.dangers"]').selectOption('on-the-way')
    const ways = page.locator('select[name="persons.0.case.wayIn"]')
    if ((await ways.count()) > 0) await ways.selectOption('spontaneous')
    await press(page, en.danger.send)
    expect(await shown(page)).toMatch(/Sent at \d\d:\d\d, RET-/)
    expect(await shown(page)).not.toContain('NOT SENT')
    const [reference] = await references(page)
    await browsing.running.settled()
    const lines = await wholeList(await browsing.running.desk(user === 'iom' ? 'centre' : 'iom'))
    expect(lines.find((line) => line.reference === reference)).toMatchObject({ urgency: 2 })
  },
)

test('danger today goes on from a draft: what was typed is sent, and the draft is gone', async () => {
  const draft = await written()
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/filing/${draft}/0/short`)
  expect(new URL(page.url()).pathname).toBe('/desk/danger')
  expect(await page.locator('input[name="persons.0.case.place"]').inputValue()).toBe('Istanbul')
  await page.locator('input[name="persons.0.identity.birth.aged"]').fill('30')
  await page.locator('select[name="persons.0.safety.dangers"]').selectOption('from-traffickers')
  await page.locator('select[name="mayHaveData"]').selectOption('agrees')
  await press(page, en.danger.send)
  expect(await shown(page)).toMatch(/Sent at/)
  expect(await at(page, `/desk/filing/${draft}`)).toBe(200)
  expect(new URL(page.url()).pathname).toMatch(/^\/desk\/requests\//)
})

test('the whole filing with scripts off: page after page, checked, declared, sent', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, '/desk/search')
  await press(page, 'Begin without a search')
  for (const topic of topics) {
    expect(await heading(page)).toBe(en.filing.topic[topic])
    await typeInto(page, result)
    await press(page, 'Save and continue')
    expect([topic, await page.locator('.govuk-error-summary').count()]).toEqual([topic, 0])
  }
  expect(await shown(page)).not.toMatch(/Not started\n.*\n?Situation|In progress|Cannot start yet/)
  await follow(page, 'Check and send')
  await press(page, 'Send the request')
  expect(await page.title()).toMatch(/^Error: /)
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  expect(await heading(page)).toBe('The request was sent')
  expect(await references(page)).toHaveLength(1)
})

test('pressed twice it is sent once, and both presses lead to the same confirmation', async () => {
  const draft = await written()
  const mission = await browsing.running.desk('istanbul')
  await browsing.running.settled()
  const before = (await wholeList(mission)).length
  const page = await browsing.desk('istanbul')
  await at(page, `/desk/filing/${draft}/check`)
  await page.locator('input[name="declared"]').check()
  await page.getByRole('button', { name: 'Send the request' }).dblclick()
  await page.waitForURL(/\/desk\/requests\//)
  expect(await heading(page)).toBe('The request was sent')
  const address = new URL(page.url()).pathname
  // Sent once more from a page that was left open.
  const form = { who: '', once: 'another', version: '1', declared: 'yes' }
  form.who = browsing.running.stack.users.find(({ name }) => name === 'istanbul')?.sub ?? ''
  const again = await page.request.post(`/desk/filing/${draft}/check`, {
    form,
    headers: { origin: browsing.url },
    maxRedirects: 0,
  })
  expect([again.status(), again.headers().location?.split('?')[0]]).toEqual([303, address])
  await at(page, again.headers().location ?? '')
  expect(await heading(page)).toBe('The request was sent')
  await browsing.running.settled()
  expect((await wholeList(mission)).length).toBe(before + 1)
})

test('a filing is handed to a colleague by name, and stands among her work, not among mine', async () => {
  const draft = await written()
  const page = await browsing.desk('iom', { scripts: false })
  expect(await at(page, `/desk/filing/${draft}/hand`)).toBe(404)
  const mission = await browsing.desk('istanbul', { scripts: false })
  await at(mission, `/desk/filing/${draft}`)
  await follow(mission, 'Hand to a colleague')
  await press(mission, 'Hand over')
  expect(await mission.title()).toMatch(/^Error: /)
  await mission.locator('input[name="assignee"]').first().check()
  await press(mission, 'Hand over')
  expect(await shown(mission)).toContain('Handed to ')
  await at(mission, '/desk')
  expect(await mission.locator(`a[href="/desk/filing/${draft}"]`).count()).toBe(0)
  const { assignee } = await draftsOf(await browsing.running.desk('istanbul')).see(draft)
  const me = browsing.running.stack.users.find(({ name }) => name === 'istanbul')?.sub
  expect(assignee).not.toBe(me)
})

test('a return is handed to a colleague by name, never by a number', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  await at(page, `/desk/returns/${ret}/do/assign`)
  const colleague = page.locator('input[name="user"]').first()
  expect(await colleague.getAttribute('type')).toBe('radio')
  const user = (await colleague.getAttribute('value')) ?? ''
  expect(await shown(page)).not.toContain(user)
  await colleague.check()
  await press(page, 'Send')
  await browsing.running.settled()
  expect((await (await browsing.running.desk('iom')).see(ret)).assignee).toBe(user)
})

test.each([
  ['iom', 'spontaneous'],
  ['hotline', 'referral'],
] as const)('%s registers somebody who is home, by the ways that it has: %s', async (user, wayIn) => {
  const desk = await browsing.running.desk(user)
  const others = everyone.filter(([holder]) => holder !== desk.party)
  const content = formEntriesOf(personShape(desk.kind), homeAs(wayIn, others), personPath(0))
  const { draft } = await draftsOf(desk).begin({ content: Object.fromEntries(content) })
  const page = await browsing.desk(user, { scripts: false })
  await at(page, `/desk/filing/${draft}/0/situation`)
  const ways = page.locator('input[name="persons.0.case.wayIn"]')
  expect(await ways.count()).toBe(user === 'iom' ? 1 : 2)
  // A page that nobody has looked at is not answered, even where nothing on it has to be.
  for (const topic of topics) {
    await at(page, `/desk/filing/${draft}/0/${topic}`)
    await press(page, 'Save and continue')
    expect([topic, await page.locator('.govuk-error-summary').count()]).toEqual([topic, 0])
  }
  await at(page, `/desk/filing/${draft}`)
  await follow(page, 'Check and send')
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  expect(await heading(page)).toBe('The request was sent')
})

test.each(['registry', 'ministry', 'consular'])('%s files nothing', async (user) => {
  const page = await browsing.desk(user)
  expect(await at(page, '/desk/filing')).toBe(404)
  await at(page, '/desk')
  expect(await page.getByRole('link', { name: en.places.filing, exact: true }).count()).toBe(0)
})

test('the filing by keyboard alone: from "My work" to the confirmation, and the focus is seen at every stop', async () => {
  const page = await browsing.desk('istanbul')
  await skipToMain(page)
  await page.keyboard.press('Shift+Tab')
  await pressByKeys(page, 'Search')
  expect(await heading(page)).toBe('Search first')
  await pressByKeys(page, 'Begin without a search')
  for (const topic of topics) {
    expect(await heading(page)).toBe(en.filing.topic[topic])
    await addRowsByKeys(page, result)
    await typeByKeys(page, result)
    await pressByKeys(page, 'Save and continue')
    expect([topic, await page.locator('.govuk-error-summary').count()]).toEqual([topic, 0])
  }
  await pressByKeys(page, 'Check and send')
  expect(await shown(page)).toContain('Mostră Exemplescu')
  await keyToField(page, 'declared')
  await page.keyboard.press('Space')
  await pressByKeys(page, 'Send the request')
  expect(await heading(page)).toBe('The request was sent')
})

test('danger today on a phone: what is wrong is said, and nothing has to be moved sideways', async () => {
  const page = await browsing.desk('istanbul', { width: 320 })
  await at(page, '/desk/danger')
  expect([await tooWide(page), await violations(page)]).toEqual([0, []])
  await page.locator('input[name="persons.0.case.country"]').fill('Nowhere')
  await page.locator('input[name="persons.0.identity.birth.aged"]').fill('about thirty')
  await press(page, en.danger.send)
  expect(await page.title()).toMatch(/^Error: /)
  const errors = page.locator('.govuk-error-summary a')
  expect(await errors.count()).toBeGreaterThan(1)
  for (const wrong of await errors.all())
    expect(await page.locator((await wrong.getAttribute('href')) ?? '').count()).toBe(1)
  expect(await page.locator('input[name="persons.0.identity.birth.aged"]').inputValue()).toBe('about thirty')
  expect([await tooWide(page), await violations(page)]).toEqual([0, []])
})

test('check and send: flat cards, no word where nothing was answered, and each error leads to its field', async () => {
  const content = Object.fromEntries(
    result.filter(([name]) => !/safety|childrenAlong|identity\.birth/.test(name)),
  )
  const mission = await browsing.running.desk('istanbul')
  const { draft } = await draftsOf(mission).begin({
    content: { ...content, 'persons.0._saved-safety': ['1'], 'persons.0._saved-family': ['1'] },
  })
  const page = await browsing.desk('istanbul', { scripts: false })
  // A page that was saved with gaps says which, on the list and on itself.
  await at(page, `/desk/filing/${draft}`)
  expect(await shown(page)).toContain(`Not answered yet: ${en.fields.childrenAlong}`)
  await at(page, `/desk/filing/${draft}/0/family`)
  expect(await shown(page)).toContain(en.filing.missingHere)

  await at(page, `/desk/filing/${draft}/check`)
  expect(await page.locator('.card dl dl').count()).toBe(0)
  const safety = page.locator('.card').filter({ hasText: en.filing.topic.safety }).first()
  for (const answer of await safety.locator('dd').allInnerTexts()) expect(answer).toBe('Not answered')
  expect(await shown(page)).toContain(en.filing.missingTitle)
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  expect(await page.title()).toMatch(/^Error: /)
  // The tick is still there.
  expect(await page.locator('input[name="declared"]').isChecked()).toBe(true)
  const errors = page.locator('.govuk-error-summary a')
  const addresses = await Promise.all((await errors.all()).map((wrong) => wrong.getAttribute('href')))
  expect(addresses.length).toBeGreaterThan(2)
  for (const address of addresses) {
    const [path = '', id = ''] = (address ?? '').split('#')
    await at(page, path)
    expect([address, await page.locator(`[id="${id}"]`).count()]).toEqual([address, 1])
  }
})

test('check and send: what looks wrong is asked before anything is sent, with a link to where it was typed', async () => {
  const content = Object.fromEntries(
    result.map(([name, values]) => [name, /idnp$/.test(name) ? ['2000000000005'] : values]),
  )
  const { draft } = await draftsOf(await browsing.running.desk('istanbul')).begin({ content })
  const page = await browsing.desk('istanbul', { width: 320 })
  await at(page, `/desk/filing/${draft}/check`)
  expect(await page.locator('[id="checked:persons.0.identity.idnp"]').count()).toBe(1)
  await follow(page, `Change: ${en.fields.idnp}`)
  expect(page.url()).toMatch(/\/0\/person#persons-0-identity-idnp$/)
  await at(page, `/desk/filing/${draft}/check`)
  expect([await tooWide(page), await violations(page)]).toEqual([0, []])
  await page.locator('input[name="checked:persons.0.identity.idnp"]').first().check()
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  expect(await heading(page)).toBe('The request was sent')
})
