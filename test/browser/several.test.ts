import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { returnKey } from '../../functions/desk/return/several.ts'
import { bodyOf } from '../../schemas/commands/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, leaves, press, shown, violations } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto, withWholeDays } from '../parts/typing.ts'
import { departure, twoLegs } from '../scenarios/journey.ts'
import { type Desks, desksOf, fileGroup } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
let page: Page
let request: string
let rets: string[]
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  desks = await desksOf(shared.running)
  ;({ request, rets } = await fileGroup(desks.mission, 3))
  await shared.running.settled()
  page = await shared.desk('iom', { scripts: false })
})

/** On the page of the request: ticks some of the returns, or all, and goes on to what is done for them. */
async function choose(command: keyof typeof en.codes.command, some: readonly string[] = rets): Promise<void> {
  await at(page, `/desk/requests/${request}`)
  for (const ret of some) await page.locator(`input[name="ret"][value="${ret}"]`).check()
  await page.locator('select[name="do"]').selectOption({ label: en.codes.command[command] })
  await press(page, en.several.goOn)
}

const plan = () => withWholeDays(formEntriesOf(formShape(bodyOf('plan-travel', 'iom')), twoLegs(), []))
const send = () => leaves(page, () => page.locator('main form button').last().click())
const phases = async () => Promise.all(rets.map(async (ret) => (await desks.iom.see(ret)).phase))
const results = () => page.locator('tbody tr td:last-child').allInnerTexts()

test('three returns are acknowledged and accepted with one form each, and each has its own result', async () => {
  for (const [command, phase] of [
    ['acknowledge', 'acknowledged'],
    ['accept', 'accepted'],
  ] as const) {
    await choose(command)
    await send()
    expect([command, await page.locator('.govuk-error-summary').allInnerTexts()]).toEqual([command, []])
    expect(await shown(page)).toContain('3 of 3 returns')
    expect(await results()).toHaveLength(3)
    await browsing.running.settled()
    expect(await phases()).toEqual([phase, phase, phase])
  }
})

test('one itinerary is planned for all of a request; a return taken out stays as it was', async () => {
  await choose('plan-travel')
  await typeInto(page, plan())
  await page.locator(`input[name="ret"][value="${rets[2]}"]`).uncheck()
  await send()
  expect(await page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
  expect(await shown(page)).toContain('2 of 2 returns')
  await browsing.running.settled()
  expect(await phases()).toEqual(['planned', 'planned', 'accepted'])
  const plans = await Promise.all(
    rets.slice(0, 2).map(async (ret) => {
      const { sections } = await desks.iom.open(ret, ['travel'])
      return sections.find(({ slot }) => slot === 'itinerary')?.content
    }),
  )
  expect(plans[0]).toEqual(plans[1])
  expect(plans[0]).toMatchObject({
    legs: twoLegs().travel.legs.map(({ from, to, departs, arrives }) => ({ from, to, departs, arrives })),
  })
})

test('a return that needs an answer of its own is named before, and a refusal stands in words beside what is done', async () => {
  await choose('plan-travel')
  const [first, second, third] = await Promise.all(
    rets.map(async (ret) => (await desks.iom.see(ret)).reference),
  )
  const text = await shown(page)
  expect(text).toContain(en.several.leftOut)
  for (const reference of [first, second]) expect(text).toContain(`${reference}: ${en.codes.phase.planned}`)
  expect(await page.locator('input[name="ret"]').count()).toBe(1)
  await typeInto(page, plan())
  // She would arrive before she leaves: the same is wrong for each, so it is put right once and nothing typed is lost.
  await page.locator('input[name="travel.legs.0.arrives._time"]').fill('05:00')
  await send()
  const wrong = await page.locator('tbody tr', { hasText: third }).innerText()
  expect(wrong).toContain(en.several.refused)
  expect(await page.locator('.govuk-error-summary').count()).toBe(1)
  expect(await page.locator('input[name="travel.legs.0.from.name"]').inputValue()).toBe('Istanbul')
  expect(await phases()).toEqual(['planned', 'planned', 'accepted'])
  // Meanwhile a colleague plans the journey.
  await desks.iom.command(rets[2] ?? '', 'plan-travel', twoLegs())
  await page.locator('input[name="travel.legs.0.arrives._time"]').fill('10:40')
  await send()
  const late = await page.locator('tbody tr', { hasText: third }).innerText()
  expect(late).toContain(en.several.refused)
  expect(
    [en.codes.problem['version-stale'], en.codes.problem['wrong-phase']].some((why) => late.includes(why)),
  ).toBe(true)
  expect(await page.locator('main form').count()).toBe(0)
  await browsing.running.settled()
  expect(await phases()).toEqual(['planned', 'planned', 'planned'])
})

test('the same form sent twice is done once for each return, with a key of its own', async () => {
  await choose('depart')
  const today = departure()
  await typeInto(page, formEntriesOf(formShape(bodyOf('depart', 'iom')), today, []))
  const key = await page.locator('input[name="once"]').inputValue()
  const before = await Promise.all(rets.map(async (ret) => (await desks.iom.see(ret)).version))
  const [body = new URLSearchParams()] = await Promise.all([
    page
      .waitForRequest((sent) => sent.method() === 'POST')
      .then((sent) => new URLSearchParams(sent.postData() ?? '')),
    send(),
  ])
  expect(await shown(page)).toContain('3 of 3 returns')
  const again = await page.request.post(`/desk/several?do=depart`, {
    data: body.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: browsing.url },
  })
  expect(await again.text()).toContain('3 of 3 returns')
  await browsing.running.settled()
  const after = await Promise.all(rets.map(async (ret) => (await desks.iom.see(ret)).version))
  expect(after.map((version, index) => version - (before[index] ?? 0))).toEqual([1, 1, 1])
  expect(new Set(rets.map((ret) => returnKey(key, ret))).size).toBe(3)
})

test('nothing chosen is said, and what a party may not do is no page', async () => {
  await choose('arrive', [])
  expect(await shown(page)).toContain(en.several.none)
  expect(await at(page, '/desk/several?do=cancel')).toBe(404)
  const oversight = await browsing.desk('oversight', { scripts: false })
  expect(await at(oversight, `/desk/several?do=accept&ret=${rets[0]}`)).toBe(404)
  expect(await at(page, `/desk/several?do=arrive&ret=${'0'.repeat(30)}&ret=../x`)).toBe(200)
})

test('the form for several and its result hold against WCAG 2.2 AA', async () => {
  const looking = await browsing.desk('iom')
  await at(looking, `/desk/several?do=arrive&${rets.map((ret) => `ret=${ret}`).join('&')}`)
  for (const width of [1280, 320]) {
    await looking.setViewportSize({ width, height: 800 })
    expect([width, await violations(looking)]).toEqual([width, []])
    if (process.env.PICTURES)
      await looking.screenshot({ path: `${process.env.PICTURES}/several-${width}.png`, fullPage: true })
  }
})
