import { afterEach, expect } from 'vitest'
import { peopleAnswer } from '../../schemas/api/people.ts'
import { centre, consent, everyone, filingWith, withdrawalOf } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { at, follow, heading, press, shown } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { flipped, type Tampering, tamperingWith } from '../parts/tampered.ts'

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
    'Arrival of the request confirmed',
    'Request sent',
  ])
  expect(events[0]).toContain(`${subOf('iom').slice(0, 8)}, officer, IOM`)
  expect(events[1]).toContain('you, officer, Istanbul (diplomatic mission)')
  expect(events[1]).toMatch(/Has reached: .*IOM \(\d{2}:\d{2}\)/)
  const text = await shown(page)
  expect(text).toMatch(new RegExp(`${subOf('iom').slice(0, 8)}, officer, IOM, .*: .*[Ii]dentity.*Reason: `))
  expect(text).toMatch(new RegExp(`${subOf('rome').slice(0, 8)}, officer, Rome .*Refused: `))
  // Nothing is claimed that was not reckoned.
  expect(text).not.toContain('unchanged')
})

test('names stand where the own party knows them, and nobody is called by another party’s list', async () => {
  const page = await browsing.desk('iom-duty', { scripts: false })
  await at(page, `/desk/returns/${ret}/timeline`)
  await follow(page, 'Show the names of your party’s people')
  const list = peopleAnswer.parse(await iom.call('GET', '/v1/iom/people'))
  const name = list.people.find(({ user }) => user === subOf('iom'))?.name ?? 'nobody'
  const [newest = '', first = ''] = await page.locator('.timeline > li').allInnerTexts()
  expect(newest).toContain(`${name}, officer, IOM`)
  expect(first).toContain(`${subOf('istanbul').slice(0, 8)}, officer, Istanbul`)
})

test('one press away it is reckoned anew, and how to check it oneself is said', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  await at(page, `/desk/returns/${ret}/timeline`)
  await follow(page, 'Check the record')
  expect(await shown(page)).toMatch(unchanged)
  expect(await shown(page)).toContain('npm run verify -- ')
})

test.each<[string, 'trail' | 'access', string]>([
  ['an event', 'trail', 'event'],
  ['a record of who looked', 'access', 'record'],
])('where %s was changed it says so in words, and claims nothing', async (_, table, attribute) => {
  const page = await browsing.desk('istanbul', { scripts: false })
  const row = (await browsing.running.stored.rows(table, ret)).find((row) => row[attribute]?.B)
  if (!row) throw new Error('There is no such row.')
  await tampering.overwrite(table, row, { [attribute]: { B: flipped(row[attribute]?.B, 60) } })
  if (table === 'trail') {
    // What the API shows nothing of, the timeline does not either.
    await at(page, `/desk/returns/${ret}/timeline`)
    expect(await heading(page)).toBe('Proof')
  } else await at(page, `/desk/returns/${ret}/proof`)
  const broken = await shown(page)
  expect(broken).toContain('The record is not what was written any more')
  expect(broken).not.toMatch(unchanged)
  await tampering.repair()
  await at(page, `/desk/returns/${ret}/proof`)
  expect(await shown(page)).toMatch(unchanged)
})

test('a withdrawal asks the holder on its own desk, until it has answered', async () => {
  const own = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent] as const)))
  await browsing.running.settled()
  const question = 'The person has taken back her word that your party may be told.'
  const page = await browsing.desk('centre', { scripts: false })
  const other = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns/${own}`)
  expect(await shown(page)).not.toContain(question)

  const officer = await browsing.desk('istanbul', { scripts: false })
  await at(officer, `/desk/returns/${own}/withdraw?from=${encodeURIComponent(centre)}`)
  expect(await shown(officer)).toContain('Withdraw consent')
  await mission.command(own, 'withdraw', withdrawalOf(centre))
  await browsing.running.settled()

  await at(page, '/desk')
  await page.locator(`a[href="/desk/returns/${own}"]`).first().click()
  expect(await shown(page)).toContain(question)
  await at(other, `/desk/returns/${own}`)
  expect(await shown(other)).not.toContain(question)
  await at(page, `/desk/returns/${own}`)
  await follow(page, 'Say what you did with what you held')
  await page.locator('input[name="answer"][value="deleted"]').check()
  await press(page, 'Send')
  await browsing.running.settled()
  await at(page, `/desk/returns/${own}`)
  expect(await shown(page)).not.toContain(question)
  await at(officer, `/desk/returns/${own}`)
  expect(await shown(officer)).toMatch(/Consent withdrawn\s+.*: .*deleted/i)
})
