import { describe, expect } from 'vitest'
import { ownPrefixes } from '../../../schemas/htcds/htcds.ts'
import { htcdsFields } from '../../../schemas/htcds/htcds-fields.ts'
import { consent, filingWith, iom as iomId, legalDuty, ministry as ministryId } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
let iom: Desk
let ministry: Desk
let ret = ''
test.beforeAll(async ({ shared }) => {
  running = shared
  mission = await running.desk('istanbul')
  iom = await running.desk('iom')
  ministry = await running.desk('ministry')
  ret = await fileOne(
    mission,
    filingWith([
      [iomId, consent],
      [ministryId, legalDuty],
    ]),
  )
  await iom.command(ret, 'acknowledge')
  await iom.command(ret, 'accept')
  await iom.command(ret, 'plan-travel', bodies['plan-travel'])
  await running.settled()
})

const lastLook = async () => (await mission.events(ret)).access.at(-1)

describe('a record of HTCDS 2.0', () => {
  test('has the names of the standard, and ours under our prefixes', async () => {
    const record = await iom.htcds(ret)
    expect(record).toMatchObject({ format: 'htcds/2.0', ret, version: 4 })
    expect(record.record).toMatchObject({
      cas_Status: 'Active',
      prs_FirstName: 'Proba',
      prs_SecondName: 'Exemplescu',
      trv_ItineraryArrivesAt: 'RMO',
      ret_NeedsPregnant: expect.any(String),
    })
    const ours = (name: string) => ownPrefixes.some((prefix) => name.startsWith(prefix))
    for (const name of Object.keys(record.record))
      expect([name, ours(name) || name in htcdsFields]).toEqual([name, true])
  })

  test('is made of what its reader opens, and of nothing else', async () => {
    const [ofIom, ofMission, ofMinistry] = await Promise.all(
      [iom, mission, ministry].map((desk) => desk.htcds(ret)),
    )
    expect(ofIom?.classes).toContain('protection')
    // A mission writes protection and care, and cannot read them back.
    expect(ofMission?.classes).toEqual(['case', 'identity', 'contacts', 'safety', 'travel'])
    expect(Object.keys(ofMission?.record ?? {}).filter((name) => name.startsWith('vic_Methods'))).toEqual([])
    expect(ofMinistry?.classes).toEqual(['case'])
    for (const name of ['prs_FirstName', 'prs_IdentityNumber', 'trv_ItineraryLegs', 'ret_SafetyDangers'])
      expect(ofMinistry?.record).not.toHaveProperty(name)
    for (const result of [ofIom, ofMission, ofMinistry])
      expect(JSON.stringify(result?.record)).not.toContain('Made up for a test.')
  })

  test('leaves a look that everyone on the return sees: which classes, by whom and why', async () => {
    await ministry.htcds(ret, 'review')
    expect(await lastLook()).toMatchObject({
      kind: 'export',
      classes: ['case'],
      reason: 'review',
      by: { party: 'ministry' },
    })
    const { classes } = await iom.htcds(ret, 'answer-question')
    expect(await lastLook()).toMatchObject({
      kind: 'export',
      classes,
      reason: 'answer-question',
      by: { party: 'iom' },
    })
  })

  test.each(['', 'curious', 'export'])(
    'is not told for the reason "%s", and leaves no look',
    async (reason) => {
      const before = (await mission.events(ret)).access.length
      expect(await refusalOf(iom.htcds(ret, reason))).toMatchObject({
        code: 'bad-input',
        problem: { fields: ['reason'] },
      })
      expect((await mission.events(ret)).access).toHaveLength(before)
    },
  )
})

describe('who opens nothing of a return gets no record of it', () => {
  test.each(['centre', 'rome', 'guardianship'])('%s is not on it: it does not exist', async (name) => {
    const before = (await mission.events(ret)).access.length
    expect(await refusalOf((await running.desk(name)).htcds(ret))).toMatchObject({ status: 404 })
    expect((await mission.events(ret)).access).toHaveLength(before)
  })

  test.each(['consular', 'oversight'])('%s has no such route', async (name) => {
    expect(await refusalOf((await running.desk(name)).htcds(ret))).toMatchObject({ status: 404 })
  })

  test('nor does who was left out since', async () => {
    await mission.command(ret, 'withdraw', withdrawalOf(iomId))
    expect(await refusalOf(iom.htcds(ret))).toMatchObject({ code: 'basis-ended' })
  })
})

test('a partner has of its task what it opens, and no more', async () => {
  const other = await fileOne(mission)
  const authority = await running.desk('guardianship')
  await iom.command(other, 'give-task', {
    partner: authority.party,
    task: 'monitor-child',
    case: { recipient: authority.party, basis: legalDuty },
  })
  await running.settled()
  const { classes, record } = await authority.htcds(other)
  expect(classes).toEqual(['case', 'identity', 'contacts', 'safety', 'care'])
  expect(record).toMatchObject({ prs_FirstName: 'Proba' })
  for (const name of Object.keys(record))
    expect(name).not.toMatch(/^(vic_Methods|ret_Identification|trv_Itinerary)/)
})
