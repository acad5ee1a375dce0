import { beforeAll, beforeEach, describe, expect } from 'vitest'
import deployment from '../../../cdk.json' with { type: 'json' }
import { chisinau, dayIn, daysAfter } from '../../../functions/domain/calendar/days.ts'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { centre, consent, filingWith, iom, istanbul, partner, sample } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { type MovedStack, test } from '../../parts/shared-stack.ts'
import { classesHeld, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

const { lockDays, missionDays } = deployment.context.rota.limits
let running: RunningStack
let clock: MovedStack['clock']
let mission: Desk
let iomDesk: Desk
let centreDesk: Desk
let guardianship: Desk
test.beforeAll(async ({ moved }) => {
  running = moved
  clock = moved.clock
  ;[mission, iomDesk, centreDesk, guardianship] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
    running.desk('guardianship'),
  ])
})
beforeEach(() => clock.be(0))

/** The clock strikes so many days from now, and everyone gets what it wrote. */
async function strike(days: number): Promise<void> {
  await running.settled()
  clock.be(days)
  await running.stack.tick('watch')
  await running.settled()
}

/** A return that IOM alone can read the protection and care of, and that IOM has then been left out of. */
async function locked(): Promise<{ ret: string; sections: string[] }> {
  const ret = await fileOne(mission, filingWith([[iom, consent]]))
  await iomDesk.command(ret, 'acknowledge')
  await iomDesk.command(ret, 'accept')
  await iomDesk.command(ret, 'assess-risk', bodies['assess-risk'])
  await mission.command(ret, 'withdraw', withdrawalOf(iom))
  return { ret, sections: await sectionsOf(ret, 'protection', 'care') }
}

/** The sections of some classes whose ciphertext is stored, as `cls#sec`. */
async function sectionsOf(ret: string, ...classes: string[]): Promise<string[]> {
  const rows = await running.stored.rows('sealed', ret)
  return rows
    .map(({ section }) => section?.S ?? '')
    .filter((item) => classes.includes(item.split('#')[0] ?? ''))
    .sort()
}

const holdersOf = async (ret: string, sections: readonly string[]) =>
  [
    ...new Set(
      (await storedWraps(running, ret))
        .filter(({ place }) => sections.includes(`${place.cls}#${place.sec}`))
        .map(({ place }) => place.party),
    ),
  ].sort()

/** The day until which what an event locked is kept. */
async function keptUntil(ret: string, type: string): Promise<string> {
  const at = (await mission.events(ret)).events.findLast((event) => event.type === type)?.at ?? ''
  return daysAfter(dayIn(Date.parse(at), chisinau), lockDays)
}

const typesOf = async (ret: string) => (await mission.events(ret)).events.map(({ type }) => type)

