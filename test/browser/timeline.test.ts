import { afterEach, expect } from 'vitest'
import { messagesIn } from '../../functions/desk/messages/messages.ts'
import { initialsOf } from '../../functions/desk/return/people-of.ts'
import { verifyFile } from '../../functions/trail/verify-file.ts'
import { peopleAnswer } from '../../schemas/api/people.ts'
import { centre, consent, everyone, filingWith } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { at, follow, heading, leaves, press, shown } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { flipped, type Tampering, tamperingWith } from '../parts/tampered.ts'
import { bodies, withdrawalOf } from '../parts/todays-bodies.ts'

const messages = await messagesIn('en')
let browsing: Browsing
let tampering: Tampering
let mission: Desk
let iom: Desk
let ret = ''
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  tampering = tamperingWith(browsing.running)
  ;[mission, iom] = await Promise.all([browsing.running.desk('istanbul'), browsing.running.desk('iom')])
  ret = await fileOne(mission)
  await browsing.running.settled()
  await iom.command(ret, 'acknowledge')
  await iom.open(ret, ['identity'], 'review')
  const rome = await browsing.running.desk('rome')
  expect(await refusalOf(rome.see(ret))).toMatchObject({ code: 'not-found' })
  await browsing.running.settled()
})
afterEach(() => tampering.repair())

const subOf = (user: string) => browsing.running.stack.users.find(({ name }) => name === user)?.sub ?? ''
const unchanged = /Record unchanged, checked \d{2}:\d{2}/

test('the newest first: what, by whom, when it reached whom; who looked and why; who was not let in', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/returns/${ret}/timeline`)
  const events = await page.locator('.timeline > li').allInnerTexts()
  expect(events.map((text) => text.split('\n')[0])).toEqual([
    messages.code('event', 'acknowledged'),
    'Request sent',
  ])
  expect(events[0]).toMatch(/Recorded: .* officer, IOM/)
  expect(events[1]).toContain('you, officer, Istanbul (diplomatic mission)')
  expect(events[1]).toMatch(/Received by: .*IOM \(\d{2}:\d{2}\)/)
  const text = await shown(page)
  expect(text).toMatch(/officer, IOM, .*: .*[Ii]dentity.*Reason: /)
  expect(text).toMatch(/officer, Rome .*Reason: /)
  for (const user of ['iom', 'rome', 'istanbul']) expect(text).not.toContain(subOf(user).slice(0, 8))
  // Nothing is claimed that was not reckoned.
  expect(text).not.toContain('unchanged')
})

test('colleagues stand by their initials, by their names one press away, and nobody by another organisation’s list', async () => {
  const page = await browsing.desk('iom-duty', { scripts: false })
  await at(page, `/desk/returns/${ret}/timeline`)
  const list = peopleAnswer.parse(await iom.call('GET', '/v1/iom/people'))
  const name = list.people.find(({ user }) => user === subOf('iom'))?.name ?? 'nobody'
  const item = (index: number) => page.locator('.timeline > li').nth(index).innerText()
  expect(await item(0)).toContain(`${initialsOf(name)}, officer, IOM`)
  expect(await item(0)).not.toContain(name)
  await follow(page, messages('timeline.names'))
  expect(await item(0)).toContain(`${name}, officer, IOM`)
  expect(await item(1)).toContain('officer, Istanbul')
  expect(await shown(page)).not.toContain(subOf('istanbul').slice(0, 8))
})

test('a reader of the case sees for a reason when things happened, beside when they were written', async () => {
  const own = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent] as const)))
  await browsing.running.settled()
  await iom.command(own, 'arrive', bodies.arrive)
  await browsing.running.settled()
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/returns/${own}/timeline`)
  expect(await shown(page)).not.toContain('Happened:')
  await page.locator('summary', { hasText: messages('timeline.times') }).click()
  await press(page, messages('show.show'))
  expect(await page.locator('.govuk-error-summary').count()).toBe(1)
  await page.locator('input[name="reason"]').first().check()
  await press(page, messages('show.show'))
  expect(await page.locator('.timeline > li').first().innerText()).toMatch(/Happened: .*\s+Recorded: /)
  expect((await mission.events(own)).access.at(-1)).toMatchObject({ kind: 'open', classes: ['case'] })
})

test('one press away it is reckoned anew, and a copy can be taken that the program accepts', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/returns/${ret}/timeline`)
  await follow(page, messages('timeline.check'))
  expect(await shown(page)).toMatch(unchanged)
  await press(page, messages('proof.download'))
  expect(await page.locator('.govuk-error-summary').innerText()).toContain(messages('proof.for'))
  await page.locator('input[name="for"][value="party"]').check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('main').getByRole('button').last().click(),
  ])
  expect(verifyFile([await download.path()]).code).toBe(0)
  expect((await mission.events(ret)).access.at(-1)).toMatchObject({ kind: 'export' })
})

test.each<[string, 'trail' | 'access', string]>([
  ['an event', 'trail', 'event'],
  ['an access entry', 'access', 'record'],
])('where %s was changed it says so in words, and claims nothing', async (_, table, attribute) => {
  const page = await browsing.desk('istanbul', { scripts: false })
  const row = (await browsing.running.stored.rows(table, ret)).find((row) => row[attribute]?.B)
  if (!row) throw new Error('There is no such row.')
  await tampering.overwrite(table, row, { [attribute]: { B: flipped(row[attribute]?.B, 60) } })
  if (table === 'trail') {
    // What the API shows nothing of, the timeline does not either.
    await at(page, `/desk/returns/${ret}/timeline`)
    expect(await heading(page)).toBe(messages('proof.title'))
  } else await at(page, `/desk/returns/${ret}/proof`)
  const broken = await shown(page)
  expect(broken).toContain('The record was changed after it was written')
  expect(broken).not.toMatch(unchanged)
  await tampering.repair()
  await at(page, `/desk/returns/${ret}/proof`)
  expect(await shown(page)).toMatch(unchanged)
})

test('a withdrawal asks the holder on its own desk, until it has answered', async () => {
  const own = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent] as const)))
  await browsing.running.settled()
  const question = messages('return.askedBack')
  const page = await browsing.desk('centre', { scripts: false })
  const other = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${own}`)
  expect(await shown(page)).not.toContain(question)

  const officer = await browsing.desk('istanbul', { scripts: false })
  await at(officer, `/desk/returns/${own}/withdraw?from=${encodeURIComponent(centre)}`)
  expect(await shown(officer)).toContain('Withdraw consent')
  await mission.command(own, 'withdraw', withdrawalOf(centre))
  await browsing.running.settled()

  // My work shows the first of each list; a question without a day stands behind those that have one.
  const link = page.locator(`main a[href="/desk/returns/${own}"]`)
  await at(page, '/desk/work/waits')
  while ((await link.count()) === 0) await follow(page, messages('list.next-page'))
  await leaves(page, () => link.click())
  expect(await shown(page)).toContain(question)
  await at(other, `/desk/returns/${own}`)
  expect(await shown(other)).not.toContain(question)
  await at(page, `/desk/returns/${own}`)
  await follow(page, messages.code('command', 'answer-withdrawal'))
  await page.locator('input[name="answer"][value="deleted"]').check()
  await press(page, 'Send')
  await browsing.running.settled()
  await at(page, `/desk/returns/${own}`)
  expect(await shown(page)).not.toContain(question)
  await at(officer, `/desk/returns/${own}`)
  expect(await shown(officer)).toMatch(/Consent withdrawn\s+.*: .*deleted/i)
})
