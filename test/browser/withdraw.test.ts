import { expect } from 'vitest'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { bodyOf } from '../../schemas/commands/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { at, follow, heading, press, shown } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { test } from '../parts/shared-browser.ts'
import { typeInto } from '../parts/typing.ts'
import { day } from '../scenarios/journey.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

test('consent is taken back: the page says what stops, who is left out is asked what it did, and its answer is seen', async () => {
  const ret = await fileOne(await browsing.running.desk('istanbul'))
  await browsing.running.settled()
  const mission = await browsing.desk('istanbul', { scripts: false })
  await at(mission, `/desk/returns/${ret}`)
  await follow(mission, 'Withdraw consent')
  await follow(mission, 'IOM')
  expect(await shown(mission)).toContain('Will no longer be able to read: ')
  // Looking stops nothing.
  expect((await (await browsing.running.desk('iom')).see(ret)).membership).toBe('on')
  await follow(mission, en.withdraw.goOn)
  // Who was chosen is not asked for again.
  expect(await mission.locator('[name="case.recipient"]').inputValue()).toBe('iom')
  const content = { case: { recipient: 'iom', by: 'self', on: day(0) } }
  await typeInto(mission, formEntriesOf(formShape(bodyOf('withdraw', 'mission')), content, []))
  await press(mission, 'Send')
  expect(await heading(mission)).toBe('The return')
  await browsing.running.settled()

  const iom = await browsing.desk('iom', { scripts: false })
  await at(iom, `/desk/returns/${ret}`)
  expect(await shown(iom)).toContain(en.return.ended)
  await follow(iom, en.codes.command['answer-withdrawal'])
  await iom.locator('input[value="deleted"]').check()
  await press(iom, 'Send')
  await browsing.running.settled()

  await at(mission, `/desk/returns/${ret}`)
  expect(await shown(mission)).toMatch(/Consent withdrawn\s+IOM: deleted/)
  // Nobody else is asked.
  const centre = await browsing.desk('centre', { scripts: false })
  await at(centre, `/desk/returns/${ret}`)
  expect(await centre.getByRole('link', { name: en.codes.command['answer-withdrawal'] }).count()).toBe(0)
})
