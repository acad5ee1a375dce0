import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { personPath, personShape, topics } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { bodyOf } from '../../schemas/commands/bodies.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { PartyKind } from '../../schemas/values/parties.ts'
import { returnId } from '../../schemas/values/texts.ts'
import { sample } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, fill, follow, heading, leaves, press, shown } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto, withWholeDays } from '../parts/typing.ts'
import * as journey from '../scenarios/journey.ts'

/** Of a step that several commands can end: to the page with its choices. */
const chooseStep = (page: Page) => leaves(page, () => page.locator('.next a.govuk-button').click())

let browsing: Browsing
// A stack of its own, whose Centre keeps no rooms yet.
test.beforeAll(async ({ alone }) => {
  browsing = alone
})

const kinds = {
  istanbul: 'mission',
  iom: 'iom',
  centre: 'centre',
  ministry: 'ministry',
} as const satisfies Record<string, PartyKind>
type User = keyof typeof kinds

/** One return by hand: each party in a browser of its own, and what each does by its words on the page. */
test('a return by clicking: filed in Istanbul, planned by IOM, received by the Centre, closed', async () => {
  const desks = new Map<User, Page>()
  for (const user of Object.keys(kinds) as User[])
    desks.set(user, await browsing.desk(user, { scripts: user === 'istanbul' }))
  const on = (user: User): Page => {
    const page = desks.get(user)
    if (!page) throw new Error(`${user} has no browser.`)
    return page
  }

  // The mission looks whether she is known, and writes all there is to tell, topic after topic.
  const mission = on('istanbul')
  await follow(mission, en.places.filing)
  await follow(mission, 'Begin a request')
  await press(mission, 'Begin without a search')
  const result = formEntriesOf(personShape('mission'), sample, personPath(0))
  for (const topic of topics) {
    expect(await heading(mission)).toBe(en.filing.topic[topic])
    await typeInto(mission, result)
    await press(mission, 'Save and continue')
  }
  expect(await heading(mission)).toBe('Request for a return')
  await follow(mission, 'Check and send')
  await fill(mission, { [en.filing.declare]: true })
  await press(mission, 'Send the request')
  expect(await heading(mission)).toBe('The request was sent')
  const [reference = ''] = (await shown(mission)).match(/RET-[0-9A-Z]{4}-[0-9A-Z]{4}/) ?? []
  await browsing.running.settled()

  /** Opens the return as its reader finds it: on "My work", or in the list of all. */
  const find = async (user: User, list: 'My work' | 'Returns') => {
    await follow(on(user), list)
    await follow(on(user), reference)
    expect(await shown(on(user))).toContain(reference)
  }
  /** Does what the page of the return offers; everybody has it before anybody goes on. */
  const does = async (user: User, command: CommandName, content: unknown = {}) => {
    const page = on(user)
    const text = en.codes.command[command]
    if ((await heading(page)) !== en.return.title || !(await page.content()).includes(text))
      await find(user, 'Returns')
    // The next step that asks for nothing is a button.
    if ((await page.getByRole('button', { name: text, exact: true }).count()) > 0) await press(page, text)
    else {
      if ((await page.getByRole('link', { name: text, exact: true, includeHidden: true }).count()) === 0)
        await chooseStep(page)
      await follow(page, text)
      await typeInto(page, withWholeDays(formEntriesOf(formShape(bodyOf(command, kinds[user])), content, [])))
      await press(page, 'Send')
    }
    expect([command, await page.locator('.govuk-error-summary').allInnerTexts()]).toEqual([command, []])
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain(en.codes.done[command])
    await browsing.running.settled()
  }

  await find('iom', 'My work')
  const ret = returnId.parse(new URL(on('iom').url()).pathname.split('/').at(-1))
  await does('iom', 'acknowledge')
  await does('iom', 'accept')

  // A question, and its answer: it stands in the mission's "My work", and no other party reads it.
  const question = 'Does she have somewhere safe to stay until the flight?'
  await does('iom', 'ask', { for: (await browsing.running.desk('istanbul')).party, talk: { text: question } })
  await find('istanbul', 'My work')
  expect(await shown(mission)).toContain('Open questions')
  await follow(mission, 'People')
  await fill(mission, { [en.codes.reason['answer-question']]: true })
  await press(mission, 'Show')
  expect(await shown(mission)).toContain(question)
  await find('istanbul', 'My work')
  await does('istanbul', 'answer', {
    question: 3,
    talk: { text: 'Yes, a shelter, until the end of the month.' },
  })

  await does('istanbul', 'confirm-identity', journey.identityCheck())
  await does('istanbul', 'issue-document', journey.titlu())
  await find('iom', 'Returns')
  await does('iom', 'take')
  // Who confirms the journey has not assessed its risk: a colleague does.
  await (await browsing.running.desk('iom-duty')).command(ret, 'assess-risk', journey.assessment())
  await browsing.running.settled()
  await find('ministry', 'My work')
  await does('ministry', 'approve', journey.ruling())
  await does('ministry', 'fund', journey.funding())

  // A closed gate says whose it is, in words, and what was typed is still there.
  await find('iom', 'Returns')
  await does('iom', 'plan-travel', journey.twoLegs())
  const bookings = formEntriesOf(formShape(bodyOf('confirm-travel', 'iom')), journey.bookings(), [])
  await follow(on('iom'), en.codes.command['confirm-travel'])
  const late = await on('iom').context().newPage()
  await at(late, on('iom').url())
  await typeInto(late, bookings)
  await typeInto(on('iom'), bookings)
  await press(on('iom'), 'Send')
  expect(await on('iom').locator('.govuk-error-summary').innerText()).toContain(
    `${en.codes.gate['place-held']} Responsible: Centre`,
  )
  await find('centre', 'Returns')
  // A place is held where the free beds are seen.
  await at(on('centre'), `/desk/returns/${ret}/do/hold-place`)
  await typeInto(
    on('centre'),
    formEntriesOf(formShape(bodyOf('hold-place', 'centre')), journey.placeUntil(), []),
  )
  await press(on('centre'), en.place.hold)
  expect(await on('centre').locator('.govuk-notification-banner').innerText()).toContain(en.place.done)
  await browsing.running.settled()
  // A place touches nothing of what was typed, so it is sent as it stands.
  await press(on('iom'), 'Send')
  expect(await on('iom').locator('.govuk-notification-banner').innerText()).toContain(
    en.codes.done['confirm-travel'],
  )
  await browsing.running.settled()
  // What touches the same is not done unread: the page that was open all the while says that it was done already.
  await press(late, 'Send')
  expect(await late.locator('.govuk-error-summary').innerText()).toContain(en.act.changedByYou)

  await press(on('iom'), en.codes.command['clear-to-leave'])
  expect(await on('iom').locator('.govuk-error-summary').innerText()).toContain(
    `${en.codes.gate['exit-checked']} Responsible: `,
  )
  await find('istanbul', 'Returns')
  await does('istanbul', 'check-exit', journey.exitChecked())
  await find('iom', 'Returns')
  await does('iom', 'clear-to-leave')
  await browsing.running.settled()

  await does('istanbul', 'depart', journey.departure())
  await find('iom', 'Returns')
  await does('iom', 'arrive', journey.arrival())
  await find('centre', 'Returns')
  await does('centre', 'hand-over', journey.handover())
  await does('centre', 'admit', journey.stay())
  await does('centre', 'close')

  // What each did stands on the timeline, newest first, and the record is what was written.
  await find('istanbul', 'Returns')
  await follow(mission, en.timeline.title)
  const done = await mission.locator('.timeline h3').allInnerTexts()
  expect([done[0], done.at(-1)]).toEqual([en.codes.event.closed, en.codes.event.filed])
  await follow(mission, 'Check the record')
  expect(await shown(mission)).toMatch(/Record unchanged, checked \d\d:\d\d/)
  expect((await (await browsing.running.desk('iom')).see(ret)).phase).toBe('closed')
  await at(mission, '/desk')
  expect(await shown(mission)).toContain('Nothing waits for you')
}, 240_000)
