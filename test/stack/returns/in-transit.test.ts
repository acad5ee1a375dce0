import { beforeAll, describe, expect } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { centre, consent, everyone, filingWith, iom, ngo } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { clientsOf, sessionOf } from '../../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { classesHeld, openedWith, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
let iomDesk: Desk
let centreDesk: Desk
let laStrada: Desk
test.beforeAll(async ({ shared }) => {
  running = shared
  ;[mission, iomDesk, centreDesk, laStrada] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
    running.desk('la-strada'),
  ])
})

const accompanies = { partner: ngo, task: 'accompany', case: { recipient: ngo, basis: consent } }

/** A return on its way; La Strada accompanies her, IOM has planned it. */
async function travelling(): Promise<string> {
  const ret = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent])))
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel'] as const)
    await iomDesk.command(ret, name, bodies[name])
  await mission.command(ret, 'give-task', accompanies)
  await mission.command(ret, 'depart', bodies.depart)
  return ret
}

describe.each<[PartyId, () => Desk]>([
  [iom, () => iomDesk],
  [ngo, () => laStrada],
])('on the way %s, who accompanies her, is left out', (party, desk) => {
  let ret = ''
  const journey = ['log', 'safety', 'travel']
  beforeAll(async () => {
    ret = await travelling()
  })

  test('and goes on reading the journey and what is dangerous on it, and nothing else', async () => {
    const { stillReads } = await mission.previewWithdrawal(ret, party)
    expect(stillReads).toEqual(['safety', 'travel'])
    const { data } = await mission.command(ret, 'withdraw', withdrawalOf(party))
    expect(data).toEqual({ recipient: party, accessRemoved: true, stillReads: ['safety', 'travel'] })
    expect(await classesHeld(running, ret, party)).toEqual(journey)
    expect((await mission.see(ret)).recipients[party]).toBe('accompanying')
    const readable = sectionClassNames.filter((cls) => cls !== 'label' && cls !== 'decision')
    const { sections } = await desk().open(ret, readable)
    expect([...new Set(sections.map(({ cls }) => cls))].sort()).toEqual(['safety', 'travel'])
  })

  test('it reads what is changed on the way, and nothing of what else is written', async () => {
    await mission.command(ret, 'amend', { slot: 'safety', safety: bodies.file?.safety })
    await mission.command(ret, 'amend', { slot: 'needs', care: bodies.file?.care })
    await mission.command(ret, 'contact-lost', bodies['contact-lost'])
    expect(await classesHeld(running, ret, party)).toEqual(journey)
    expect((await desk().open(ret, ['safety'])).sections).toHaveLength(2)
    // It can still tell what happens, and decides nothing.
    expect((await desk().command(ret, 'in-hospital', bodies['in-hospital'])).phase).toBe('travelling')
    for (const name of ['give-task', 'report-task', 'cancel', 'note'] as const)
      if ((await desk().see(ret)).commands.includes(name)) throw new Error(`It may ${name}.`)
  })

  test('until she has arrived: with that its wraps are gone, and its credentials open the log key alone', async () => {
    await centreDesk.command(ret, 'arrive', bodies.arrive)
    expect(await classesHeld(running, ret, party)).toEqual(['log'])
    const { kms } =
      party === iom ? clientsOf(running.stack, 'iom') : await sessionOf(running.stack, 'partner', 'EJ6Z')
    const opened = await openedWith(running, kms, await storedWraps(running, ret))
    expect(opened).toEqual(await wrapIds(running, ret, party))
    expect(await refusalOf(desk().open(ret, ['travel']))).toMatchObject({ status: 403, code: 'basis-ended' })
    expect(await refusalOf(desk().command(ret, 'arrive', bodies.arrive))).toMatchObject({
      code: 'basis-ended',
    })
  })

  test('then it is asked what it did with what it held', async () => {
    await running.settled()
    expect((await mission.see(ret)).recipients[party]).toBe('withdrawn')
    expect((await desk().see(ret)).commands).toEqual(['answer-withdrawal'])
    await desk().command(ret, 'answer-withdrawal', { answer: 'deleted' })
    expect(await wrapIds(running, ret, party)).toEqual([])
    expect((await mission.see(ret)).withdrawals).toMatchObject([{ party, answer: 'deleted' }])
    expect(verifyExport(await mission.export(ret))).toMatchObject({ kind: 'valid' })
  })
})

test('she was left before the end: who accompanied her has no task any more, and can still answer', async () => {
  const ret = await travelling()
  await mission.command(ret, 'withdraw', withdrawalOf(ngo))
  const task = (await mission.see(ret)).tasks.find(({ to }) => to === ngo)?.seq
  await mission.command(ret, 'end-task', { task })
  expect(await classesHeld(running, ret, ngo)).toEqual(['log'])
  await running.settled()
  await laStrada.command(ret, 'answer-withdrawal', { answer: 'deleted' })
  expect(await wrapIds(running, ret, ngo)).toEqual([])
})

test('who does not accompany her keeps nothing on the way', async () => {
  const ret = await travelling()
  const { data } = await mission.command(ret, 'withdraw', withdrawalOf(centre))
  expect(data.stillReads).toEqual([])
  expect(await classesHeld(running, ret, centre)).toEqual(['log'])
})

test('before she has left, who was to accompany her keeps nothing', async () => {
  const ret = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent])))
  await mission.command(ret, 'give-task', accompanies)
  for (const party of [iom, ngo]) {
    expect((await mission.previewWithdrawal(ret, party)).stillReads).toEqual([])
    await mission.command(ret, 'withdraw', withdrawalOf(party))
    expect(await classesHeld(running, ret, party)).toEqual(['log'])
  }
  expect((await mission.see(ret)).tasks).toEqual([])
})
