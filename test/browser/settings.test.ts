import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { languages } from '../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../functions/desk/messages/messages.ts'
import { postChange, postsAnswer } from '../../schemas/api/posts.ts'
import { stepNames } from '../../schemas/procedure/procedure.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, fill, follow, heading, labelled, press, shown } from '../parts/on-the-page.ts'
import { keepingAt } from '../parts/people.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

const posts = '/desk/settings/posts'
const [rome, madrid, lisbon] = ['mission:19B6', 'mission:6HKJ', 'mission:7NN6'] as const

const pages = ['people', 'posts', 'post', 'deadlines', 'rota']
test.each([
  ['istanbul', ['people', 'post', 'deadlines']],
  ['consular', ['people', 'posts', 'deadlines', 'rota']],
  ['iom', ['people', 'deadlines', 'rota']],
  ['centre', ['people', 'deadlines']],
  ['ministry', ['people', 'deadlines', 'rota']],
  ['la-strada', ['people', 'deadlines']],
  ['oversight', ['people', 'posts', 'deadlines', 'rota']],
])('%s finds in one place what it can set or read, and nothing else is there', async (user, own) => {
  const page = await browsing.desk(user)
  await follow(page, 'Settings')
  for (const item of pages) {
    const address = `/desk/settings/${item}`
    await at(page, '/desk/settings')
    const links = await page.locator(`main a[href="${address}"]`).count()
    expect([item, links, await at(page, address)]).toEqual(
      own.includes(item) ? [item, 1, 200] : [item, 0, 404],
    )
  }
})

/** Changes a post over HTTP, as another officer does meanwhile. */
async function meanwhile(post: string, change: object): Promise<void> {
  const desk = await browsing.running.desk('consular')
  const all = postsAnswer.parse(await desk.call('GET', '/v1/consular/posts')).posts
  const before = all.find((item) => item.post === post)
  if (!before) throw new Error('There is no such post.')
  const body = postChange.parse({
    covers: before.covers,
    staff: before.staff,
    duty: before.duty,
    open: before.open,
    ...change,
  })
  await desk.call('POST', `/v1/consular/posts/${post}`, body, { ifMatch: before.version })
}

const covers = (page: Page) => page.locator('textarea[name="covers"]')

test('the department gives a post a country, staff and duty by name; the post sees it, and history tells who did', async () => {
  const page = await browsing.desk('consular-administrator', { scripts: false })
  await at(page, posts)
  expect(await shown(page)).toMatch(/\d+ countries have no open mission\. Alerts from there go to/)
  await follow(page, en.posts.which)
  expect(await shown(page)).toContain('Albania')
  await at(page, `${posts}/${rome}`)
  await covers(page).fill('Albania')
  const { people } = await keepingAt(await browsing.running.desk('rome')).list()
  const [officer] = people
  await page.locator(`input[name="staff"][value="${officer?.user}"]`).check()
  await page.locator(`input[name="duty"][value="${officer?.user}"]`).check()
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain(en.posts.changed)
  await follow(page, en.posts.which)
  expect(await shown(page)).not.toContain('Albania')
  const own = await browsing.desk('rome')
  await at(own, '/desk/settings/post')
  expect(await shown(own)).toContain('Albania')
  expect(await shown(own)).toContain(officer?.name ?? 'nobody')
  expect(await own.getByRole('button', { name: 'Save and continue' }).count()).toBe(0)
  const oversight = await browsing.desk('oversight')
  await at(oversight, `${posts}/changes`)
  expect(await shown(oversight)).toMatch(
    /consular department, administrator.*Rome.*Albania; staff: 1; on duty: 1/,
  )
  // Names do not leave the party: oversight, and an officer of the department, see a number.
  for (const reader of [oversight, await browsing.desk('consular')]) {
    await at(reader, `${posts}/${rome}`)
    expect(await shown(reader)).not.toContain(officer?.name)
    expect(await shown(reader)).toContain(officer?.user.slice(0, 8))
  }
})

