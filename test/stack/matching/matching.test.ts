import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matchHistory } from '../../../schemas/api/matches.ts'
import { everyone, filingWith, iom, refused } from '../../parts/bodies.ts'
import { refusalOf } from '../../parts/desk.ts'
import {
  compared,
  decideAs,
  type FiveDesks,
  filingOf,
  fiveDesks,
  matchBetween,
  matchesOf,
  matchPage,
} from '../../parts/likenesses.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { bodies } from '../../parts/todays-bodies.ts'

let running: OwnStack
let all: FiveDesks | undefined
// A stack of its own: whoever is filed is compared with all who were.
beforeAll(async () => {
  running = await startRunning()
  all = await fiveDesks(running)
})
afterAll(() => running.stop())

function desks(): FiveDesks {
  if (!all) throw new Error('Nobody has signed in yet.')
  return all
}

const named = (family: string, given: string, year: number) => ({ name: { family, given }, birth: { year } })
const withoutIom = everyone.filter(([holder]) => holder !== iom)

describe('two returns that look alike', () => {
  const who = named('Exemplară', 'Olga', 1991)
  let [first, second] = ['', '']
  beforeAll(async () => {
    const { istanbul: firstPost, rome: other } = desks()
    ;[first, second] = [await fileOne(firstPost, filingOf(who)), await fileOne(other, filingOf(who))]
    await compared(running)
  })

  test('are raised to IOM, which is on both, once', async () => {
    const match = await matchBetween(desks().iom, [first, second])
    expect(match).toMatchObject({ state: 'raised', traits: ['name'], decider: 'iom', version: 1 })
    expect(await matchBetween(desks().consular, [first, second])).toBeUndefined()
  })

  test('are linked by a decision, which neither post sees and which opens nothing', async () => {
    const { istanbul: firstPost, rome: other, iom: decider, consular: onlooker } = desks()
    const match = await matchBetween(decider, [first, second])
    if (!match) throw new Error('It was not raised.')
    const before = running.stored.contents()
    await decideAs(decider, match, 'same')
    const after = running.stored.contents()
    const changed = Object.keys(after).filter((table) => after[table as 'tags'] !== before[table as 'tags'])
    expect(changed).toEqual(expect.arrayContaining(['links', 'matches', 'trail']))
    expect(changed.filter((table) => ['sealed', 'keys', 'tags', 'access'].includes(table))).toEqual([])
    expect((await decider.see(first)).linked).toMatchObject([{ ret: second, link: 'same' }])
    expect((await onlooker.see(second)).linked).toMatchObject([{ ret: first, link: 'same' }])
    expect((await firstPost.see(first)).linked).toEqual([])
    expect((await other.see(second)).linked).toEqual([])
    for (const [desk, ret] of [
      [firstPost, second],
      [other, first],
    ] as const)
      expect((await refusalOf(desk.see(ret))).code).toBe('not-found')
  })

  test('are decided on the version that was read, by who may', async () => {
    const { iom: decider, consular: onlooker } = desks()
    const match = await matchBetween(decider, [first, second], 'decided')
    if (!match) throw new Error('It is not there.')
    expect((await refusalOf(decideAs(decider, { ...match, version: 1 }, 'not-same'))).code).toBe(
      'version-stale',
    )
    expect((await refusalOf(decideAs(decider, match, 'same'))).code).toBe('nothing-to-do')
    expect((await refusalOf(decideAs(onlooker, match, 'unlinked'))).code).toBe('not-found')
  })

  test('are unlinked again, and who linked and unlinked them can be proved', async () => {
    const { iom: decider } = desks()
    const match = await matchBetween(decider, [first, second], 'decided')
    if (!match) throw new Error('It is not there.')
    await decideAs(decider, match, 'unlinked')
    expect((await decider.see(first)).linked).toEqual([])
    const history = matchHistory.parse(await decider.call('GET', `/v1/iom/matches/${match.match}`))
    expect(history.records.map(({ state, by, reason }) => [state, by.party, reason])).toEqual([
      ['raised', 'matching', undefined],
      ['same', 'iom', 'papers-compared'],
      ['unlinked', 'iom', 'mistake'],
    ])
    for (const [index, record] of history.records.entries())
      if (index > 0) expect(record.prev).toBe(history.records[index - 1]?.hash)
  })

  test('that are not one person are not raised again, however they are amended', async () => {
    const { iom: decider, rome: other } = desks()
    const match = await matchBetween(decider, [first, second], 'decided')
    if (!match) throw new Error('It is not there.')
    await decideAs(decider, match, 'not-same', 'asked-the-person')
    const { sections } = await other.open(second, ['identity'])
    const { identity } = filingOf({ ...who, birth: { aged: 35 } })
    await other.command(second, 'amend', { slot: 'person', supersedes: sections[0]?.sec, identity })
    await compared(running)
    expect(await matchBetween(decider, [first, second])).toBeUndefined()
    expect(await matchBetween(decider, [first, second], 'decided')).toMatchObject({ state: 'not-same' })
  })

  test('that are not one person are asked again, once an IDNP agrees', async () => {
    const { iom: decider, istanbul: firstPost, rome: other } = desks()
    const alike = named('Întrebata', 'Iară', 1991)
    const posts = [firstPost, other] as const
    const rets = await Promise.all(posts.map((post) => fileOne(post, filingOf(alike))))
    await compared(running)
    const raised = await matchBetween(decider, rets)
    if (!raised) throw new Error('It was not raised.')
    await decideAs(decider, raised, 'not-same', 'papers-compared')
    for (const [index, post] of posts.entries()) {
      const ret = rets[index] ?? ''
      const { sections } = await post.open(ret, ['identity'])
      const identity = { ...filingOf(alike).identity, idnp: '2009999999991' }
      await post.command(ret, 'amend', { slot: 'person', supersedes: sections[0]?.sec, identity })
    }
    await compared(running)
    const again = await matchBetween(decider, rets)
    expect(again).toMatchObject({ state: 'raised', traits: expect.arrayContaining(['idnp', 'name']) })
    if (!again) return
    // They are linked now; then one IDNP is put right, and the link is asked about while it stands.
    await decideAs(decider, again, 'same', 'in-register')
    const ret = rets[0] ?? ''
    const { sections } = await firstPost.open(ret, ['identity'])
    const supersedes = sections.findLast(({ slot }) => slot === 'person')?.sec
    const identity = { ...filingOf(alike).identity, idnp: '2000000000004' }
    await firstPost.command(ret, 'amend', { slot: 'person', supersedes, identity })
    await compared(running)
    expect(await matchBetween(decider, rets)).toMatchObject({
      state: 'raised',
      link: 'same',
      differs: ['idnp'],
    })
    expect((await decider.see(ret)).linked).toMatchObject([{ ret: rets[1] }])
  })

  test('of which IOM is on one alone are the consular department’s', async () => {
    const { istanbul: firstPost, rome: other, iom: decider, consular: department } = desks()
    const quiet = named('Tăcuta', 'Vera', 1990)
    const rets = [
      await fileOne(firstPost, filingOf(quiet)),
      await fileOne(other, filingOf(quiet, filingWith([[iom, refused], ...withoutIom]))),
    ]
    await compared(running)
    expect(await matchBetween(decider, rets)).toBeUndefined()
    const match = await matchBetween(department, rets)
    expect(match).toMatchObject({ decider: 'consular', state: 'raised' })
    if (!match) return
    await decideAs(department, match, 'same', 'asked-the-posts')
    // IOM sees no link to a return that it is not on.
    expect((await decider.see(rets[0] ?? '')).linked).toEqual([])
    expect((await department.see(rets[0] ?? '')).linked).toMatchObject([{ ret: rets[1] }])
  })

  test('one of which has come to its end are linked as a repeat', async () => {
    const { istanbul: mission, iom: decider } = desks()
    const again = named('Revenita', 'Doina', 1994)
    const earlier = await fileOne(mission, filingOf(again))
    await mission.command(earlier, 'cancel', bodies.cancel)
    await mission.command(earlier, 'close', {})
    const later = await fileOne(mission, filingOf(again))
    await compared(running)
    const match = await matchBetween(decider, [earlier, later])
    if (!match) throw new Error('It was not raised.')
    await decideAs(decider, match, 'same', 'asked-the-person')
    for (const desk of [mission, decider])
      expect((await desk.see(later)).linked).toMatchObject([{ ret: earlier, link: 'repeat' }])
  })
})

