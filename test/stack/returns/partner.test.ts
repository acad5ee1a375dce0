import { beforeAll, describe, expect } from 'vitest'
import { type CommandName, commandsOf } from '../../../schemas/commands/commands.ts'
import { taskShape } from '../../../schemas/procedure/tasks.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { centre, consent, iom, istanbul, legalDuty, ministry, partner, sample } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { sessionOf } from '../../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { classesHeld, openedWith, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies } from '../../parts/todays-bodies.ts'

const sends: string[] = []
let running: RunningStack
let mission: Desk
let iomDesk: Desk
let centreDesk: Desk
let guardianship: Desk
let registry: Desk
test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall(({ operation, body }) => {
    if (operation === 'SendMessage') sends.push(JSON.stringify(body))
    return undefined
  })
  ;[mission, iomDesk, centreDesk, guardianship, registry] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
    running.desk('guardianship'),
    running.desk('registry'),
  ])
})

/** A planned return on which the guardianship authority was asked to assess the family. */
async function asked(): Promise<{ ret: string; task: number }> {
  const ret = await fileOne(mission)
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel'] as const)
    await iomDesk.command(ret, name, bodies[name])
  const { seq } = await mission.command(ret, 'give-task', {
    ...bodies['give-task'],
    talk: { text: 'Is her mother able?' },
  })
  await running.settled()
  return { ret, task: seq }
}

const needed = [...taskShape('assess-family').classes]

describe('a partner that was given a task', () => {
  let ret = ''
  let task = 0
  beforeAll(async () => {
    ;({ ret, task } = await asked())
  })

  test('opens what the task needs and what it was asked, and nothing else, whatever its credentials try', async () => {
    const heard: string[] = []
    for (const cls of sectionClassNames) {
      if (cls === 'label' || cls === 'decision') {
        expect(await refusalOf(guardianship.open(ret, [cls]))).toMatchObject({ code: 'not-readable' })
        continue
      }
      const { sections } = await guardianship.open(ret, [cls])
      if (sections.length > 0) heard.push(cls)
      if (cls === 'contacts') expect(sections.map(({ content }) => content)).toEqual([sample.contacts])
    }
    expect(heard.sort()).toEqual([...needed, 'talk'].sort())
    expect(await classesHeld(running, ret, partner)).toEqual([...needed, 'log', 'talk'].sort())
    const { kms } = await sessionOf(running.stack, 'partner', 'VQ1Z')
    expect(await openedWith(running, kms, await storedWraps(running, ret))).toEqual(
      await wrapIds(running, ret, partner),
    )
  })

  test('has it on its list without a label, and is shown its own task alone', async () => {
    await iomDesk.command(ret, 'give-task', {
      partner: registry.party,
      task: 'confirm-citizenship',
      case: { recipient: registry.party, basis: legalDuty },
    })
    await running.settled()
    const line = await lineOf(guardianship, ret)
    expect(line).toMatchObject({ ret, membership: 'on' })
    expect(line).not.toHaveProperty('label')
    expect(line?.items.map(({ party }) => party)).toEqual([partner])
    const seen = await guardianship.see(ret)
    expect(seen.tasks).toEqual([
      { seq: task, task: 'assess-family', to: partner, by: istanbul, until: bodies['give-task'].until },
    ])
    expect(seen.recipients).toEqual({ [partner]: 'consent' })
    expect(JSON.stringify(seen)).not.toContain(registry.party)
    // Who gave them sees both.
    expect((await mission.see(ret)).tasks.map(({ to }) => to)).toEqual([partner, registry.party])
  })

  test('is told of what concerns it alone: on its queue, on its timeline and in its delivery', async () => {
    await (await running.desk('iom-duty')).command(ret, 'fund', bodies.fund)
    await iomDesk.command(ret, 'ask', { for: centre, talk: { text: 'Between us.' } })
    await centreDesk.command(ret, 'ask', { for: partner, talk: { text: 'When do you visit?' } })
    await mission.command(ret, 'amend', { slot: 'safety', safety: sample.safety })
    await running.settled()
    const { events, deliveries, access } = await guardianship.events(ret)
    // This task reads the case, and so the ground on which another was asked to do something.
    expect(events.map(({ type }) => type)).toEqual(['task-given', 'task-given', 'asked', 'amended'])
    expect(deliveries.map(({ party }) => party)).toEqual([partner])
    expect(new Set(access.map(({ by }) => by.party))).toEqual(new Set([partner]))
    const matching = sends.filter((sent) => sent.includes(ret) && sent.includes(`recipient\\":\\"${partner}`))
    const types = matching.map((sent) => /md\.acasa\.return\.([a-z-]+)\.v1/.exec(sent)?.[1])
    // A party that was told by one message of what comes after it is sent no other.
    expect(types).toContain('task-given')
    for (const type of types) expect(['task-given', 'asked', 'amended']).toContain(type)
    expect((await guardianship.see(ret)).questions).toMatchObject([{ by: centre, for: partner }])
  })

  test('gives the commands of its task and no other', async () => {
    const { commands } = await guardianship.see(ret)
    expect(commands.toSorted()).toEqual(['answer', 'ask', 'decline-task', 'note', 'report-task'])
    const others = commandsOf('partner').filter(
      (name) => !commands.includes(name) && name !== 'answer-withdrawal',
    )
    expect(others.length).toBeGreaterThan(8)
    for (const name of others)
      expect([name, (await refusalOf(guardianship.command(ret, name, bodies[name]))).code]).toEqual([
        name,
        'not-yours',
      ])
    const another = { ...bodies['report-task'], task: task + 1 }
    expect(await refusalOf(guardianship.command(ret, 'report-task', another))).toMatchObject({
      code: 'unknown-target',
    })
    const get = (path: string) => refusalOf(guardianship.call('GET', `/v1/partner/returns/${ret}/${path}`))
    expect(await get('export')).toMatchObject({ status: 404 })
    // Whoever does not withdraw for her is not told what others do.
    expect(await get('withdrawal-preview?recipient=iom')).toMatchObject({ status: 403, code: 'not-yours' })
  })

  test('its report is read by who reads its class, and with it all is taken away, the log key too', async () => {
    await guardianship.command(ret, 'note', bodies.note)
    const { protection } = { protection: {}, ...bodies['report-task'] }
    await guardianship.command(ret, 'report-task', { task, protection })
    expect(await wrapIds(running, ret, partner)).toEqual([])
    for (const desk of [iomDesk, centreDesk]) {
      const { sections } = await desk.open(ret, ['protection'])
      expect(sections.map(({ slot, by, content }) => [slot, by, content])).toContainEqual([
        'report',
        partner,
        protection,
      ])
    }
    await running.settled()
    const seen = await guardianship.see(ret)
    expect([seen.membership, seen.commands, seen.tasks]).toEqual(['ended', [], []])
    expect(await refusalOf(guardianship.open(ret, ['identity']))).toMatchObject({ code: 'basis-ended' })
    expect(await refusalOf(guardianship.command(ret, 'ask', bodies.ask))).toMatchObject({
      code: 'basis-ended',
    })
    const { kms } = await sessionOf(running.stack, 'partner', 'VQ1Z')
    expect(await openedWith(running, kms, await storedWraps(running, ret))).toEqual([])
  })

  test('what happens after that is not for it', async () => {
    const { events } = await guardianship.events(ret)
    await mission.command(ret, 'amend', { slot: 'family', contacts: sample.contacts })
    await iomDesk.command(ret, 'arrive', bodies.arrive)
    await running.settled()
    expect((await guardianship.events(ret)).events).toEqual(events)
    expect(await wrapIds(running, ret, partner)).toEqual([])
  })
})

