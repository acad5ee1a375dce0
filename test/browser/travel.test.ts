import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import type { Browsing } from '../parts/browsing.ts'
import { at, follow, press, shown, violations } from '../parts/on-the-page.ts'
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
  const line = page.locator('tr', { has: page.locator(`a[href*="${planned}"]`) })
  await line.getByRole('button').click()
  await page.getByText(en.travel.taken).waitFor()
  await browsing.running.settled()
  await at(page, '/desk/travel?assigned=to-me')
  expect(await page.locator(`a[href*="${planned}"]`).count()).toBe(1)
  expect(await page.locator(`a[href*="${confirmed}"]`).count()).toBe(0)
  await at(page, '/desk/travel?assigned=to-nobody')
  expect(await page.locator(`a[href*="${planned}"]`).count()).toBe(0)
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

test('changing begins with the plan as it stands, and a leg that is added begins where the last one ends', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${planned}/itinerary`)
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Change the journey')
  const legs = await page.locator('input[name$=".from.name"]').count()
  expect(legs).toBeGreaterThan(0)
  const end = await page.locator(`input[name="travel.legs.${legs - 1}.to.name"]`).inputValue()
  expect(end).not.toBe('')
  await press(page, 'Add another')
  expect(await page.locator(`input[name="travel.legs.${legs}.from.name"]`).inputValue()).toBe(end)
  expect(await page.locator(`input[name="travel.legs.${legs}.from.country"]`).inputValue()).toBe('Moldova')
  expect(await page.locator(`select[name="travel.legs.${legs}.from.zone"]`).inputValue()).toBe(
    'Europe/Chisinau',
  )
})

test('a gate that is closed is named with its owner, before anybody presses and after', async () => {
  const desks = await desksOf(browsing.running)
  const { ret } = await fileOne(desks.mission)
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await desks.iom.command(ret, 'plan-travel', twoLegs())
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${ret}/itinerary`)
  const known = [
    'The identity is not confirmed. Whose it is: ',
    'The risk of the return is not assessed. Whose it is: ',
    'The ministry has not approved the return. Whose it is: ',
    'It is not known who pays. Whose it is: ',
  ]
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
