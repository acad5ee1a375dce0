import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as z from 'zod/mini'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { messagesIn } from '../../functions/desk/messages/messages.ts'
import { expectedDay } from '../../functions/desk/parts/arrivals.ts'
import type { Use } from '../../schemas/api/forecast.ts'
import { workListAnswer } from '../../schemas/api/work-answers.ts'
import type { Browsing } from '../parts/browsing.ts'
import { printed } from '../parts/on-paper.ts'
import { at, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { forecastFor, house, keepRooms, placeIn } from '../parts/rooms.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { stay, twoLegs } from '../scenarios/journey.ts'
import { type Desks, desksOf } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
let page: Page

/** A house with somebody who stays, somebody for whom a place is held, two who come without one, and a broken bed. */
test.beforeAll(async ({ alone }) => {
  browsing = alone
  desks = await desksOf(alone.running)
  const broken = { beds: 1, cots: 0, reason: 'repair' as const, from: dayAhead(1), until: dayAhead(9) }
  await keepRooms(
    desks.centre,
    house.map((room) => (room.room === '2' ? { ...room, blocked: [broken] } : room)),
  )
  const staying = await planned(0)
  await desks.centre.command(staying, 'hold-place', placeIn('8', 1, { from: 0 }))
  await desks.centre.command(staying, 'admit', stay())
  const held = await planned(3)
  await desks.centre.command(held, 'hold-place', placeIn('5', 2, { from: 3, cots: 1 }))
  await planned(5)
  await planned(20)
  await alone.running.settled()
  page = await alone.desk('centre', { scripts: false })
  await at(page, '/desk/board')
})

const dayAhead = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)

/** A return with a journey that begins so many days from today. */
async function planned(inDays: number): Promise<string> {
  const ret = await fileOne(desks.mission)
  await browsing.running.settled()
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await desks.iom.command(ret, 'plan-travel', twoLegs(inDays))
  await browsing.running.settled()
  return ret
}

const states = ['occupied', 'held', 'blocked', 'free', 'short'] as const
const countsOf = (use: Use) => Object.fromEntries(states.map((state) => [state, use[state]]))

/** The beds of the grid as they are drawn: of each room and day, how many of each kind. */
async function drawn(of: Page): Promise<Record<string, number>[][]> {
  const rows = await of.evaluate(
    `[...document.querySelectorAll('.bed-grid tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) =>
      [...cell.querySelectorAll('.bed')].map(({ className }) => className.split('--')[1] ?? 'free')))`,
  )
  const parsed = z.array(z.array(z.array(z.string()))).parse(rows)
  return parsed.map((days) =>
    days.map((beds) =>
      Object.fromEntries(states.map((state) => [state, beds.filter((bed) => bed === state).length])),
    ),
  )
}

test('the grid has every room, day and bed that the API tells, each as what it is', async () => {
  const { rooms } = await forecastFor(desks.centre, 30)
  const expected = rooms.map(({ days }) => days.slice(0, 14).map(({ beds }) => countsOf(beds)))
  expect(expected.flat(2)).toHaveLength(house.length * 14)
  expect(await drawn(page)).toEqual(expected)
  for (const state of ['occupied', 'held', 'blocked', 'free'] as const)
    expect([state, expected.flat().some((use) => (use[state] ?? 0) > 0)]).toEqual([state, true])
})

test('a bed is told by its letter and its shape too, and in words to whoever hears the page', async () => {
  const looks = z.record(z.string(), z.array(z.string())).parse(
    await page.evaluate(`Object.fromEntries(['bed', 'bed bed--held', 'bed bed--occupied', 'bed bed--blocked'].map((name) => {
      const bed = document.querySelector('.bed-grid [class="' + name + '"]')
      const style = getComputedStyle(bed)
      return [name, [bed.textContent, [style.borderRadius, style.borderStyle, style.backgroundImage, style.backgroundColor].join()]]
    }))`),
  )
  const all = Object.values(looks)
  expect(new Set(all.map(([letter]) => letter)).size).toBe(4)
  expect(new Set(all.map(([, shape]) => shape)).size).toBe(4)
  const cell = page.locator('.bed-grid tbody tr', { hasText: 'room 2' }).locator('td').nth(2)
  expect(await cell.locator('.govuk-visually-hidden').innerText()).toBe(
    `3 ${en.board.use.free}, 1 ${en.board.use.blocked}`,
  )
  expect(await page.locator('.bed-grid th[scope="col"]').count()).toBe(15)
  expect(await page.locator('.bed-grid th[scope="row"]').count()).toBe(house.length)
})

