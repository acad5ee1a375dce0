import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import type { Browsing } from '../parts/browsing.ts'
import { at, fill, follow, heading, labelled, press, shown, violations } from '../parts/on-the-page.ts'
import { keepingAt } from '../parts/people.ts'
import { fileOne, until } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

const list = '/desk/settings/people'

/** The page of one of the people, by the sign-in name. */
async function lookAt(page: Page, signIn: string): Promise<void> {
  await at(page, list)
  await rowOf(page, signIn).getByRole('link').click()
}
const rowOf = (page: Page, signIn: string) =>
  page.locator('tr', { has: page.getByText(signIn, { exact: true }) })

test('who is invited gets a password that is told once, and signs in; the name stands in no address', async () => {
  const page = await browsing.desk('istanbul-administrator')
  await follow(page, 'Settings')
  await follow(page, en.settings.people)
  await follow(page, 'Invite a colleague')
  await press(page, 'Invite a colleague')
  expect(await page.title()).toMatch(/^Error: /)
  await fill(page, { Name: 'Zamfira Neobișnuită', 'Sign-in name': 'zamfira', Officer: true })
  await press(page, 'Invite a colleague')
  expect(await heading(page)).toBe(en.people.password)
  const password = await page.locator('code').innerText()
  expect(password).toMatch(/^\S{12,}$/)
  expect(await violations(page)).toEqual([])
  await follow(page, en.people.toList)
  expect(await shown(page)).toContain('Zamfira Neobișnuită')
  expect(await page.content()).not.toContain(password)
  const colleague = await browsing.desk('zamfira')
  expect(await heading(colleague)).toBe('My work')
  expect(
    browsing
      .requests()
      .filter((request) => /zamfira|neobi|password/i.test(request) && !request.includes('/sign-in')),
  ).toEqual([])
})

test('a form sent twice invites once, and what was typed is still there', async () => {
  const page = await browsing.desk('istanbul-administrator', { scripts: false })
  await at(page, `${list}/invite`)
  const keeping = keepingAt(await browsing.running.desk('istanbul-administrator'))
  await keeping.onList('review')
  await fill(page, { Name: 'Vlad Exemplescu', 'Sign-in name': 'vlad', Officer: true })
  await press(page, 'Invite a colleague')
  expect(await shown(page)).toContain('What you typed is kept')
  expect(await labelled(page, 'Sign-in name').inputValue()).toBe('vlad')
  expect((await keeping.list()).people.some(({ signIn }) => signIn === 'vlad')).toBe(false)
  await press(page, 'Invite a colleague')
  expect(await heading(page)).toBe(en.people.password)
})

test('who is disabled is out within a minute, the work goes back, and the name stays', async () => {
  const iom = await browsing.running.desk('iom')
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  await iom.command(ret, 'take')
  await browsing.running.settled()
  const theirs = await browsing.desk('iom')
  const admin = await browsing.desk('iom-administrator', { scripts: false })
  await lookAt(admin, 'iom')
  const name = await heading(admin)
  await follow(admin, 'Disable the account')
  expect(await shown(admin)).toContain('end within a minute')
  expect(await shown(admin)).toContain('so that a colleague can take them')
  await press(admin, 'Disable the account')
  expect(await page422(admin)).toBe(true)
  await admin.locator('input[value="long-absence"]').check()
  await press(admin, 'Disable the account')
  expect(await shown(admin)).toContain('account disabled')
  const row = await rowOf(admin, 'iom').innerText()
  expect(row).toContain(name)
  expect(row).toContain('disabled')
  await until(
    'Who is disabled still sees pages.',
    async () => {
      await theirs.goto('/desk/returns')
      return (await shown(theirs)).includes('This account is no longer active here')
    },
    60_000,
  )
  // The session is over, not hidden: nothing of it is on the page, and the next one asks to sign in.
  expect(await theirs.getByRole('link', { name: 'Returns' }).count()).toBe(0)
  await theirs.goto('/desk/returns')
  const asked = theirs.locator('button[name="user"]')
  expect(await asked.count()).toBeGreaterThan(0)
  expect(await asked.and(theirs.locator('[value="iom"]')).count()).toBe(0)
  const colleague = await browsing.desk('iom-duty')
  await at(colleague, '/desk/travel?assigned=to-nobody')
  expect(await colleague.locator(`a[href*="${ret}"]`).count()).toBeGreaterThan(0)
  await lookAt(admin, 'iom')
  await follow(admin, 'Enable the account again')
  await press(admin, 'Enable the account again')
  expect(await rowOf(admin, 'iom').innerText()).toContain('active')
}, 150_000)

/** Whether the page says that something is wrong with what was typed. */
const page422 = async (page: Page) => (await page.title()).startsWith('Error: ')

test('the last administrator is kept: said before, and refused in words', async () => {
  const page = await browsing.desk('centre-administrator', { scripts: false })
  await lookAt(page, 'centre-administrator')
  expect(await shown(page)).toContain(en.people.last)
  await follow(page, 'Disable the account')
  await page.locator('input[name="reason"]').first().check()
  await press(page, 'Disable the account')
  expect(await shown(page)).toContain(en.codes.problem['last-administrator'])
  await at(page, list)
  expect(await rowOf(page, 'centre-administrator').innerText()).toContain('active')
})

