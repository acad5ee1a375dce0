import { beforeAll, describe, expect } from 'vitest'
import type { CommandName } from '../../../schemas/commands/commands.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  everyone,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
} from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { clientsOf, type FunctionClients, sessionOf } from '../../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { classesHeld, openedWith, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
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

const byConsent = everyone.map(([holder]) => [holder, consent] as const)

/** A planned return with sections of every class that its parties share. */
async function planned(grounds: Parameters<typeof filingWith>[0] = byConsent): Promise<string> {
  const ret = await fileOne(mission, filingWith(grounds))
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel', 'note'] as const)
    await iomDesk.command(ret, name, bodies[name])
  await centreDesk.command(ret, 'hold-place', bodies['hold-place'])
  await centreDesk.command(ret, 'ask', { for: iom, talk: { text: 'When does she land?' } })
  await ministryDesk.command(ret, 'ask', { for: iom, talk: { text: 'Who pays?' } })
  return ret
}

/** What the function of a party could do, had someone taken it over. */
function credentialsOf(party: PartyId): Promise<FunctionClients> | FunctionClients {
  return party === centre ? sessionOf(running.stack, 'centre', 'S0DS') : clientsOf(running.stack, party)
}

describe.each<[PartyId, () => Desk]>([
  [iom, () => iomDesk],
  [centre, () => centreDesk],
  [ministry, () => ministryDesk],
])('%s, with whom a person shares no longer', (party, desk) => {
  let ret = ''
  beforeAll(async () => {
    ret = await planned()
  })

  test('opens with its own credentials what is stored for it, until then, and nothing of others', async () => {
    const { kms } = await credentialsOf(party)
    const own = await wrapIds(running, ret, party)
    expect(own.length).toBeGreaterThan(3)
    expect(await openedWith(running, kms, await storedWraps(running, ret))).toEqual(own)
  })

  test('opens with them the log key alone, from then on', async () => {
    const before = await storedWraps(running, ret)
    const { data } = await mission.command(ret, 'withdraw', withdrawalOf(party))
    expect(data).toMatchObject({ recipient: party, accessRemoved: true, stillReads: [] })
    expect(await classesHeld(running, ret, party)).toEqual(['log'])
    const { kms } = await credentialsOf(party)
    const opened = await openedWith(running, kms, await storedWraps(running, ret))
    expect(opened).toEqual(await wrapIds(running, ret, party))
    expect(opened).toHaveLength(1)
    // KMS knows of no withdrawal: had its function copied wraps out before, they would open. Hence it is asked.
    const aside = before.filter(({ place }) => place.party === party)
    expect(await openedWith(running, kms, aside)).toHaveLength(aside.length)
    expect(await openedWith(running, kms, before)).toHaveLength(aside.length)
  })

  test('is waited for until it answers, and its answer takes the log key', async () => {
    await running.settled()
    expect((await mission.see(ret)).withdrawals).toMatchObject([{ party }])
    expect((await mission.see(ret)).items.map((wait) => wait.party)).toContain(party)
    const bare = desk().command(ret, 'answer-withdrawal', { answer: 'kept' })
    expect(await refusalOf(bare)).toMatchObject({ code: 'bad-input', problem: { fields: ['talk'] } })
    const sending = { idempotencyKey: `the-answer-of-${party}` }
    const body = { answer: 'kept', talk: { act: 'HG 948/2008', article: '12' } }
    const first = await desk().command(ret, 'answer-withdrawal', body, sending)
    expect(first.data).toEqual({ answer: 'kept' })
    expect(await wrapIds(running, ret, party)).toEqual([])
    expect(await desk().command(ret, 'answer-withdrawal', body, sending)).toEqual(first)
    expect(await refusalOf(desk().command(ret, 'answer-withdrawal', body))).toMatchObject({
      code: 'nothing-to-do',
    })
    const seen = await mission.see(ret)
    expect(seen.withdrawals).toMatchObject([{ party, answer: 'kept' }])
    expect(seen.items.map((wait) => wait.party)).not.toContain(party)
    // Which act it names is for who recorded the withdrawal.
    const { sections } = await mission.open(ret, ['talk'])
    expect(sections.map(({ content }) => content)).toContainEqual({ act: 'HG 948/2008', article: '12' })
    expect((await desk().see(ret)).membership).toBe('ended')
  })
})

test('a duty by law is not cut, and the answer says so: nothing is taken away', async () => {
  const ret = await planned(everyone)
  await ministryDesk.command(ret, 'approve', bodies.approve)
  const before = await wrapIds(running, ret)
  expect(await mission.previewWithdrawal(ret, ministry)).toMatchObject({
    accessRemoved: false,
    locked: [],
    steps: [],
  })
  const answer = await mission.command(ret, 'withdraw', withdrawalOf(ministry))
  expect(answer.data).toEqual({ recipient: ministry, accessRemoved: false, stillReads: [] })
  const after = await wrapIds(running, ret)
  expect(after).toEqual(expect.arrayContaining(before))
  // The ministry also reads what was recorded now: it stays on the return.
  const fresh = after.filter((wrap) => !before.includes(wrap)).map((wrap) => wrap.split('#')[0])
  expect(fresh).toContain(ministry)
  const seen = await ministryDesk.see(ret)
  expect([seen.membership, seen.withdrawals]).toEqual(['on', []])
  expect((await ministryDesk.open(ret, ['decision'])).sections.length).toBeGreaterThan(0)
})

