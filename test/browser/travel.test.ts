import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as z from 'zod/mini'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import type { Browsing } from '../parts/browsing.ts'
import { at, fill, follow, press, shown, violations } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { twoLegs } from '../scenarios/journey.ts'
import { desksOf, fileOne, toConfirmed, toPlan } from '../scenarios/way.ts'

let browsing: Browsing
let planned: string
let confirmed: string
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  const { running } = browsing
  const desks = await desksOf(running)
  planned = (await fileOne(desks.mission)).ret
  confirmed = (await fileOne(desks.mission)).ret
  await running.settled()
  await toPlan(desks, planned)
  await toConfirmed(desks, confirmed)
  await running.settled()
})

test('a return is taken on its line, and then it is among mine and not among nobody’s', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  expect(await at(page, '/desk/travel?assigned=to-nobody&phase=planned')).toBe(200)
  // The list alone: the week's calendar above it shows every journey, whoever has taken it.
  const list = page.getByRole('table', { name: en.travel.order })
  const linksTo = (ret: string) => list.locator(`a[href*="${ret}"]`)
  await list
    .locator('tr', { has: page.locator(`a[href*="${planned}"]`) })
    .getByRole('button')
    .click()
  await page.getByText(en.travel.taken).waitFor()
  await browsing.running.settled()
  await at(page, '/desk/travel?assigned=to-me')
  expect([await linksTo(planned).count(), await linksTo(confirmed).count()]).toEqual([1, 0])
  await at(page, '/desk/travel?assigned=to-nobody')
  expect(await linksTo(planned).count()).toBe(0)
})

test('the legs are masked until a reason is given, then each time stands on both clocks', async () => {
  const page = await browsing.desk('iom')
  await at(page, `/desk/returns/${confirmed}/itinerary`)
  expect(await shown(page)).not.toContain('Otopeni')
  await press(page, 'Show')
  expect(await page.locator('.govuk-error-summary').innerText()).toContain(en.show.why)
  expect(await shown(page)).not.toContain('Otopeni')
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Show')
  const text = await shown(page)
  expect(text).toMatch(/Departs \(local time\)\s.*\(in Chișinău: .*\)/)
  expect(text).toContain('Companion on this leg')
  expect(text).toContain(en.travel.papers)
  expect(text.indexOf('Who must not know')).toBeLessThan(text.indexOf('Legs of the journey'))
  expect(await violations(page)).toEqual([])
})

/** The values of the fields that a page shows, by their names. */
const typedOn = async (page: Page) =>
  z
    .record(z.string(), z.string())
    .parse(
      await page.evaluate(
        `Object.fromEntries([...document.querySelectorAll('main form input, main form select')].filter(({ name }) => name.startsWith('travel.')).map(({ name, value }) => [name, value]))`,
      ),
    )
const stood = {
  'travel.legs.0.from.name': 'Istanbul',
  'travel.legs.0.to.country': 'Romania',
  'travel.legs.0.departs._time': '09:10',
  'travel.legs.1.arrives._time': '14:25',
  'travel.legs.1.companion.name': 'Însoțitoare Exemplu',
  'travel.arrivesAt': 'RMO',
}

test('changing begins with the plan as it stands, from every place that leads there, and a reason first', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  const ways: Readonly<Record<string, () => Promise<void>>> = {
    'the return': async () => {
      await at(page, `/desk/returns/${planned}`)
      await follow(page, 'Change the journey')
      await press(page, 'Open the journey')
      expect(await page.locator('.govuk-error-summary').innerText()).toContain(en.show.why)
      await page.locator('input[name="reason"]').first().check()
      await press(page, 'Open the journey')
    },
    'an old link to the plain form': async () => {
      await at(page, `/desk/returns/${planned}/do/change-travel`)
      await page.locator('input[name="reason"]').first().check()
      await press(page, 'Open the journey')
    },
    'the masked itinerary': async () => {
      await at(page, `/desk/returns/${planned}/itinerary`)
      await page.locator('input[name="reason"]').first().check()
      await press(page, 'Change the journey')
    },
    'the itinerary that is shown': async () => {
      await at(page, `/desk/returns/${planned}/itinerary`)
      await page.locator('input[name="reason"]').first().check()
      await press(page, 'Show')
      await press(page, 'Change the journey')
    },
  }
  for (const [from, go] of Object.entries(ways)) {
    await go()
    expect([from, await typedOn(page)]).toEqual([from, expect.objectContaining(stood)])
  }
})