test('a chain in which a record was changed is told from one that holds', async () => {
  const { iom: decider } = desks()
  const decided = await matchesOf(decider, 'decided')
  const match = decided.find(({ version }) => version > 2)
  const row = (await running.stored.rows('matches', match?.match)).find(({ n }) => n?.N === '1')
  const bytes = Buffer.from(row?.record?.B ?? [])
  const changed = Buffer.from(bytes.toString().replace('papers-compared', 'in-register'))
  expect(changed.equals(bytes)).toBe(false)
  const path = `/v1/iom/matches/${match?.match}`
  await running.stored.put('matches', { ...row, record: { B: changed } })
  expect((await refusalOf(decider.call('GET', path))).code).toBe('trail-broken')
  await running.stored.put('matches', { ...row, record: { B: bytes } })
  expect(matchHistory.parse(await decider.call('GET', path)).version).toBe(match?.version)
})

test('a page of matches goes on where it stopped', async () => {
  const { istanbul: mission, iom: decider } = desks()
  const rets: string[] = []
  for (let filed = 0; filed < 8; filed++)
    rets.push(await fileOne(mission, filingOf(named('Aceeasi', 'Mereu', 1993))))
  await compared(running)
  const first = await matchPage(decider, 'open')
  expect([first.matches.length, first.next !== undefined]).toEqual([25, true])
  const pairs = (await matchesOf(decider)).filter(({ returns }) =>
    returns.every(({ ret }) => rets.includes(ret)),
  )
  expect(new Set(pairs.map(({ match }) => match)).size).toBe((8 * 7) / 2)
  expect(pairs).toHaveLength((8 * 7) / 2)
})

test.each([
  ['matches?state=all', 'bad-input'],
  ['matches?cursor=eA', 'bad-cursor'],
  ['matches/X', 'not-found'],
])('%s is refused: %s', async (path, code) => {
  expect((await refusalOf(desks().iom.call('GET', `/v1/iom/${path}`))).code).toBe(code)
})
