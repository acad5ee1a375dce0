import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personPath, personShape } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { bodyOf } from '../../schemas/commands/bodies.ts'
import { returnId } from '../../schemas/values/texts.ts'
import { alarm } from '../parts/alarm.ts'
import { sample } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { draftsOf } from '../parts/drafts.ts'
import { at, fill, follow, heading, press, shown } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto } from '../parts/typing.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

/** The alert whose page stands. */
const alertAt = (address: string) => returnId.parse(new URL(address).pathname.split('/').at(-1))

/** Types what an alert has to tell. */
async function tell(page: Page): Promise<void> {
  await fill(page, { 'Danger today': true })
  await page.locator('input[name="case.country"]').fill('Turkey')
  await page.locator('input[name="case.place"]').fill('Antalya')
  for (const [part, value] of Object.entries({ _day: '24', _month: '11', _year: '2026' }))
    await page.locator(`input[name="case.heardOn.${part}"]`).fill(value)
  await page.locator('select[name="case.referrer"]').selectOption('relatives')
  await page.locator('input[name="case.persons"]').fill('1')
  await page.locator('input[name="case.children"]').fill('0')
  await page.locator('textarea[name="contacts.safeWay"]').fill('Her sister answers, in the morning only.')
}

test('the hotline raises an alert without a name; its post sees it, says so, and files from it', async () => {
  const hotline = await browsing.desk('hotline', { scripts: false })
  await follow(hotline, 'Alerts')
  await follow(hotline, 'Raise an alert')
  await press(hotline, 'Send')
  expect(await hotline.title()).toMatch(/^Error: /)
  await tell(hotline)
  await press(hotline, 'Send')
  expect(await shown(hotline)).toContain('The alert was raised. It went to: Ankara')
  expect(await heading(hotline)).toBe('The alert')
  const alert = alertAt(hotline.url())
  await browsing.running.settled()

  const ankara = await browsing.desk('ankara', { scripts: false })
  await follow(ankara, 'Alerts')
  await ankara.locator(`a[href="/desk/returns/${alert}"]`).click()
  // Danger today: the call comes first, and the receipt stands beside it.
  await follow(ankara, en.codes.command['acknowledge-alert'])
  await press(ankara, 'Send')
  await browsing.running.settled()
  expect((await (await browsing.running.desk('hotline')).see(alert)).phase).toBe('alert-acknowledged')
  await at(ankara, `/desk/returns/${alert}`)
  await press(ankara, 'Begin a request from this alert')
  expect(await heading(ankara)).toBe('Situation and urgency')
  // All is told meanwhile; what is sent is what the alert becomes, and each leads to the other.
  const draft = ankara.url().split('/').at(-3) ?? ''
  const post = draftsOf(await browsing.running.desk('ankara'))
  const { content, version } = await post.see(draft)
  const result = Object.fromEntries(formEntriesOf(personShape('mission'), sample, personPath(0)))
  await post.save(draft, { content: { ...content, ...result } }, version)
  await at(ankara, `/desk/filing/${draft}/check`)
  await ankara.locator('input[name="declared"]').check()
  await press(ankara, 'Send the request')
  expect(await heading(ankara)).toBe('The request was sent')
  const [reference = ''] = (await shown(ankara)).match(/RET-[0-9A-Z]{4}-[0-9A-Z]{4}/) ?? []
  await browsing.running.settled()
  await follow(ankara, 'Returns')
  await follow(ankara, reference)
  await follow(ankara, 'The alert')
  expect(new URL(ankara.url()).pathname).toBe(`/desk/returns/${alert}`)
  expect((await (await browsing.running.desk('hotline')).see(alert)).phase).toBe('became-request')
  await at(ankara, '/desk/alerts')
  expect(await ankara.locator(`a[href="/desk/returns/${alert}"]`).count()).toBe(0)

  // Another post knows of none of it.
  const rome = await browsing.desk('rome')
  expect(await at(rome, `/desk/returns/${alert}`)).toBe(404)
  await at(rome, '/desk/alerts')
  expect(await shown(rome)).toContain('No open alert')
})