test('a leg that is added begins where and when the last one ends, and a plan that is sent again is the same', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${planned}/itinerary/change`)
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Open the journey')
  await press(page, 'Add a leg')
  expect(await shown(page)).toContain('From where leg 2 ends: Chișinău')
  await fill(page, {
    'Leg 3 > Place of arrival': 'Bălți',
    'Leg 3 > Country of arrival': 'Moldova',
    'Leg 3 > Means of transport': en.values.mode.road,
    'Leg 3 > Departs (local time) > Time': '16.00',
    'Leg 3 > Arrives (local time) > Time': '18.15',
  })
  await press(page, 'Send')
  expect(await page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
  const desks = await desksOf(browsing.running)
  const { sections } = await desks.iom.open(planned, ['travel'])
  const [plan] = sections.filter(({ slot }) => slot === 'itinerary')
  const [first, second] = twoLegs().travel.legs
  const place = { country: 'MD', zone: 'Europe/Chisinau' }
  expect(plan?.content).toMatchObject({
    legs: [
      first,
      second,
      {
        mode: 'road',
        from: { name: 'Chișinău', ...place },
        to: { name: 'Bălți', ...place },
        departs: second?.departs.replace(/T.*/, 'T16:00'),
        arrives: second?.departs.replace(/T.*/, 'T18:15'),
      },
    ],
  })
})

test('two legs take 26 controls at most, and no time zone is asked in the letters of a machine', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  const desks = await desksOf(browsing.running)
  const { ret } = await fileOne(desks.mission)
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await browsing.running.settled()
  await at(page, `/desk/returns/${ret}/do/plan-travel`)
  await press(page, 'Add a leg')
  const controls = page
    .locator('main form')
    .locator('input:visible, select:visible, textarea:visible, button:visible, summary:visible')
  expect(await controls.count()).toBeLessThanOrEqual(26)
  await fill(page, {
    'Leg 1 > Place of departure': 'Sacramento',
    'Leg 1 > Country of departure': 'United States',
  })
  await press(page, 'Send')
  const zones = page.locator('select[name="travel.legs.0.from.zone"]')
  expect(await zones.locator('option').allInnerTexts()).toContain('Los Angeles (United States)')
  expect((await zones.locator('option').allInnerTexts()).filter((text) => text.includes('/'))).toEqual([])
})

test('what is told begins with today, on a clock that is named in words; the Centre is not asked for one', async () => {
  const desks = await desksOf(browsing.running)
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Chisinau' }).format(new Date())
  const [year = '', month = '', day = ''] = today.split('-')
  const facts = [
    ['iom', 'arrive', 'Chișinău (Moldova)'],
    ['centre', 'arrive', undefined],
    ['istanbul', 'depart', 'Choose'],
  ] as const
  for (const [user, command, zone] of facts) {
    const page = await browsing.desk(user, { scripts: false })
    expect([user, await at(page, `/desk/returns/${confirmed}/do/${command}`)]).toEqual([user, 200])
    const of = (part: string) => page.locator(`input[name="case.happened.at.${part}"]`).inputValue()
    expect([await of('_year'), await of('_month'), await of('_day'), await of('_time')]).toEqual([
      year,
      String(Number(month)),
      String(Number(day)),
      '',
    ])
    const asked = page.locator('select[name="case.happened.zone"]')
    expect([user, await asked.count()]).toEqual([user, zone === undefined ? 0 : 1])
    if (zone) expect(await asked.locator('option:checked').innerText()).toBe(zone)
    else expect(await page.locator('input[name="case.happened.zone"]').inputValue()).toBe('Europe/Chisinau')
  }
  expect((await desks.centre.see(confirmed)).phase).toBe('confirmed')
})

test('money is typed with its decimals, and a currency in any letters', async () => {
  const desks = await desksOf(browsing.running)
  const { ret } = await fileOne(desks.mission)
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await browsing.running.settled()
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/do/fund`)
  await page.locator('input[name="decision.source"]').first().check()
  await page.locator('input[name="decision.lines.0.cost"]').first().check()
  await page.locator('input[name="decision.lines.0.amount"]').fill('1 234,50')
  await page.locator('input[name="decision.lines.0.currency"]').fill('eur')
  await press(page, 'Send')
  expect(await page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
  const { sections } = await desks.iom.open(ret, ['decision'])
  expect(sections.find(({ slot }) => slot === 'funding')?.content).toMatchObject({
    lines: [{ amount: 123_450, currency: 'EUR' }],
  })
})

test('a gate that is closed is named with its owner, before anybody presses and after', async () => {
  const desks = await desksOf(browsing.running)
  const { ret } = await fileOne(desks.mission)
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await desks.iom.command(ret, 'plan-travel', twoLegs())
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/itinerary`)
  const known = (['identity-confirmed', 'risk-assessed', 'decided', 'funded'] as const).map(
    (gate) => en.codes.gate[gate],
  )
  const before = await shown(page)
  for (const gate of known) expect(before).toContain(gate)
  await follow(page, 'Confirm the journey')
  await press(page, 'Send')
  const after = await shown(page)
  for (const gate of known) expect(after).toContain(gate)
  // What is met is not said to be missing.
  await at(page, `/desk/returns/${planned}/itinerary`)
  for (const gate of known) expect(await shown(page)).not.toContain(gate)
})

test.each(['istanbul', 'centre'])('the travel worklist is not for %s', async (user) => {
  const page = await browsing.desk(user)
  expect(await at(page, '/desk/travel')).toBe(404)
})
