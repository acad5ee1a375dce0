import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { type Language, languages } from '../../functions/desk/messages/languages.ts'
import type { Browsing } from '../parts/browsing.ts'
import { type Choosing, makePaper, printed, sheetsOf } from '../parts/on-paper.ts'
import { at, follow, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { desksOf, fileGroup, fileOne, toConfirmed } from '../scenarios/way.ts'

let browsing: Browsing
let ret: string
let reference: string
let group: { request: string; rets: string[] }
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  const { running } = browsing
  const desks = await desksOf(running)
  ;({ ret, reference } = await fileOne(desks.mission))
  group = await fileGroup(desks.mission, 2)
  await running.settled()
  await toConfirmed(desks, ret)
  await running.settled()
})

const pages = new Map<string, Promise<Page>>()
function pageOf(user: string, language: Language = 'en'): Promise<Page> {
  const key = `${user} ${language}`
  const page = pages.get(key) ?? browsing.desk(user, { language })
  pages.set(key, page)
  return page
}

const named = { named: 'yes' }
const sheet = { safe: 'yes', named: 'no', 'language._as': 'ro' }

/** Papers of one return: who prints them here, what is chosen, and how many sheets they are. */
const ofReturn: readonly { paper: string; user: string; choosing: Choosing; sheets: number }[] = [
  { paper: 'sheet', user: 'istanbul', choosing: { choose: { ...sheet, version: 'full' } }, sheets: 1 },
  { paper: 'sheet', user: 'iom', choosing: { choose: { ...sheet, version: 'discreet' } }, sheets: 1 },
  // One for each leg of the journey.
  { paper: 'travel-sheet', user: 'iom', choosing: { choose: named, why: true }, sheets: 2 },
  {
    paper: 'handover-sheet',
    user: 'centre',
    choosing: { choose: { ...named, who: 'child' }, why: true },
    sheets: 1,
  },
  { paper: 'handover-sheet', user: 'iom', choosing: { choose: { named: 'no' } }, sheets: 1 },
]

describe.each(languages)('in %s', (language) => {
  test.each(ofReturn)(
    '$paper of $user: its sheets, no navigation, nothing against WCAG',
    async ({ paper, user, choosing, sheets }) => {
      const page = await pageOf(user, language)
      await makePaper(page, `/desk/returns/${ret}/${paper}`, choosing)
      expect(await page.locator('.leaf').count()).toBeGreaterThan(0)
      expect(await sheetsOf(page)).toBe(sheets)
      await page.emulateMedia({ media: 'print' })
      for (const gone of ['nav', '.head', '.foot', '.govuk-back-link', 'button', 'h1', 'form'])
        expect([gone, await page.locator(gone).filter({ visible: true }).count()]).toEqual([gone, 0])
      await page.emulateMedia({ media: null })
      expect(await violations(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 800 })
      expect(await tooWide(page)).toBe(0)
      await page.setViewportSize({ width: 1280, height: 800 })
    },
  )

  test.each(['istanbul', 'consular', 'iom', 'centre', 'ministry', 'la-strada', 'registry', 'oversight'])(
    'the guide of %s is one sheet with five things to do, each in a place that this desk has',
    async (user) => {
      const page = await pageOf(user, language)
      await at(page, '/desk')
      const places = await page.locator('.govuk-service-navigation__link').allInnerTexts()
      await page.locator('.foot a[href="/desk/guide"]').click()
      await page.locator('.leaf').waitFor()
      expect(await sheetsOf(page)).toBe(1)
      const doings = await page.locator('.leaf ol li b').allInnerTexts()
      expect(doings).toHaveLength(5)
      for (const doing of doings) expect(places).toContain(doing.replace(/^\(|\)$/g, ''))
      const text = await printed(page)
      for (const number of ['0 800 77777', '+373 22 23 33 09']) expect(text).toContain(number)
      expect(await page.locator('.imprint').filter({ visible: true }).count()).toBe(1)
    },
  )
})

