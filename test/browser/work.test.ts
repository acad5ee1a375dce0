import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { workCountAnswer } from '../../schemas/api/work-answers.ts'
import { alarm } from '../parts/alarm.ts'
import type { Browsing } from '../parts/browsing.ts'
import type { Desk } from '../parts/desk.ts'
import { at, follow, press, shown } from '../parts/on-the-page.ts'
import { until } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { bodies } from '../parts/todays-bodies.ts'
import { day, departure } from '../scenarios/journey.ts'
import { type Desks, desksOf, fileOne, toConfirmed } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
// A stack of its own, whose lists are empty at first.
test.beforeAll(async ({ alone }) => {
  browsing = alone
  desks = await desksOf(browsing.running)
})

/** The list of a name on "My work", as it stands now; its caption says how many it has. */
async function listOn(page: Page, name: string): Promise<string> {
  await at(page, '/desk')
  const list = page.locator(`section[aria-label^="${name} ("]`)
  return (await list.count()) > 0 ? list.innerText() : ''
}

const first: [string, string[]][] = [
  [
    'rome',
    [
      en.work.calls,
      en.work.alerts,
      en.work.late,
      en.work.concern,
      en.work.danger,
      en.work.today,
      en.work.asked,
      en.work.waits,
      en.work.assigned,
      en.work.arrivals,
      en.filing.drafts,
    ],
  ],
  [
    'ministry',
    [
      en.work.late,
      en.work.concern,
      en.work.danger,
      en.work.today,
      en.work.asked,
      en.work.waits,
      en.work.assigned,
    ],
  ],
  [
    'oversight',
    [
      en.work.calls,
      en.work.alerts,
      en.work.late,
      en.work.concern,
      en.work.danger,
      en.work.today,
      en.work.waits,
    ],
  ],
]
test.each(first)(
  'the first visit of %s explains each list: what will appear there, and who puts it there',
  async (user, lists) => {
    const page = await browsing.desk(user, { scripts: false })
    expect(await shown(page)).toMatch(/Nothing waits for you\. Last checked \d\d:\d\d\./)
    expect(await page.locator('main dt').allInnerTexts()).toEqual(lists)
    for (const text of await page.locator('main dd').allInnerTexts()) expect(text.length).toBeGreaterThan(30)
  },
)

test('a question stands with whom it was asked until it is answered', async () => {
  const { ret, reference } = await fileOne(desks.mission)
  await browsing.running.settled()
  const page = await browsing.desk('istanbul', { scripts: false })
  expect(await listOn(page, en.work.asked)).not.toContain(reference)
  const { seq } = await desks.iom.command(ret, 'ask', { for: desks.mission.party, talk: bodies.ask.talk })
  await browsing.running.settled()
  expect(await listOn(page, en.work.asked)).toContain(reference)
  await desks.mission.command(ret, 'answer', { question: seq, talk: bodies.answer.talk })
  await browsing.running.settled()
  expect(await listOn(page, en.work.asked)).not.toContain(reference)
})

test('a step whose day is today says which step it is', async () => {
  const { ret, reference } = await fileOne(desks.mission)
  await desks.mission.command(ret, 'note', { ...bodies.note, next: day(0) })
  await browsing.running.settled()
  const page = await browsing.desk('istanbul', { scripts: false })
  expect(await listOn(page, en.work.today)).toContain(reference)
  await desks.mission.command(ret, 'note', { ...bodies.note, next: day(9) })
  await browsing.running.settled()
  expect(await listOn(page, en.work.today)).not.toContain(reference)
})

test('an arrival within a week stands with mission, IOM and Centre, by its day; afterwards it does not', async () => {
  const { ret, reference } = await fileOne(desks.mission)
  await toConfirmed(desks, ret)
  await desks.mission.command(ret, 'depart', departure())
  await browsing.running.settled()
  for (const user of ['istanbul', 'iom', 'centre']) {
    const page = await browsing.desk(user, { scripts: false })
    expect([user, await listOn(page, en.work.arrivals)]).toEqual([user, expect.stringContaining(reference)])
    expect(await listOn(page, en.work.arrivals)).toMatch(/\d+ \w+/)
  }
  expect(await listOn(await browsing.desk('ministry'), en.work.arrivals)).toBe('')
  await desks.iom.command(ret, 'arrive', bodies.arrive)
  await browsing.running.settled()
  expect(await listOn(await browsing.desk('centre'), en.work.arrivals)).not.toContain(reference)
})

