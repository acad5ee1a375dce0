import { expect } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { exportAnswer } from '../../../schemas/api/answers.ts'
import { centre, consent, filingWith, iom, legalDuty, ministry, sample } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { bodies } from '../../parts/todays-bodies.ts'

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

const protection = { kind: 'child-protection', on: '2026-11-20' } as const
const exportFor = async (desk: Desk, ret: string, whom: string) =>
  exportAnswer.parse(await desk.call('GET', `/v1/${desk.kind}/returns/${ret}/export?for=${whom}`))
const filed = (safety: object) =>
  fileOne(mission, {
    ...filingWith([
      [iom, protection],
      [centre, protection],
      [ministry, legalDuty],
    ]),
    safety: { ...sample.safety, ...safety },
  })

test('an export for the guardian is refused by everyone who knows of the suspicion, and leaves no record', async () => {
  const ret = await filed({ guardianSuspected: true })
  for (const desk of [mission, iomDesk, centreDesk]) {
    const refused = await refusalOf(exportFor(desk, ret, 'guardian'))
    expect([desk.kind, refused.code]).toEqual([desk.kind, 'guardian-suspected'])
  }
  expect((await mission.events(ret)).access).toEqual([])
})

test('who cannot know whether there is one hands out nothing', async () => {
  const ret = await filed({})
  expect(await refusalOf(exportFor(ministryDesk, ret, 'guardian'))).toMatchObject({
    status: 403,
    code: 'not-readable',
  })
})

test('the person and the own party get theirs, and the record says for whom', async () => {
  const ret = await filed({ guardianSuspected: true })
  for (const whom of ['person', 'party'])
    expect(verifyExport(await exportFor(mission, ret, whom))).toMatchObject({ kind: 'valid' })
  const reasons = (await mission.events(ret)).access.map(({ kind, reason }) => [kind, reason])
  expect(reasons).toEqual([
    ['export', 'for-the-person'],
    ['export', 'export'],
  ])
  expect(await refusalOf(exportFor(mission, ret, 'a-friend'))).toMatchObject({ code: 'bad-input' })
})

test('a guardian who is under no suspicion gets it, until somebody says so', async () => {
  const ret = await filed({})
  expect(verifyExport(await exportFor(mission, ret, 'guardian'))).toMatchObject({ kind: 'valid' })
  await iomDesk.command(ret, 'amend', {
    slot: 'safety',
    safety: { ...sample.safety, guardianSuspected: true },
  })
  for (const desk of [mission, iomDesk, centreDesk])
    expect(await refusalOf(exportFor(desk, ret, 'guardian'))).toMatchObject({ code: 'guardian-suspected' })
  // Nor does that guardian's word let anybody in.
  const byGuardian = { recipient: 'figures', basis: { ...consent, by: 'guardian' } }
  expect(await refusalOf(mission.command(ret, 'agree', { case: byGuardian }))).toMatchObject({
    code: 'guardian-suspected',
  })
  expect((await mission.command(ret, 'ask', { for: iom, talk: bodies.ask?.talk })).phase).toBe('filed')
})