test('a lost second factor is a new password; nobody sets up the own one', async () => {
  const page = await browsing.desk('guardianship-administrator', { scripts: false })
  await lookAt(page, 'guardianship-administrator')
  expect(await page.getByRole('link', { name: en.people.do['reset-factor'] }).count()).toBe(0)
  expect(await shown(page)).toContain(en.people.you)
  const own = page.url()
  await at(page, `${own}/reset-factor`)
  await page.locator('input[name="reason"]').first().check()
  await press(page, en.people.do['reset-factor'])
  expect(await shown(page)).toContain('Ask another administrator')
  await at(page, list)
  await page.locator('tr', { hasNotText: 'guardianship-administrator' }).getByRole('link').first().click()
  await follow(page, en.people.do['reset-factor'])
  await page.locator('input[name="reason"]').first().check()
  await press(page, en.people.do['reset-factor'])
  expect(await heading(page)).toBe(en.people.password)
})

test('a stand-in has days; an empty form ends nothing; back again is a press of its own', async () => {
  const page = await browsing.desk('ministry-administrator', { scripts: false })
  await lookAt(page, 'ministry')
  await follow(page, en.people.do['stand-in'])
  await press(page, en.people.do['stand-in'])
  expect(await page422(page)).toBe(true)
  await page.locator('input[name="standIn.user"]').first().check()
  const days = { from: ['1', '12', '2026'], until: ['5', '1', '2027'] }
  for (const [field, [day = '', month = '', year = '']] of Object.entries(days))
    for (const [part, value] of Object.entries({ _day: day, _month: month, _year: year }))
      await page.locator(`input[name="standIn.${field}.${part}"]`).fill(value)
  await press(page, en.people.do['stand-in'])
  expect(await rowOf(page, 'ministry').innerText()).toMatch(/1 December 2026 – 5 January 2027/)
  await lookAt(page, 'ministry')
  await follow(page, en.people.do['stand-in'])
  expect(await page.locator('input[name="standIn.user"]').first().isChecked()).toBe(true)
  await follow(page, en.people.backButton)
  expect(await heading(page)).toBe(en.people.endAsk)
  await press(page, en.people.backButton)
  expect(await rowOf(page, 'ministry').innerText()).not.toContain('2027')
})

test('the quarterly review is one press on the list that was looked at, and on no other', async () => {
  const page = await browsing.desk('oversight-administrator', { scripts: false })
  await at(page, list)
  expect(await shown(page)).toContain('Nobody has confirmed the list yet')
  const keeping = keepingAt(await browsing.running.desk('oversight-administrator'))
  await keeping.onList('invite', { name: 'Dan Exemplescu', signIn: 'dan', role: 'officer' })
  await press(page, en.people.do.review)
  expect(await shown(page)).toContain('It has changed since you read it')
  expect(await shown(page)).toContain('Dan Exemplescu')
  expect((await keeping.list()).reviewed).toBeUndefined()
  await press(page, en.people.do.review)
  expect(await shown(page)).toContain('The list was last confirmed')
  expect((await keeping.list()).reviewed).toBeDefined()
})

test('who is forgotten has no name any more; who is active cannot be', async () => {
  const admin = await browsing.running.desk('oversight-administrator')
  const keeping = keepingAt(admin)
  await keeping.onList('invite', { name: 'Tudor Trecător', signIn: 'tudor', role: 'officer' })
  const page = await browsing.desk('oversight-administrator', { scripts: false })
  await lookAt(page, 'tudor')
  expect(await page.getByRole('link', { name: 'Delete the name' }).count()).toBe(0)
  await at(page, `${page.url()}/forget`)
  await press(page, 'Delete the name')
  expect(await shown(page)).toContain('Disable it first')
  await keeping.on((await keeping.personBy('tudor')).user, 'disable', { reason: 'left' })
  await lookAt(page, 'tudor')
  await follow(page, 'Delete the name')
  await press(page, 'Delete the name')
  expect(await page.content()).not.toContain('Trecător')
})

test('an officer reads the names and is told whom to ask; every way to change is closed', async () => {
  const page = await browsing.desk('istanbul')
  await at(page, list)
  expect(await shown(page)).toContain(en.people.readOnly)
  expect(await page.locator('main').getByRole('link').count()).toBe(0)
  expect(await page.getByRole('button', { name: /right/ }).count()).toBe(0)
  // Sign-in names are for administrators.
  expect(await shown(page)).not.toContain('istanbul-administrator')
  const { people } = await keepingAt(await browsing.running.desk('istanbul')).list()
  for (const path of ['invite', `${people[0]?.user}`, `${people[0]?.user}/disable`]) {
    expect([path, await at(page, `${list}/${path}`)]).toEqual([path, 403])
    expect(await shown(page)).toContain(en.people.notYours)
  }
})

test('the department’s administrator keeps the people of posts; its officers and the posts of others do not', async () => {
  const ofRome = '/desk/settings/posts/mission:19B6/people'
  const page = await browsing.desk('consular-administrator', { scripts: false })
  await at(page, ofRome)
  expect(await heading(page)).toContain('Rome')
  await follow(page, 'Invite a colleague')
  await fill(page, { Name: 'Roma Exemplescu', 'Sign-in name': 'roma-admin', Administrator: true })
  await press(page, 'Invite a colleague')
  await follow(page, en.people.toList)
  expect(new URL(page.url()).pathname).toBe(ofRome)
  expect(await rowOf(page, 'roma-admin').innerText()).toContain('administrator')
  const officer = await browsing.desk('consular')
  expect(await at(officer, ofRome)).toBe(403)
  for (const user of ['istanbul-administrator', 'oversight-administrator', 'iom-administrator'])
    expect([user, await at(await browsing.desk(user), ofRome)]).toEqual([user, 404])
  for (const party of ['iom', 'centre:S0DS', 'mission:ZZZZ'])
    expect([party, await at(page, `/desk/settings/posts/${party}/people`)]).toEqual([party, 404])
})