test('an alert for my post stands there until it is a request; another post never sees it', async () => {
  const hotline = await browsing.running.desk('hotline')
  const { ret, reference } = await hotline.alert(alarm)
  await browsing.running.settled()
  const page = await browsing.desk('ankara', { scripts: false })
  expect(await listOn(page, en.work.alerts)).toContain(reference)
  expect(await listOn(await browsing.desk('rome'), en.work.alerts)).not.toContain(reference)
  await hotline.command(ret, 'close-alert', bodies['close-alert'])
  await browsing.running.settled()
  expect(await listOn(page, en.work.alerts)).not.toContain(reference)
})

test('what I took is kept by me, and not by my colleague; what I write stands with me alone', async () => {
  const { ret, reference } = await fileOne(desks.mission)
  await desks.iom.command(ret, 'acknowledge')
  await desks.iom.command(ret, 'accept')
  await desks.mission.command(ret, 'take')
  await browsing.running.settled()
  const page = await browsing.desk('istanbul', { scripts: false })
  await until('It is not mine.', async () => {
    await at(page, '/desk')
    return (await shown(page)).includes(reference)
  })
  await at(page, '/desk/filing')
  await follow(page, 'Begin a request')
  await press(page, 'Begin without a search')
  await at(page, '/desk')
  expect(await page.locator('a[href^="/desk/filing/"]').count()).toBe(1)
  const colleague = await browsing.desk('istanbul-duty', { scripts: false })
  expect(await listOn(colleague, en.work.assigned)).not.toContain(reference)
  expect(await colleague.locator('a[href^="/desk/filing/"]').count()).toBe(0)
})

test('no list asks the API more than twice, and says nothing about the person but the masked form', async () => {
  const page = await browsing.desk('istanbul')
  const answer = await page.goto('/desk')
  expect(await answer?.headerValue('server-timing')).toMatch(/desc="[12]"/)
  const ministry = await browsing.desk('ministry')
  const other = await ministry.goto('/desk')
  expect(await other?.headerValue('server-timing')).toMatch(/desc="1"/)
  expect(await ministry.content()).not.toMatch(/\d{13}|Istanbul/)
})

/** What the API counts for a desk. */
const countOf = async (desk: Desk) =>
  workCountAnswer.parse(await desk.call('GET', `/v1/${desk.kind}/work/count`)).total

test('the navigation of each page says how many returns wait, as the API counts them', async () => {
  const total = await countOf(desks.iom)
  expect(total).toBeGreaterThan(0)
  const page = await browsing.desk('iom', { scripts: false })
  for (const path of ['/desk', '/desk/returns', '/desk/settings/people', '/desk/nothing-here']) {
    await at(page, path)
    expect([path, await page.locator('nav .badge [aria-hidden]').innerText()]).toEqual([path, String(total)])
  }
  expect(await page.locator('nav .badge').innerText()).toMatch(/returns? waits? for you/)
  const idle = await browsing.desk('la-strada', { scripts: false })
  expect(await countOf(await browsing.running.desk('la-strada'))).toBe(0)
  expect(await idle.locator('nav .badge').count()).toBe(0)
})

test('a row says what is out of the ordinary, and each own step with its day; what others owe comes after', async () => {
  const accepting = await fileOne(desks.mission)
  await desks.iom.command(accepting.ret, 'acknowledge')
  const { ret, reference } = await fileOne(desks.mission)
  await toConfirmed(desks, ret)
  await desks.mission.command(ret, 'depart', departure())
  await desks.iom.command(ret, 'contact-lost', bodies['contact-lost'])
  await browsing.running.settled()
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, '/desk/returns')
  const steps = page.locator('tr', { hasText: accepting.reference }).locator('.steps li')
  const texts = await steps.allInnerTexts()
  expect(texts[0]).toMatch(/^You: accept the request, by \d+ \w+$/)
  expect(texts.slice(1).join()).toMatch(/Diplomatic mission: confirm the identity, by/)
  // The mission is called because of it: there it stands in the list of calls.
  expect(await listOn(page, en.work.concern)).toContain(reference)
  for (const user of ['iom', 'istanbul', 'ministry']) {
    const desk = await browsing.desk(user, { scripts: false })
    for (const path of ['/desk', '/desk/returns', ...(user === 'iom' ? ['/desk/travel'] : [])]) {
      await at(desk, path)
      expect([user, path, await desk.locator('tr', { hasText: reference }).first().innerText()]).toEqual([
        user,
        path,
        expect.stringContaining('contact lost'),
      ])
    }
  }
})