test('beside the beds stand the arrivals of “My work”, on the same days, and nobody else', async () => {
  const answer = workListAnswer.parse(await desks.centre.call('GET', '/v1/centre/work/arrivals'))
  const expected = answer.returns.map(({ reference }) => reference)
  expect(expected).toHaveLength(2)
  const beside = page.getByRole('region', { name: en.work.arrivals })
  expect(await beside.locator('a').allInnerTexts()).toEqual(expected)
  const messages = await messagesIn('en')
  const days = answer.returns.map((row) => messages.day(expectedDay(row) ?? ''))
  expect(await beside.locator('h3').allInnerTexts()).toEqual([...new Set(days)])
  expect(await beside.innerText()).toContain('Held: room 5')
  expect(await beside.innerText()).toContain(en.board.noPlace)
  // The day of "My work" is the planned one, also where a place is held for longer.
  const work = await browsing.desk('centre', { scripts: false })
  await at(work, '/desk/work/arrivals')
  for (const row of answer.returns) {
    const line = await work.locator('tr', { hasText: row.reference }).innerText()
    expect(line).toContain(messages.dayNear(expectedDay(row) ?? ''))
  }
})

test('the chart has a bar of a month for what the API tells, and says it in words', async () => {
  const { days } = await forecastFor(desks.centre, 30)
  for (const use of ['occupied', 'held', 'blocked', 'free'] as const) {
    const path = (await page.locator(`svg.outlook path[data-use="${use}"]`).getAttribute('d')) ?? ''
    expect([use, path.split('M').length - 1]).toEqual([use, days.filter(({ beds }) => beds[use] > 0).length])
  }
  const fewest = Math.min(...days.map(({ beds }) => beds.free))
  expect(await page.locator('#outlook-words').innerText()).toContain(`${fewest} of ${days[0]?.beds.all}`)
  const rows = page.getByRole('region', { name: 'Beds by day' }).locator('tbody tr')
  expect(await rows.count()).toBe(30)
})

test('on paper no address stands behind a link, every column fits, and no button is printed', async () => {
  expect(await shown(page)).toContain(en.board.until)
  const text = await printed(page)
  expect(text).not.toContain('/desk/')
  await page.emulateMedia({ media: 'print' })
  const behind = z
    .array(z.string())
    .parse(
      await page.evaluate(
        `[...document.querySelectorAll('a')].map((link) => getComputedStyle(link, '::after').content).filter((text) => !['none', '""'].includes(text))`,
      ),
    )
  expect(behind).toEqual([])
  // A sheet of A4 between its margins of 15 mm, in CSS pixels.
  await page.setViewportSize({ width: 680, height: 900 })
  expect(await tooWide(page)).toBe(0)
  await page.emulateMedia({ media: null })
  await page.setViewportSize({ width: 1280, height: 800 })
})

test('what a script does is not offered where no script runs', async () => {
  const iom = await browsing.desk('iom', { scripts: false })
  await at(iom, '/desk/travel/day')
  expect(await iom.locator('[data-print]').isVisible()).toBe(false)
  const scripted = await browsing.desk('iom')
  await at(scripted, '/desk/travel/day')
  expect(await scripted.locator('[data-print]').isVisible()).toBe(true)
})

test('the board holds against WCAG 2.2 AA with its grid and its chart, wide and narrow', async () => {
  const looking = await browsing.desk('centre')
  await at(looking, '/desk/board')
  for (const width of [1280, 320]) {
    await looking.setViewportSize({ width, height: 800 })
    expect([width, await violations(looking), await tooWide(looking)]).toEqual([width, [], 0])
    if (process.env.PICTURES)
      await looking.screenshot({ path: `${process.env.PICTURES}/board-${width}.png`, fullPage: true })
  }
})
