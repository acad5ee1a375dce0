import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import type { Browsing } from '../parts/browsing.ts'
import { at, follow, press, shown } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { assessment, funding, identityCheck, ruling, titlu } from '../scenarios/journey.ts'
import { type Desks, desksOf, fileOne } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
// A stack of its own, on which nobody waits for a decision at first.
test.beforeAll(async ({ alone }) => {
  browsing = alone
  desks = await desksOf(browsing.running)
})

/** A return that was accepted, before its risk is assessed. */
async function accepted(): Promise<{ ret: string; reference: string }> {
  const filed = await fileOne(desks.mission)
  await desks.iom.command(filed.ret, 'acknowledge')
  await desks.iom.command(filed.ret, 'accept')
  await desks.mission.command(filed.ret, 'confirm-identity', identityCheck())
  await desks.mission.command(filed.ret, 'issue-document', titlu())
  return filed
}

/** One that waits for the ministry. */
async function toDecide(): Promise<{ ret: string; reference: string }> {
  const filed = await accepted()
  await desks.iom.command(filed.ret, 'assess-risk', assessment())
  await browsing.running.settled()
  return filed
}

const rowsOf = (page: Page, reference: string) => page.locator('tr', { hasText: reference })

test('what waits for a decision comes by itself; the ministry approves by pressing, and mission and IOM see it', async () => {
  const { ret, reference } = await accepted()
  await browsing.running.settled()
  const page = await browsing.desk('ministry', { scripts: false })
  await follow(page, 'Decisions')
  expect(await shown(page)).toContain('No decision waits for the ministry')
  expect(await shown(page)).toContain('when IOM or the Centre has assessed the risk')

  await desks.iom.command(ret, 'assess-risk', assessment())
  await browsing.running.settled()
  await at(page, '/desk/decisions')
  const row = await rowsOf(page, reference).innerText()
  expect(row).toMatch(/You: decide, by \d+ \w+/)
  for (const answer of ['Approve the return', 'Do not approve the return', en.codes.command.hold])
    expect(row).toContain(answer)
  await follow(page, `Approve the return, ${reference}`)
  await press(page, 'Send')
  expect(await page.title()).toMatch(/^Error: /)
  await page.locator('textarea[name="decision.reason"]').fill('The file is complete.')
  await press(page, 'Send')
  expect(await shown(page)).toContain(en.codes.done.approve)
  await browsing.running.settled()

  // Decided, it waits for who pays, and for that alone.
  await at(page, '/desk/decisions')
  expect(await rowsOf(page, reference).count()).toBe(1)
  expect(await rowsOf(page, reference).innerText()).toMatch(/You: record who pays, by/)
  expect(await rowsOf(page, reference).getByRole('link').count()).toBe(2)
  await desks.ministry.command(ret, 'fund', funding())
  await browsing.running.settled()
  await at(page, '/desk/decisions')
  expect(await rowsOf(page, reference).count()).toBe(0)

  for (const user of ['istanbul', 'iom']) {
    const result = await browsing.desk(user)
    await at(result, `/desk/returns/${ret}`)
    const decision = result.locator('.govuk-summary-list__row', { hasText: 'Decision of the ministry' })
    expect([user, await decision.innerText()]).toEqual([
      user,
      expect.stringMatching(/approved\s+funding recorded/),
    ])
  }
})

test.each([
  ['Do not approve the return', 'not approved'],
  [en.codes.command.hold, 'on hold'],
])('%s: each is one press from its form, and the mission sees it', async (answer, reported) => {
  const { ret, reference } = await toDecide()
  const page = await browsing.desk('ministry', { scripts: false })
  await at(page, '/desk/decisions')
  await follow(page, `${answer}, ${reference}`)
  await page.locator('textarea[name="decision.reason"]').fill('A paper is missing.')
  await press(page, 'Send')
  await browsing.running.settled()
  const mission = await browsing.desk('istanbul')
  await at(mission, `/desk/returns/${ret}`)
  expect(await shown(mission)).toContain(reported)
  await at(page, '/desk/decisions')
  // Held, it waits for its end still; not approved, for nothing.
  expect(await rowsOf(page, reference).count()).toBe(answer === en.codes.command.hold ? 1 : 0)
})

test('the most urgent stands first, and nothing on the page is about the person', async () => {
  const ordinary = await toDecide()
  const urgent = await fileOne(desks.mission, (person) => {
    person.case.urgency = 'danger-today'
  })
  await desks.iom.command(urgent.ret, 'acknowledge')
  await desks.iom.command(urgent.ret, 'accept')
  await desks.iom.command(urgent.ret, 'assess-risk', assessment())
  await browsing.running.settled()
  const page = await browsing.desk('ministry')
  await at(page, '/desk/decisions')
  const references = await page.locator('tbody th').allInnerTexts()
  expect(references.indexOf(urgent.reference)).toBe(0)
  expect(references).toContain(ordinary.reference)
  expect(await rowsOf(page, urgent.reference).innerText()).toContain('danger today')
  expect(await page.content()).not.toMatch(/trafficking|Exemplescu|Istanbul|\d{13}/)
})

test('a decision that was given meanwhile, here from another window, is told, and the reasons are kept', async () => {
  const { ret, reference } = await toDecide()
  const page = await browsing.desk('ministry', { scripts: false })
  await at(page, '/desk/decisions')
  await follow(page, `Do not approve the return, ${reference}`)
  await page.locator('textarea[name="decision.reason"]').fill('Something is not clear yet.')
  await desks.ministry.command(ret, 'approve', ruling())
  await press(page, 'Send')
  expect(await shown(page)).toContain(en.act.changedByYou)
  expect(en.act.changedByYou).toContain('What you typed is kept')
  expect(await page.locator('textarea[name="decision.reason"]').inputValue()).toBe(
    'Something is not clear yet.',
  )
  expect((await desks.ministry.see(ret)).ruling).toBe('approved')
})

test.each(['istanbul', 'iom', 'centre', 'consular', 'oversight', 'la-strada'])(
  '%s decides nothing here',
  async (user) => {
    const page = await browsing.desk(user)
    expect(await page.getByRole('link', { name: 'Decisions', exact: true }).count()).toBe(0)
    expect(await at(page, '/desk/decisions')).toBe(404)
  },
)
