import { expect } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { rewrap } from '../../../functions/vault/wraps.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { legalDuty } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { outcomeOf, sessionOf } from '../../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { classesHeld, keyArnIn, openedWith, storedWraps, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies } from '../../parts/todays-bodies.ts'

let running: RunningStack
let rome: Desk
let madrid: Desk
let iom: Desk
let consular: Desk
let before: PartyId
let after: PartyId
let ret = ''
test.beforeAll(async ({ shared }) => {
  running = shared
  ;[rome, madrid, iom, consular] = await Promise.all([
    running.desk('rome'),
    running.desk('madrid'),
    running.desk('iom'),
    running.desk('consular'),
  ])
  ;[before, after] = [partyId.parse(rome.party), partyId.parse(madrid.party)]
  ret = await fileOne(rome)
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel'] as const)
    await iom.command(ret, name, bodies[name])
  await rome.command(ret, 'note', bodies.note)
  await running.settled()
})

const offer = (desk: Desk, to: PartyId) =>
  desk.command(ret, 'hand-over-case', { to, case: { recipient: to, basis: legalDuty } })

/** The wraps of sections that both posts read, without whose they are. */
const ofCase = async (post: PartyId) =>
  (await wrapIds(running, ret, post))
    .map((wrap) => wrap.slice(post.length + 1))
    .filter((wrap) => !/^(note|talk|log)#/.test(wrap))

test('nobody but the post that has the case gives it away, unless the consular department has said so', async () => {
  expect(await refusalOf(offer(iom, after))).toMatchObject({ code: 'not-yours' })
  expect(await refusalOf(offer(rome, before))).toMatchObject({ code: 'unknown-target' })
  expect(await refusalOf(madrid.command(ret, 'accept-case'))).toMatchObject({ code: 'not-found' })
  await consular.command(ret, 'move-case', { to: after })
  expect((await rome.see(ret)).moveTo).toBe(after)
  expect((await rome.see(ret)).items.map(({ party }) => party)).toContain(before)
  // Who ordered it reads nothing of it.
  expect(await classesHeld(running, ret, partyId.parse('consular'))).toEqual(['log'])
})

test('offered, the other post reads the case as the one that has it, which answers for it still', async () => {
  const { data } = await offer(rome, after)
  expect((data.grants as string[]).length).toBeGreaterThan(5)
  await running.settled()
  const held = await ofCase(after)
  expect(held).toEqual(await ofCase(before))
  expect(new Set(held.map((wrap) => wrap.split('#')[0]))).toEqual(
    new Set(['label', 'case', 'identity', 'contacts', 'safety', 'travel', 'decision']),
  )
  expect((await madrid.see(ret)).label).toMatchObject({ initials: 'P. E.' })
  expect((await madrid.see(ret)).responsible).toBe(before)
  const early = madrid.command(ret, 'confirm-identity', bodies['confirm-identity'])
  expect(await refusalOf(early)).toMatchObject({ code: 'not-yours' })
  expect((await rome.command(ret, 'confirm-identity', bodies['confirm-identity'])).phase).toBe('planned')
})

test('accepted, the old post holds the log key and nothing else, whatever its credentials try', async () => {
  const aside = await storedWraps(running, ret)
  const shared = await ofCase(before)
  await madrid.command(ret, 'accept-case')
  await running.settled()
  expect(await classesHeld(running, ret, before)).toEqual(['log'])
  expect(await ofCase(after)).toEqual(shared)

  const old = await sessionOf(running.stack, 'mission', '19B6')
  const now = await storedWraps(running, ret)
  expect(await openedWith(running, old.kms, now)).toEqual(await wrapIds(running, ret, before))
  // It cannot let itself in again, neither from the new post's wraps nor from what the custodian keeps.
  const others = now.filter(({ place }) => place.party === after || place.party === 'custodian')
  expect(others.length).toBeGreaterThan(10)
  for (const { row, place } of others) {
    const outcome = await outcomeOf(rewrap(old.kms, keyArnIn(running), row, place, before))
    expect([row.wrap, outcome]).toEqual([row.wrap, 'AccessDeniedException'])
  }
  // What its function had copied out would open; its answer says what it did with that.
  const kept = aside.filter(({ place }) => place.party === before)
  expect(await openedWith(running, old.kms, kept)).toHaveLength(kept.length)
})

test('the new post answers for the return from then on, under its own code and that of who filed it', async () => {
  const seen = await madrid.see(ret)
  expect([seen.responsible, seen.moveTo, seen.tasks]).toEqual([after, undefined, []])
  await madrid.command(ret, 'issue-document', bodies['issue-document'])
  await madrid.command(ret, 'amend', { slot: 'family', contacts: bodies.file?.contacts })
  expect(await classesHeld(running, ret, before)).toEqual(['log'])
  const { kms } = await sessionOf(running.stack, 'mission', '6HKJ', { code: '6HKJ', filer: '19B6' })
  expect(await openedWith(running, kms, await storedWraps(running, ret))).toEqual(
    await wrapIds(running, ret, after),
  )
  expect(verifyExport(await madrid.export(ret))).toMatchObject({ kind: 'valid' })
})

test('the old post is refused whatever it asks, and answers what it did with what it held', async () => {
  const acts = [
    () => rome.open(ret, ['identity']),
    () => rome.command(ret, 'cancel', bodies.cancel),
    () => rome.command(ret, 'withdraw', bodies.withdraw),
    () => offer(rome, partyId.parse('mission:1XGE')),
  ]
  for (const act of acts) expect(await refusalOf(act())).toMatchObject({ status: 403, code: 'basis-ended' })
  expect(await lineOf(rome, ret)).toMatchObject({ membership: 'ended' })
  expect((await rome.events(ret)).events.at(-1)?.type).toBe('case-accepted')
  await rome.command(ret, 'answer-withdrawal', { answer: 'deleted' })
  expect(await wrapIds(running, ret, before)).toEqual([])
  expect((await madrid.see(ret)).withdrawals).toMatchObject([{ party: before, answer: 'deleted' }])
})

test('IOM hands over in the place of a post, where the consular department has said to whom', async () => {
  ret = await fileOne(rome)
  await consular.command(ret, 'move-case', { to: after })
  const istanbul = partyId.parse('mission:1XGE')
  expect(await refusalOf(offer(iom, istanbul))).toMatchObject({ code: 'not-yours' })
  await offer(iom, after)
  await running.settled()
  await madrid.command(ret, 'accept-case')
  expect((await madrid.open(ret, ['identity'])).sections).toHaveLength(1)
  expect(await classesHeld(running, ret, before)).toEqual(['log'])
})