test.each<[CommandName, () => Desk, object]>([
  ['decline-task', () => guardianship, { talk: { text: 'Not our district.' } }],
  ['end-task', () => mission, {}],
])('%s takes all away from it, the log key too', async (name, by, body) => {
  const { ret, task } = await asked()
  await by().command(ret, name, { ...body, task })
  expect(await wrapIds(running, ret, partner)).toEqual([])
  await running.settled()
  expect((await guardianship.see(ret)).membership).toBe('ended')
  expect((await mission.see(ret)).withdrawals).toEqual([])
})

test('a partner of another kind, a stranger and the post itself are given no such task', async () => {
  const ret = await fileOne(mission)
  const give = (to: string, task: string) =>
    mission.command(ret, 'give-task', { partner: to, task, case: { recipient: to, basis: consent } })
  for (const [to, task, field] of [
    [registry.party, 'assess-family', 'task'],
    [partner, 'take-over', 'task'],
    ['partner:0000', 'assess-family', 'partner'],
    [istanbul, 'help-in-transit', 'partner'],
    [iom, 'accompany', 'partner'],
    [ministry, 'accompany', 'partner'],
  ] as const)
    expect([to, await refusalOf(give(to, task))]).toMatchObject([
      to,
      { code: 'unknown-target', problem: { fields: [field] } },
    ])
  const without = { partner, task: 'assess-family', case: { recipient: centre, basis: consent } }
  expect(await refusalOf(mission.command(ret, 'give-task', without))).toMatchObject({ code: 'bad-input' })
  expect(await wrapIds(running, ret, partner)).toEqual([])
})

test('who was never given a task is answered as for an unknown return', async () => {
  const ret = await fileOne(mission)
  for (const act of [
    () => guardianship.see(ret),
    () => guardianship.events(ret),
    () => guardianship.open(ret, ['identity']),
    () => guardianship.command(ret, 'ask', bodies.ask),
    () => guardianship.command(ret, 'answer-withdrawal', { answer: 'deleted' }),
  ])
    expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'not-found' })
})