test('every paper of a return can be held against the trail: reference, hash of the last event, time, who', async () => {
  const { lastHash = '', events } = await (await browsing.running.desk('oversight')).check(ret)
  const proof = await pageOf('iom')
  await at(proof, `/desk/returns/${ret}/proof`)
  expect((await proof.locator('.facts .hash').innerText()).trim()).toBe(lastHash)
  for (const { paper, user, choosing } of ofReturn) {
    if (choosing.choose?.version === 'discreet') continue
    const page = await pageOf(user)
    await makePaper(page, `/desk/returns/${ret}/${paper}`, choosing)
    const leaves = page.locator('.leaf')
    for (let leaf = 0; leaf < (await leaves.count()); leaf++) {
      const foot = await leaves.nth(leaf).locator('.imprint').innerText()
      expect(foot).toContain(reference)
      expect(foot).toContain(lastHash)
      if (paper !== 'sheet') expect(foot).toContain(`event ${events}`)
      expect(foot).toMatch(/20\d\d/)
      expect(foot).toMatch(/(Istanbul|OIM|IOM|Centrul)/)
    }
  }
})

test('the confirmation prints each return of the request with its hash, and when and by whom it was printed', async () => {
  const page = await pageOf('istanbul')
  await at(page, `/desk/requests/${group.request}?sent=`)
  const text = await printed(page)
  const desk = await browsing.running.desk('istanbul')
  for (const ret of group.rets) {
    const { lastHash = '', reference: number } = await desk.check(ret)
    expect(text).toContain(number)
    expect(text).toContain(lastHash)
  }
  expect(text).toContain('Chișinău time, by Istanbul (diplomatic mission), officer')
  expect(text).not.toContain('Sign out')
  expect(await sheetsOf(page)).toBe(1)
  // On the screen it is a page like any other.
  expect(await page.locator('.imprint').filter({ visible: true }).count()).toBe(0)
})

test.each(['', '/timeline', '/proof', '/itinerary'])(
  'any page of a return prints with its reference, hash, time and who: %s',
  async (end) => {
    const page = await pageOf('iom')
    await at(page, `/desk/returns/${ret}${end}`)
    const { lastHash = '' } = await (await browsing.running.desk('iom')).check(ret)
    const text = await printed(page)
    for (const result of [reference, lastHash, 'Chișinău time, by IOM, officer'])
      expect(text).toContain(result)
    expect(text).not.toContain('Sign out')
    expect(await page.locator('.imprint').filter({ visible: true }).count()).toBe(0)
  },
)

