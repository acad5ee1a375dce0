import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { topics } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { bodyOf } from '../../schemas/commands/bodies.ts'
import { consent, everyone, filingWith } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { wholeList } from '../parts/desk.ts'
import { at, fill, follow, heading, labelled, press, shown, violations } from '../parts/on-the-page.ts'
import { keepRooms, placeIn, roomOf } from '../parts/rooms.ts'
import { fileOne, until } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto, withWholeDays } from '../parts/typing.ts'
import { arrival, stay, twoLegs } from '../scenarios/journey.ts'
import { type Desks, desksOf } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
let page: Page
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  desks = await desksOf(browsing.running)
  page = await browsing.desk('centre', { scripts: false })
})

const byConsent = everyone.map(([holder]) => [holder, consent] as const)
/** Somebody who wants to come to the Centre. */
async function someone(): Promise<{ ret: string; reference: string }> {
  const ret = await fileOne(desks.mission, filingWith(byConsent, { reception: 'centre' }))
  return { ret, reference: (await desks.mission.see(ret)).reference }
}
async function planned(): Promise<{ ret: string; reference: string }> {
  const planned = await someone()
  await desks.iom.command(planned.ret, 'acknowledge')
  await desks.iom.command(planned.ret, 'accept')
  await desks.iom.command(planned.ret, 'plan-travel', twoLegs())
  await browsing.running.settled()
  return planned
}
/** As long as a plan may take from IOM's desk to the Centre's board. */
const secondsMs = 10_000
const nextYear = String(new Date().getFullYear() + 1)
const line = (reference: string) => page.locator('tr', { hasText: reference })

test('a board without rooms and without anybody to come says who puts what there', async () => {
  expect(await at(page, '/desk/board')).toBe(200)
  const text = await shown(page)
  expect(text).toContain(en.board.nobody)
  expect(text).toContain('adds rooms under “Rooms of the Centre”')
})

test('rooms are added one by one; one that is there is not overwritten by adding', async () => {
  await follow(page, 'Rooms of the Centre')
  await follow(page, 'Add a room')
  await fill(page, { Room: '1', Beds: '2', Cots: '0', Quiet: true })
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('Room 1 is saved')
  await follow(page, 'Add a room')
  await fill(page, { Room: '1', Beds: '9', Cots: '0' })
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('a room with this name already exists')
  expect(await labelled(page, 'Beds').inputValue()).toBe('9')
  await fill(page, { Room: '2', Beds: '1' })
  await press(page, 'Save and continue')
  await follow(page, 'Changes of the rooms')
  const rows = await page.locator('tbody tr').allInnerTexts()
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatch(/1\s+2 beds, Quiet/)
})

test('of two who change rooms at once the second sees what stands, and keeps what was typed', async () => {
  await at(page, '/desk/rooms/1')
  await keepRooms(desks.centre, [roomOf('1', 3, { tags: ['quiet'] })])
  await fill(page, { Beds: '2' })
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain(en.rooms.now.split('{')[0])
  expect(await labelled(page, 'Beds').inputValue()).toBe('2')
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('Room 1 is saved')
})

test('what IOM plans stands on the board, masked; a place is held from there', async () => {
  const { ret, reference } = await planned()
  await at(page, '/desk/board')
  expect(await line(reference).innerText()).toMatch(/[A-Z]\. ?[A-Z]\./)
  expect(await shown(page)).not.toContain('Exemplu')
  await line(reference)
    .getByRole('link', { name: /^Hold room/ })
    .click()
  expect(await heading(page)).toBe('Hold a place')
  await page.getByLabel(/^room 1/).check()
  await press(page, 'Hold a place')
  expect(await line(reference).innerText()).toContain('Held: room 1')
  expect((await desks.centre.see(ret)).placeHeld).toBe(true)
})

