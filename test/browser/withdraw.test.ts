import { expect } from 'vitest'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { formShape } from '../../functions/desk/form/validate.ts'
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
  expect(await shown(mission)).toContain('Will not read any more: ')
  // Looking stops nothing.
  expect((await (await browsing.running.desk('iom')).see(ret)).membership).toBe('on')
  await follow(mission, 'Go on with the withdrawal')
  // Who was chosen is not asked for again.
  expect(await mission.locator('[name="case.recipient"]').inputValue()).toBe('iom')
  const content = { case: { recipient: 'iom', by: 'self', on: day(0) } }
  await typeInto(mission, formEntriesOf(formShape(bodyOf('withdraw', 'mission')), content, []))
  await press(mission, 'Send')
  expect(await heading(mission)).toBe('The return')
  await browsing.running.settled()

  const iom = await browsing.desk('iom', { scripts: false })
  await at(iom, `/desk/returns/${ret}`)
  expect(await shown(iom)).toContain('The person no longer shares this with your party.')
  await follow(iom, 'Say what you did with what you held')
  await iom.locator('input[value="deleted"]').check()
  await press(iom, 'Send')
  await browsing.running.settled()

  await at(mission, `/desk/returns/${ret}`)
  expect(await shown(mission)).toMatch(/Consent withdrawn\s+IOM: deleted/)
  // Nobody else is asked.
  const centre = await browsing.desk('centre', { scripts: false })
  await at(centre, `/desk/returns/${ret}`)
  expect(await centre.getByRole('link', { name: 'Say what you did with what you held' }).count()).toBe(0)
})