test.each<[HolderId, () => Desk]>([
  [iom, () => mission],
  [centre, () => iomDesk],
  [ministry, () => centreDesk],
  ['figures', () => mission],
])('what is told that a withdrawal from %s would stop is what it stops', async (holder, author) => {
  const ret = await planned()
  const preview = await author().previewWithdrawal(ret, holder)
  const before = { seen: await mission.see(ret), held: await classesHeld(running, ret, holder) }
  const { data } = await author().command(ret, 'withdraw', withdrawalOf(holder))
  const held = await classesHeld(running, ret, holder)
  const gone = before.held.filter((cls) => !held.includes(cls) && cls !== 'note' && cls !== 'talk')
  expect(gone).toEqual(preview.classes.filter((cls) => !preview.stillReads.includes(cls)).sort())
  expect([data.accessRemoved, data.stillReads]).toEqual([preview.accessRemoved, preview.stillReads])
  const seen = await mission.see(ret)
  expect(preview.arranges).toBe(before.seen.arranger === holder)
  expect(seen.arranger).toBe(preview.arranges ? istanbul : before.seen.arranger)
  expect(seen.placeHeld).toBe(before.seen.placeHeld && !preview.holdsPlace)
  expect(before.seen.questions.length - seen.questions.length).toBe(preview.questions)
  expect(preview.locked).toEqual([])
  expect(seen.locked).toBeUndefined()
})

describe('asking what would stop', () => {
  test('changes nothing, and is refused as the withdrawal would be', async () => {
    const ret = await planned()
    await running.settled()
    const before = running.stored.contents()
    await mission.previewWithdrawal(ret, iom)
    expect(running.stored.contents()).toEqual(before)
    const path = `/v1/mission/returns/${ret}/withdrawal-preview`
    expect(await refusalOf(mission.call('GET', path))).toMatchObject({ code: 'bad-input' })
    expect(await refusalOf(mission.previewWithdrawal(ret, 'nobody'))).toMatchObject({ code: 'bad-input' })
    for (const recipient of [istanbul, 'consular'])
      expect(await refusalOf(mission.previewWithdrawal(ret, recipient))).toMatchObject({
        code: 'unknown-target',
      })
    await mission.command(ret, 'withdraw', withdrawalOf(iom))
    expect(await refusalOf(mission.previewWithdrawal(ret, iom))).toMatchObject({ code: 'nothing-to-do' })
    expect(await refusalOf(iomDesk.previewWithdrawal(ret, centre))).toMatchObject({ code: 'basis-ended' })
  })
})

describe.each<[CommandName, object, object]>([
  ['withdraw', withdrawalOf(centre), withdrawalOf(ministry)],
  [
    'give-task',
    { ...bodies['give-task'], talk: { text: 'Is her mother able?' } },
    { ...bodies['give-task'], task: 'place-child' },
  ],
])('%s, sent again', (name, body, other) => {
  test('with its own key is answered as it was, with what it did, and does nothing more', async () => {
    const ret = await planned()
    const sending = { idempotencyKey: `once-and-no-more-${name}` }
    const first = await mission.command(ret, name, body, sending)
    expect(Object.keys(first.data)).toEqual(
      expect.arrayContaining(['accessRemoved' in first.data ? 'stillReads' : 'grants']),
    )
    const before = await wrapIds(running, ret)
    expect(await mission.command(ret, name, body, sending)).toEqual(first)
    expect(await refusalOf(mission.command(ret, name, other, sending))).toMatchObject({ code: 'key-reused' })
    expect(await wrapIds(running, ret)).toEqual(before)
    expect((await mission.see(ret)).version).toBe(first.version)
  })

  test('for a version that has passed is done, where nothing that happened since touches the same', async () => {
    const ret = await planned()
    const { version } = await mission.see(ret)
    await centreDesk.command(ret, 'take')
    const before = await wrapIds(running, ret)
    const early = await refusalOf(mission.command(ret, name, body, { ifMatch: version + 2 }))
    expect(early).toMatchObject({ status: 412, code: 'version-stale', problem: { version: version + 1 } })
    expect(await wrapIds(running, ret)).toEqual(before)
    expect((await mission.command(ret, name, body, { ifMatch: version })).version).toBe(version + 2)
  })
})

test('a ground that came later is taken back as one that was filed', async () => {
  const ret = await planned(everyone.filter(([holder]) => holder !== 'figures'))
  await centreDesk.command(ret, 'agree', { case: { recipient: 'figures', basis: consent } })
  expect(await classesHeld(running, ret, 'figures')).toEqual(['case'])
  await mission.command(ret, 'withdraw', withdrawalOf('figures'))
  expect(await wrapIds(running, ret, 'figures')).toEqual([])
  // Nobody asks the figures; and what is agreed on another ground is a duty again.
  expect((await mission.see(ret)).withdrawals).toEqual([])
  await mission.command(ret, 'agree', { case: { recipient: 'figures', basis: legalDuty } })
  expect(await mission.previewWithdrawal(ret, 'figures')).toMatchObject({
    accessRemoved: false,
    classes: ['case'],
  })
})