test('what IOM plans at its desk is on the board within seconds; she arrives, stays and moves', async () => {
  const { ret, reference } = await someone()
  await browsing.running.settled()
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await browsing.running.settled()
  await at(page, '/desk/board')
  expect(await line(reference).count()).toBe(0)

  const iom = await browsing.desk('iom', { scripts: false })
  await at(iom, `/desk/returns/${ret}/do/plan-travel`)
  await typeInto(iom, withWholeDays(formEntriesOf(formShape(bodyOf('plan-travel', 'iom')), twoLegs(), [])))
  await press(iom, 'Send')
  expect(await iom.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
  await iom.context().close()
  const isThere = async () => (await at(page, '/desk/board')) === 200 && (await line(reference).count()) === 1
  await until('What IOM planned is not on the board.', isThere, secondsMs)

  await at(page, `/desk/board/${ret}`)
  await page.getByLabel(/^room 1/).check()
  await press(page, 'Hold a place')
  expect(await line(reference).innerText()).toContain('Held: room 1')

  // Each thing that happens is one press away from the intake.
  const records = async (command: 'arrive' | 'admit', content: unknown) => {
    await at(page, `/desk/returns/${ret}/intake`)
    await follow(page, en.codes.command[command])
    await typeInto(page, formEntriesOf(formShape(bodyOf(command, 'centre')), content, []))
    await press(page, 'Send')
    expect([command, await page.locator('.govuk-error-summary').allInnerTexts()]).toEqual([command, []])
    await browsing.running.settled()
  }
  await records('arrive', arrival())
  expect((await desks.centre.see(ret)).phase).toBe('arrived')
  await records('admit', stay())
  await at(page, '/desk/board')
  await line(reference)
    .getByRole('link', { name: `Move ${reference} to another room` })
    .click()
  await page.getByLabel(/^room 2/).check()
  await press(page, 'Move to')
  const here = page.getByRole('region', { name: 'Who is here' })
  expect(await here.innerText()).toMatch(new RegExp(`${reference}[^\n]*\t2\t`))
  expect(await shown(page)).not.toContain('Exemplu')
  await desks.centre.command(ret, 'release-place')
  await browsing.running.settled()
})

test('the free beds of a room are those of the nights that are typed, not of the fullest day to come', async () => {
  const [taken, { ret }] = [await planned(), await planned()]
  await desks.centre.command(taken.ret, 'hold-place', placeIn('2', 1, { from: 3, until: 9 }))
  await browsing.running.settled()
  await at(page, `/desk/board/${ret}`)
  const from = async (days: number, nights: number) => {
    const [first, last] = [days, days + nights].map((count) => placeIn('2', 1, { from: count }).case.from)
    for (const [field, day = ''] of [
      ['from', first],
      ['until', last],
    ] as const)
      for (const [index, part] of (['_year', '_month', '_day'] as const).entries())
        await page.locator(`input[name="case.${field}.${part}"]`).fill(String(Number(day.split('-')[index])))
    await press(page, 'Show the beds that are free on these days')
    return page.locator('label', { hasText: /^room 2/ }).innerText()
  }
  expect(await from(5, 3)).toContain('0 beds free')
  expect(await from(10, 3)).toContain('1 bed free')
  expect(await from(8, 3)).toContain('0 beds free')
  // Whoever has the place does not stand in her own way.
  await at(page, `/desk/board/${taken.ret}`)
  expect(await from(4, 3)).toContain('1 bed free')
  await desks.centre.command(taken.ret, 'release-place')
  await browsing.running.settled()
})

test('for who does not come the Centre asks whoever arranges the journey', async () => {
  const { ret } = await planned()
  await at(page, `/desk/returns/${ret}/intake`)
  expect(await shown(page)).toContain(en.intake.notCome)
  await follow(page, 'Ask a question')
  expect(new URL(page.url()).pathname).toBe(`/desk/returns/${ret}/do/ask`)
})

test('who is here is moved to another room, and the bed before is free', async () => {
  const { ret, reference } = await planned()
  await at(page, `/desk/board/${ret}`)
  await page.getByLabel(/^room 1/).check()
  await press(page, 'Hold a place')
  await desks.centre.command(ret, 'admit', stay())
  await browsing.running.settled()
  await at(page, '/desk/board')
  await line(reference)
    .getByRole('link', { name: `Move ${reference} to another room` })
    .click()
  expect(await shown(page)).toContain('Now: room 1')
  await page.getByLabel(/^room 2/).check()
  await press(page, 'Move to')
  expect(await shown(page)).toContain('The place is saved')
  expect(await page.getByRole('region', { name: 'Who is here' }).innerText()).toMatch(
    new RegExp(`${reference}[^\n]*\t2\t`),
  )
  await at(page, `/desk/board/${(await planned()).ret}`)
  await page.getByLabel(/^room 2/).check()
  await press(page, 'Hold a place')
  expect(await shown(page)).toContain('room 1')
  expect(await page.locator('.govuk-error-summary').count()).toBe(1)
})

test('services are masked; nobody asked is told apart from not wanted; each has an owner and a day', async () => {
  const { ret } = await planned()
  await desks.centre.command(ret, 'admit', stay())
  await browsing.running.settled()
  // Axe looks at a page by a script.
  const page = await browsing.desk('centre')
  await at(page, `/desk/returns/${ret}`)
  await follow(page, 'Intake and arrival')
  expect(await shown(page)).not.toContain(en.intake.nobodyAsked)
  await press(page, 'Show the services')
  expect(await page.locator('.govuk-error-summary').innerText()).toContain(en.show.why)
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Show the services')
  const table = page.getByRole('region', { name: 'Services' })
  expect(await table.innerText()).toContain(en.intake.nobodyAsked)
  expect(await violations(page)).toEqual([])
  const folded = (name: string) => page.locator(`details:has(summary:has-text("${name}:"))`)
  const legal = folded('Legal')
  await legal.locator('summary').click()
  await legal.getByLabel('Accepted', { exact: true }).check()
  await legal.getByLabel(/^Who is responsible/).fill('Jurist Exemplu')
  await legal.getByLabel('Day', { exact: true }).fill('31')
  await press(page, 'Save and continue')
  expect(await page.locator('.govuk-error-summary').innerText()).toContain('enter a day that exists')
  const again = folded('Legal').and(page.locator('details[open]'))
  expect(await again.getByLabel(/^Who is responsible/).inputValue()).toBe('Jurist Exemplu')
  await again.getByLabel('Day', { exact: true }).fill('30')
  await again.getByLabel('Month', { exact: true }).fill('12')
  await again.getByLabel('Year', { exact: true }).fill(nextYear)
  const work = folded('Work')
  await work.locator('summary').click()
  await work.getByLabel(en.values.answer.refused, { exact: true }).check()
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('The services are saved')
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Show the services')
  const text = await table.innerText()
  expect(text).toMatch(new RegExp(`Legal\\tAccepted\\tJurist Exemplu\\t30 December ${nextYear}`))
  expect(text).toMatch(/Work\tThe person does not want it/)
  expect(text).toMatch(/Education\tnot asked yet/)
})

test('somebody who came without a plan is in with six questions; the rest still needs an answer', async () => {
  await at(page, '/desk/board')
  await press(page, en.board.unplanned)
  expect(await heading(page)).toBe(en.board.unplanned)
  expect(await shown(page)).not.toContain('Call first')
  await fill(page, {
    'Came back without a request': true,
    'Person in difficulty': true,
    'Not known': true,
    'The age is estimated': true,
  })
  await page.locator('input[name="persons.0.case.country"]').fill('Turkey')
  await page.locator('input[name="persons.0.case.place"]').fill('Antalya')
  await page.locator('input[name="persons.0.identity.birth.aged"]').fill('30')
  await press(page, 'Save and continue')
  expect((await shown(page)).match(/Needs an answer/g)).toHaveLength(topics.length)
  await follow(page, 'Check and send')
  await page.locator('input[name="declared"]').check()
  await press(page, 'Send the request')
  const [reference = ''] = (await shown(page)).match(/RET-\w{4}-\w{4}/) ?? []
  await browsing.running.settled()
  const found = (await wholeList(desks.centre)).find((item) => item.reference === reference)
  expect(found).toMatchObject({ phase: 'arrived', urgency: 0 })
})

test.each(['istanbul', 'iom', 'ministry', 'oversight'])('the Centre’s pages are not for %s', async (user) => {
  const { ret } = await planned()
  const other = await browsing.desk(user, { scripts: false })
  for (const path of [
    'board',
    `board/${ret}`,
    'rooms',
    'rooms/1',
    'rooms/new',
    'rooms/changes',
    `returns/${ret}/intake`,
  ])
    expect([path, await at(other, `/desk/${path}`)]).toEqual([path, 404])
  await other.context().close()
})
