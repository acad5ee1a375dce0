import { expect } from 'vitest'
import type { LegalBasis } from '../../../schemas/values/basis.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
  sample,
} from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { classesHeld, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
let iomDesk: Desk
let centreDesk: Desk
let ministryDesk: Desk
test.beforeAll(async ({ shared }) => {
  running = shared
  ;[mission, iomDesk, centreDesk, ministryDesk] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
    running.desk('ministry'),
  ])
})

const filedFor = (...grounds: [HolderId, LegalBasis][]) => fileOne(mission, filingWith(grounds))
const agree = (desk: Desk, ret: string, recipient: HolderId) =>
  desk.command(ret, 'agree', { case: { recipient, basis: consent } })
const share = (desk: Desk, ret: string, recipient: HolderId) => desk.command(ret, 'share', { recipient })
const waitsFor = async (ret: string) => (await mission.see(ret)).items.map(({ party }) => party)

test('who agrees to somebody wraps what it can read; who can read the rest is waited for, and shares it', async () => {
  const ret = await filedFor([centre, consent])
  const others = (await wrapIds(running, ret)).length
  await agree(mission, ret, iom)
  expect(await classesHeld(running, ret, iom)).toEqual(
    ['case', 'contacts', 'identity', 'label', 'log', 'safety'].sort(),
  )
  expect((await iomDesk.open(ret, ['protection', 'care'])).sections).toEqual([])
  expect(await waitsFor(ret)).toContain(centre)

  // The mission cannot: it reads neither.
  const before = await running.stored.rows('keys', ret)
  expect(await refusalOf(share(mission, ret, iom))).toMatchObject({ status: 403, code: 'not-readable' })
  expect(await running.stored.rows('keys', ret)).toEqual(before)

  const { data } = await share(centreDesk, ret, iom)
  const granted = (await storedWraps(running, ret, iom)).filter(({ place }) =>
    (data.grants as string[]).includes(place.sec),
  )
  expect(granted.map(({ place }) => place.cls).sort()).toEqual(['care', 'protection'])
  const { sections } = await iomDesk.open(ret, ['protection', 'care'])
  expect(sections.map(({ content }) => content)).toEqual(
    expect.arrayContaining([sample.protection, sample.care]),
  )
  expect(await refusalOf(share(centreDesk, ret, iom))).toMatchObject({ code: 'nothing-to-do' })
  // Nobody but the recipient gained a wrap, but for the section that the agreement itself wrote.
  const ground = (await mission.events(ret)).events[1]?.sections[0]?.sec ?? ''
  const gained = (await wrapIds(running, ret)).filter((wrap) => !wrap.startsWith(`${iom}#`))
  expect(gained.filter((wrap) => !wrap.endsWith(ground))).toHaveLength(others)
})

test('the ministry completes what IOM is owed of the decision', async () => {
  const ret = await filedFor([centre, consent], [ministry, legalDuty])
  await ministryDesk.command(ret, 'approve', bodies.approve)
  await agree(centreDesk, ret, iom)
  expect((await iomDesk.open(ret, ['decision'])).sections).toEqual([])
  await share(ministryDesk, ret, iom)
  expect((await iomDesk.open(ret, ['decision'])).sections).toHaveLength(1)
  expect(await classesHeld(running, ret, iom)).toContain('care')
})

test('who is chosen to arrange the journey gets it from who can read it, and loses it to the next', async () => {
  const ret = await filedFor([iom, consent], [ministry, legalDuty])
  for (const name of ['acknowledge', 'accept', 'plan-travel'] as const)
    await iomDesk.command(ret, name, bodies[name])
  expect((await ministryDesk.open(ret, ['travel', 'safety'])).sections).toEqual([])
  await mission.command(ret, 'choose-arranger', { arranger: ministry })
  expect(await waitsFor(ret)).toContain(istanbul)
  await share(mission, ret, ministry)
  await iomDesk.command(ret, 'amend', { slot: 'safety', safety: sample.safety })
  const { sections } = await ministryDesk.open(ret, ['travel', 'safety'])
  expect(sections.map(({ slot }) => slot).sort()).toEqual(['itinerary', 'safety', 'safety'])
  await mission.command(ret, 'choose-arranger', { arranger: iom })
  expect(await classesHeld(running, ret, ministry)).toEqual(['case', 'log'])
  expect((await ministryDesk.open(ret, ['travel', 'safety'])).sections).toEqual([])
})

test('what the last reader takes along before it has shared is locked, and shared from what the custodian keeps', async () => {
  const ret = await filedFor([centre, consent])
  await agree(mission, ret, iom)
  expect((await mission.previewWithdrawal(ret, centre)).locked.toSorted()).toEqual(['care', 'protection'])
  const { data } = await mission.command(ret, 'withdraw', withdrawalOf(centre))
  expect(data.lock).toMatchObject({ sections: expect.arrayContaining([expect.any(String)]) })
  expect((await iomDesk.open(ret, ['protection', 'care'])).sections).toEqual([])
  // Nobody reads it any more: the mission, which cannot either, gives IOM what it may read.
  expect(await waitsFor(ret)).toContain(istanbul)
  await share(mission, ret, iom)
  expect((await iomDesk.open(ret, ['protection', 'care'])).sections).toHaveLength(2)
  expect((await mission.see(ret)).locked).toBeUndefined()
  expect(await classesHeld(running, ret, istanbul)).not.toContain('care')
})

test('who is not owed anything is shared nothing, and who is left out neither shares nor gets', async () => {
  const ret = await filedFor([centre, consent])
  for (const recipient of [iom, centre, 'figures'] as const)
    expect(await refusalOf(share(mission, ret, recipient))).toMatchObject({ code: 'nothing-to-do' })
  await agree(mission, ret, iom)
  await mission.command(ret, 'withdraw', withdrawalOf(iom))
  expect(await refusalOf(share(centreDesk, ret, iom))).toMatchObject({ code: 'nothing-to-do' })
  expect(await refusalOf(share(iomDesk, ret, centre))).toMatchObject({ code: 'basis-ended' })
  expect(await classesHeld(running, ret, iom)).toEqual(['log'])
})