test('a country of another post is refused at its field; duty is of the staff; what was typed is kept', async () => {
  const page = await browsing.desk('consular', { scripts: false })
  await at(page, `${posts}/${madrid}`)
  await covers(page).fill('Italy')
  await press(page, 'Save and continue')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.locator('.govuk-error-summary a').first().getAttribute('href')).toBe('#covers')
  expect(await covers(page).inputValue()).toBe('Italy')
  await at(page, `${posts}/${rome}`)
  const staff = page.locator('input[name="staff"]').first()
  await staff.uncheck()
  await press(page, 'Save and continue')
  expect(await page.locator('.govuk-error-summary').innerText()).toContain('Who is on duty?')
  expect(await page.locator('input[name="staff"]').first().isChecked()).toBe(false)
})

test('of two who change a post at once the second is told, reads what is new, and keeps what was typed', async () => {
  const page = await browsing.desk('consular', { scripts: false })
  await at(page, `${posts}/${lisbon}`)
  await covers(page).fill('Brazil\nPeru')
  await meanwhile(lisbon, { covers: ['CL'] })
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain('What you typed is kept')
  expect(await page.locator('.govuk-summary-list').innerText()).toContain('Chile')
  expect(await covers(page).inputValue()).toBe('Brazil\nPeru')
  await press(page, 'Save and continue')
  expect(await shown(page)).toContain(en.posts.changed)
  await at(page, `${posts}/${lisbon}`)
  expect(await page.locator('.govuk-summary-list').innerText()).toMatch(/Brazil, Peru/)
})

test('a post that closes leaves its country without one', async () => {
  const page = await browsing.desk('consular', { scripts: false })
  await at(page, `${posts}/mission:CPV8`)
  await fill(page, { 'Is the mission open? > No': true })
  await press(page, 'Save and continue')
  // Nothing is closed without a question.
  expect(await shown(page)).toContain(en.posts.sureClosed)
  await page.locator('input[name="sure"]').check()
  await press(page, 'Save and continue')
  expect(await page.locator('tr', { hasText: 'Athens' }).innerText()).toContain('closed')
  await follow(page, en.posts.which)
  expect(await shown(page)).toContain('Greece')
})

test('a post is not read by another, and changed by nobody but the department', async () => {
  const mission = await browsing.desk('istanbul')
  expect(await at(mission, `${posts}/${rome}`)).toBe(404)
  const oversight = await browsing.desk('oversight')
  await at(oversight, `${posts}/${rome}`)
  expect(await oversight.getByRole('button', { name: 'Save and continue' }).count()).toBe(0)
  expect(await shown(oversight)).toContain(en.posts.readOnlyOversight)
  expect(await at(oversight, `${posts}/mission:ZZZZ`)).toBe(404)
})

test.each(languages)(
  'in %s every step has its deadline in words, with owner, beginning and basis',
  async (language) => {
    const words = await messagesIn(language)
    const page = await browsing.desk('istanbul', { language })
    await at(page, '/desk/settings/deadlines')
    for (const step of stepNames) {
      const row = page.locator('tr', {
        has: page.locator('th[scope="row"]', { hasText: words.code('step', step) }),
      })
      const cells = await row.first().locator('td').allInnerTexts()
      expect([step, cells.length, cells.filter((text) => text.trim() === '')]).toEqual([step, 4, []])
    }
    const all = await shown(page)
    expect(all).toContain(words.count('deadlines.hours', 24))
    expect(all).toContain(words('deadlines.placeholder'))
    expect(all).toContain(words('deadlines.howText'))
    expect(all).not.toMatch(/undefined|working-days|could not be read/)
  },
)

test('the rota says who is called and when, and has no button', async () => {
  const page = await browsing.desk('ministry')
  await at(page, '/desk/settings/rota')
  const calls = await page.locator('section', { hasText: en.rota.calls }).innerText()
  expect(calls).toMatch(
    /duty officer\s+at once\s+duty officer\s+10 minutes\s+stand-in\s+20 minutes\s+head of the mission\s+40 minutes/,
  )
  expect(await shown(page)).toContain('Night is from 22:00 to 06:00')
  expect(await page.locator('main').getByRole('button').count()).toBe(0)
})

test('who has nobody to hand a return to is told who adds colleagues', async () => {
  const desk = await browsing.running.desk('madrid')
  const page = await browsing.desk('madrid')
  const ret = await fileOne(desk)
  await at(page, `/desk/returns/${ret}/do/assign`)
  expect(await shown(page)).toContain(en.act.alone)
  expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0)
  expect(await heading(page)).toBe('Hand to a colleague')
  expect(await labelled(page, 'Colleague').count()).toBe(0)
})