test('a post that an alert does not belong to passes it on: the other sees it, and whoever raised it knows', async () => {
  const hotline = await browsing.running.desk('hotline')
  const { ret } = await hotline.alert(alarm)
  await browsing.running.settled()
  const ankara = await browsing.desk('ankara', { scripts: false })
  await follow(ankara, 'Alerts')
  await ankara.locator(`a[href="/desk/returns/${ret}"]`).click()
  await follow(ankara, en.codes.command['pass-alert'])
  const passed = { to: (await browsing.running.desk('istanbul')).party, case: { reason: 'other-post' } }
  await typeInto(ankara, formEntriesOf(formShape(bodyOf('pass-alert', 'mission')), passed, []))
  await press(ankara, 'Send')
  await browsing.running.settled()
  const istanbul = await browsing.desk('istanbul', { scripts: false })
  await follow(istanbul, 'Alerts')
  await istanbul.locator(`a[href="/desk/returns/${ret}"]`).click()
  await istanbul.getByRole('button', { name: en.codes.command['acknowledge-alert'] }).waitFor()
  expect((await hotline.see(ret)).responsible).toBe(passed.to)
})

test('a number to call back that looks wrong is asked about once, and stands with a reason', async () => {
  const page = await browsing.desk('hotline', { scripts: false })
  await at(page, '/desk/alerts/new')
  await tell(page)
  const phone = page.locator('input[name="contacts.phone"]')
  await phone.fill('+3736900000')
  await press(page, 'Send')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await shown(page)).toContain('Telephone: ')
  expect(await phone.inputValue()).toBe('+3736900000')
  await page.getByRole('radio', { name: en.values.reason['as-reported'] }).check()
  await press(page, 'Send')
  expect(await shown(page)).toContain('The alert was raised.')
  const { sections } = await (await browsing.running.desk('hotline')).open(alertAt(page.url()), ['contacts'])
  expect(sections.map(({ content }) => content)).toMatchObject([
    { phone: '+3736900000', overrides: [{ field: 'contacts.phone', reason: 'as-reported' }] },
  ])
})

test('who raised an alert ends it with a reason, and it is open no more', async () => {
  const desk = await browsing.running.desk('hotline')
  const { ret } = await desk.alert(alarm)
  await browsing.running.settled()
  const page = await browsing.desk('hotline', { scripts: false })
  await at(page, `/desk/returns/${ret}/do/close-alert`)
  await press(page, 'Send')
  expect(await page.title()).toMatch(/^Error: /)
  await page.locator('input[value="no-danger"]').check()
  for (const [part, value] of Object.entries({ _day: '24', _month: '11', _year: '2026' }))
    await page.locator(`input[name="case.on.${part}"]`).fill(value)
  await press(page, 'Send')
  expect((await desk.see(ret)).phase).toBe('alert-closed')
})

test('where no post answers for the country the consular department sees the alert, and says which post takes it', async () => {
  const desk = await browsing.running.desk('hotline')
  const { ret, post } = await desk.alert({ ...alarm, case: { ...alarm.case, country: 'AQ' } })
  expect(post).toBe('consular')
  await browsing.running.settled()
  const page = await browsing.desk('consular', { scripts: false })
  await follow(page, 'Alerts')
  await page.locator(`a[href="/desk/returns/${ret}"]`).click()
  await follow(page, en.codes.command['move-case'])
  const list = page.locator('select[name="to"]')
  await list.selectOption({ label: 'Rome (diplomatic mission)' })
  await press(page, 'Send')
  expect((await desk.see(ret)).moveTo).toBe((await browsing.running.desk('rome')).party)
})

test.each([
  ['registry', 404],
  ['centre', 404],
  ['ministry', 404],
  ['la-strada', 200],
  ['iom', 200],
  ['istanbul', 200],
])('raising an alert: %s gets %i', async (user, status) => {
  const page = await browsing.desk(user)
  expect(await at(page, '/desk/alerts/new')).toBe(status)
  await at(page, '/desk')
  expect(await page.getByRole('link', { name: 'Alerts', exact: true }).count()).toBe(status === 200 ? 1 : 0)
})