describe('a section whose last reader is left out', () => {
  test('is what the withdrawal was said to lock', async () => {
    const ret = await fileOne(mission, filingWith([[iom, consent]]))
    const preview = await mission.previewWithdrawal(ret, iom)
    expect(preview.locked.toSorted()).toEqual(['care', 'protection'])
    const { data } = await mission.command(ret, 'withdraw', withdrawalOf(iom))
    const sections = (await sectionsOf(ret, ...preview.locked)).map((section) => section.split('#')[1])
    expect(data.lock).toMatchObject({ until: await keptUntil(ret, 'withdrawn') })
    expect(new Set((data.lock as { sections: string[] }).sections)).toEqual(new Set(sections))
  })

  test('keeps its ciphertext and one wrap, the custodian’s', async () => {
    const { ret, sections } = await locked()
    expect(sections).toHaveLength(3)
    expect(await holdersOf(ret, sections)).toEqual(['custodian'])
    expect((await mission.see(ret)).locked).toEqual({
      sections: 3,
      until: await keptUntil(ret, 'withdrawn'),
    })
    expect((await mission.open(ret, ['identity', 'contacts'])).sections).toHaveLength(2)
  })

  test.each<[string, () => Desk, typeof iom]>([
    ['the same recipient', () => iomDesk, iom],
    ['another', () => centreDesk, centre],
  ])('opens again to whom the person agrees to: %s', async (_, desk, recipient) => {
    const { ret, sections } = await locked()
    const { data } = await mission.command(ret, 'agree', { case: { recipient, basis: consent } })
    const grants = data.grants as string[]
    expect(sections.every((section) => grants.includes(section.split('#')[1] ?? ''))).toBe(true)
    expect(await holdersOf(ret, sections)).toEqual([recipient, 'custodian'].sort())
    const { sections: read } = await desk().open(ret, ['protection', 'care'])
    expect(read.map(({ content }) => content)).toEqual(
      expect.arrayContaining([sample.protection, sample.care, bodies['assess-risk']?.protection]),
    )
    // The mission wrapped it for somebody else, and cannot read it itself.
    expect(await refusalOf(mission.open(ret, ['care']))).toMatchObject({ code: 'not-readable' })
    expect((await mission.see(ret)).locked).toBeUndefined()
    await strike(lockDays + 2)
    expect(await sectionsOf(ret, 'protection', 'care')).toEqual(sections)
  })

  test('is erased once its day has passed: ciphertext and every wrap; the trail is valid without it', async () => {
    const { ret, sections } = await locked()
    const kept = (await running.stored.rows('sealed', ret)).length
    await strike(lockDays)
    expect(await sectionsOf(ret, 'protection', 'care')).toEqual(sections)
    const before = verifyExport(await mission.export(ret))
    await strike(lockDays + 1)
    expect(await sectionsOf(ret, 'protection', 'care')).toEqual([])
    expect(await holdersOf(ret, sections)).toEqual([])
    expect((await running.stored.rows('sealed', ret)).length).toBe(kept - sections.length)
    const erased = (await mission.events(ret)).events.find(({ type }) => type === 'erased')
    expect(erased).toMatchObject({ by: { party: 'watch' }, to: expect.arrayContaining([istanbul]) })
    expect(new Set(erased?.data.sections as string[])).toEqual(
      new Set(sections.map((section) => section.split('#')[1])),
    )
    const { events } = await mission.events(ret)
    expect(before).toMatchObject({ kind: 'valid' })
    expect(verifyExport(await mission.export(ret))).toMatchObject({ kind: 'valid', tags: events.length })
    expect((await mission.see(ret)).locked).toBeUndefined()
    // Once is enough; and who joins now is told of nothing to come.
    await strike(lockDays + 3)
    expect((await typesOf(ret)).filter((type) => type === 'erased')).toHaveLength(1)
    await mission.command(ret, 'agree', { case: { recipient: centre, basis: consent } })
    expect((await centreDesk.open(ret, ['protection', 'care'])).sections).toEqual([])
  })

  test('is locked too when the last reader was there for a task, and the task ends', async () => {
    const { ret, sections } = await locked()
    const given = await mission.command(ret, 'give-task', {
      partner,
      task: 'place-child',
      case: { recipient: partner, basis: consent },
    })
    expect(await holdersOf(ret, sections)).toEqual(['custodian', partner])
    expect((await mission.see(ret)).locked).toBeUndefined()
    await running.settled()
    expect((await guardianship.open(ret, ['care'])).sections).toHaveLength(1)
    const { data } = await mission.command(ret, 'end-task', { task: given.seq })
    expect(data.lock).toMatchObject({ until: await keptUntil(ret, 'task-ended') })
    expect(await holdersOf(ret, sections)).toEqual(['custodian'])
    await strike(lockDays + 1)
    expect(await sectionsOf(ret, 'protection', 'care')).toEqual([])
  })
})

describe('so many days after the arrival a mission’s time ends', () => {
  let ret = ''
  beforeAll(async () => {
    clock.be(0)
    ret = await fileOne(mission)
    const asked = await iomDesk.command(ret, 'ask', { for: istanbul, talk: { text: 'Which one?' } })
    await mission.command(ret, 'answer', { question: asked.seq, talk: { text: 'That one.' } })
    await mission.command(ret, 'note', bodies.note)
    await iomDesk.command(ret, 'arrive', bodies.arrive)
  })

  test('not before', async () => {
    const before = await wrapIds(running, ret)
    await strike(missionDays)
    expect(await typesOf(ret)).not.toContain('access-ended')
    expect(await wrapIds(running, ret)).toEqual(before)
  })

  test('then it reads nothing but what it said, was told and noted, and others read on', async () => {
    const others = (await wrapIds(running, ret)).filter((wrap) => !wrap.startsWith(`${istanbul}#`))
    await strike(missionDays + 1)
    expect(await classesHeld(running, ret, istanbul)).toEqual(['log', 'note', 'talk'])
    expect((await wrapIds(running, ret)).filter((wrap) => !wrap.startsWith(`${istanbul}#`))).toEqual(others)
    const ended = (await iomDesk.events(ret)).events.find(({ type }) => type === 'access-ended')
    expect(ended).toMatchObject({ by: { party: 'watch' }, data: { party: istanbul } })
    expect((await mission.open(ret, ['identity', 'case', 'contacts', 'safety'])).sections).toEqual([])
    expect((await mission.see(ret)).label).toBeUndefined()
    expect(await lineOf(mission, ret)).toMatchObject({ membership: 'on' })
    expect((await iomDesk.open(ret, ['identity'])).sections).toHaveLength(1)
    expect(verifyExport(await mission.export(ret))).toMatchObject({ kind: 'valid' })
  })

  test('what is written later is not wrapped for it, and it ends once', async () => {
    await centreDesk.command(ret, 'admit', bodies.admit)
    await strike(missionDays + 5)
    expect(await classesHeld(running, ret, istanbul)).toEqual(['log', 'note', 'talk'])
    expect((await typesOf(ret)).filter((type) => type === 'access-ended')).toHaveLength(1)
  })
})