test('the travel sheet opens nothing without a reason, and then says both times, who must not know, and no other leg', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/itinerary`)
  await follow(page, en.paper.name['travel-sheet'])
  await makePaper(page, page.url(), {})
  expect(await page.title()).toMatch(/^Error: /)
  expect(await shown(page)).not.toContain('Bucharest')
  await makePaper(page, page.url(), { why: true })
  const [first = '', second = ''] = await page.locator('.leaf').allInnerTexts()
  expect(first).toContain('Istanbul – Bucharest')
  expect(first).not.toContain('Chișinău\n')
  expect(first).toMatch(/Departs \(local time\)\s.*\(in Chișinău: .*\)/)
  expect(first.indexOf('Who must not know')).toBeLessThan(first.indexOf('Departs'))
  expect(second).toContain('Bucharest – Chișinău')
  for (const leaf of [first, second]) {
    expect(leaf).toContain('Person: P. E.')
    expect(leaf).not.toContain('Exemplescu')
    expect(leaf).toContain('Signature')
    expect(leaf).toContain(en.paper.line.number)
  }
})

test('a child is handed over and an adult is received, with places to sign and the paper’s number', async () => {
  const page = await pageOf('centre')
  await at(page, `/desk/returns/${ret}`)
  await follow(page, en.paper.name['handover-sheet'])
  expect(await page.locator('input[name="paper.who"][value="adult"]').isChecked()).toBe(true)
  const words = {
    child: /Handover of a child[\s\S]*Hands over[\s\S]*Takes over/,
    adult: /Who received the person[\s\S]*Who came with the person/,
  }
  for (const [who, sides] of Object.entries(words)) {
    await makePaper(page, `/desk/returns/${ret}/handover-sheet`, { choose: { who } })
    const text = await printed(page)
    expect(text).toMatch(sides)
    expect(text).toContain(en.paper.line.number)
    expect(/guardianship authority: number/.test(text)).toBe(who === 'child')
    expect(text.includes('Hand')).toBe(who === 'child')
    expect(text).not.toContain('Exemplescu')
  }
})

test('the day prints what is of today, masked, as the list was filtered', async () => {
  const desks = await desksOf(browsing.running)
  const page = await pageOf('iom')
  await at(page, '/desk/travel')
  await follow(page, 'Print the day')
  expect(await printed(page)).not.toContain(reference)
  const { ret: lost, reference: number } = await fileOne(desks.mission)
  await desks.iom.command(lost, 'acknowledge')
  await browsing.running.settled()
  const now = {
    at: new Date().toISOString().slice(0, 10),
    zone: 'Europe/Istanbul',
    known: 'about',
    reportedBy: 'partner',
  }
  await desks.iom.command(lost, 'contact-lost', { case: { happened: now, country: 'TR' } })
  await browsing.running.settled()
  await at(page, '/desk/travel?phase=acknowledged')
  await follow(page, 'Print the day')
  const text = await printed(page)
  expect(text).toContain(number)
  expect(text).toContain('P. E.')
  expect(text).not.toContain('Exemplescu')
  expect(await sheetsOf(page)).toBe(1)
  await at(page, '/desk/travel/day?phase=confirmed')
  expect(await printed(page)).not.toContain(number)
})

test('the blank form has every topic and nothing of anybody, on a few sheets', async () => {
  for (const [user, title] of [
    ['istanbul', en.paper.blank.title],
    ['centre', en.paper.blank.title],
  ] as const) {
    const page = await browsing.desk(user, { scripts: false })
    await at(page, '/desk/filing')
    await follow(page, title)
    const sheets = await sheetsOf(page)
    expect(sheets).toBeGreaterThan(2)
    expect(sheets).toBeLessThan(6)
    const text = await printed(page)
    for (const topic of ['Situation and urgency', 'The person', 'Safety', 'Information and consent'])
      expect(text).toContain(topic)
    expect(text).not.toMatch(/RET-/)
    expect(await page.locator('main input, main select, main textarea').count()).toBe(0)
  }
})

test.each([
  ['ministry', 'returns/{ret}/sheet', 404],
  ['consular', 'returns/{ret}/sheet', 404],
  ['oversight', 'returns/{ret}/sheet', 404],
  ['rome', 'returns/{ret}/sheet', 404],
  ['la-strada', 'returns/{ret}/sheet', 404],
  ['oversight', 'returns/{ret}/travel-sheet', 404],
  ['consular', 'returns/{ret}/travel-sheet', 404],
  ['rome', 'returns/{ret}/travel-sheet', 404],
  ['ministry', 'returns/{ret}/handover-sheet', 404],
  ['consular', 'returns/{ret}/handover-sheet', 404],
  ['centre', 'travel/day', 404],
  ['istanbul', 'travel/day', 404],
  ['ministry', 'blank-form', 404],
  ['oversight', 'blank-form', 404],
  ['registry', 'blank-form', 404],
  ['la-strada', 'blank-form', 200],
  ['istanbul', 'returns/{ret}/handover-sheet', 200],
])('%s asks for %s and gets %i', async (user, path, status) => {
  const page = await pageOf(user)
  expect(await at(page, `/desk/${path.replace('{ret}', ret)}`)).toBe(status)
})
