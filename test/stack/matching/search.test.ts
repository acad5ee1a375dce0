import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchLimit } from '../../../schemas/api/search.ts'
import { centre, consent, everyone, filingWith, iom, ministry } from '../../parts/bodies.ts'
import { refusalOf } from '../../parts/desk.ts'
import {
  compared,
  type FiveDesks,
  filingOf,
  fiveDesks,
  matchBetween,
  searchAs,
} from '../../parts/likenesses.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { withdrawalOf } from '../../parts/todays-bodies.ts'

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

describe('a search', () => {
  let ret = ''
  beforeAll(async () => {
    const document = { type: 'passport' as const, number: 'AB 0123-456', country: 'MD' as const }
    const person = { ...named('Țurcanu', 'Ștefania', 1999), documents: [document] }
    ret = await fileOne(desks().istanbul, filingOf({ ...person, idnp: '2000000000004' }))
    await running.settled()
  })

  test.each([
    ['the name as it stands', named('Țurcanu', 'Ștefania', 1999), 'name'],
    ['the name in Cyrillic', named('Цуркану', 'Штефания', 1999), 'name'],
    [
      'an age near the year',
      { name: { family: 'TURCANU', given: 'Stefania' }, birth: { aged: new Date().getFullYear() - 2000 } },
      'name',
    ],
    ['the IDNP', { idnp: '2000000000004' }, 'idnp'],
    ['the paper, written otherwise', { document: 'ab0123456' }, 'document'],
    ['the paper, its series in Cyrillic', { document: 'АВ0123456' }, 'document'],
    ['the first letters of the family name', { family: 'țur' }, 'family-start'],
    ['more of its letters, in Cyrillic', { family: 'Цуркан' }, 'family-start'],
  ])('by %s finds the own return, masked', async (_, asked, kind) => {
    for (const desk of [desks().istanbul, desks().iom, desks().centre]) {
      const { found, more } = await searchAs(desk, asked)
      expect(more).toBe(false)
      const listed = found.find((line) => line.ret === ret)
      expect(listed).toMatchObject({ ret, phase: 'filed', traits: [kind], label: { initials: 'Ș. Ț.' } })
      expect(JSON.stringify(found)).not.toMatch(/urcanu|1999|2000000000004|0123456/)
    }
  })

  test.each([
    ['another year', named('Țurcanu', 'Ștefania', 1989)],
    ['another given name', named('Țurcanu', 'Ana', 1999)],
    ['another number', { document: 'AB0123457' }],
  ])('by %s finds nobody', async (_, asked) => {
    expect((await searchAs(desks().istanbul, asked)).found).toEqual([])
  })

  test('of who is elsewhere is answered byte for byte like one of nobody, and is raised unseen', async () => {
    const { rome: searcher, iom: decider } = desks()
    const token = await running.stack.signIn('rome')
    const ask = (asked: object) =>
      running.ask({
        ...{ method: 'POST', path: '/v1/mission/search', token, body: JSON.stringify(asked) },
        headers: { 'content-type': 'application/json' },
      })
    await compared(running)
    const trail = (await running.stored.rows('trail', ret)).length
    const there = await ask(named('Țurcanu', 'Ștefania', 1999))
    const nowhere = await ask(named('Nimeni', 'Niciodată', 1999))
    expect([there.status, there.text]).toEqual([200, '{"found":[],"more":false}'])
    expect([nowhere.status, nowhere.text]).toEqual([there.status, there.text])
    const plain = (headers: Headers) =>
      [...headers].filter(([name]) => !/^(date|apigw-requestid|x-amzn)/.test(name)).sort()
    expect(plain(nowhere.headers)).toEqual(plain(there.headers))

    await compared(running)
    expect(await matchBetween(decider, [ret])).toMatchObject({
      searchedBy: searcher.party,
      traits: ['name'],
      state: 'raised',
    })
    // Nothing that the searcher can read, and nothing on the return's trail, tells of it.
    expect((await running.stored.rows('trail', ret)).length).toBe(trail)
    expect((await ask(named('Țurcanu', 'Ștefania', 1999))).text).toBe(there.text)
    expect((await refusalOf(searcher.see(ret))).code).toBe('not-found')
    expect((await refusalOf(searcher.call('GET', '/v1/mission/matches'))).status).toBe(404)
  })

  test('is an access record of the party, and says by what and not for whom', async () => {
    const rows = await running.stored.rows('access', `search#${desks().rome.party}`)
    const records = rows.map(({ record }) => JSON.parse(Buffer.from(record?.B ?? []).toString()))
    expect(records.length).toBeGreaterThan(2)
    expect(records[0]).toMatchObject({ kind: 'search', reason: 'by-name', by: { party: desks().rome.party } })
    expect(JSON.stringify(records)).not.toMatch(/urcanu|Nimeni/)
  })

  test('of what is compared nothing is left, and nothing stored names anybody', async () => {
    await compared(running)
    expect(await running.stored.rows('unmatched')).toEqual([])
    for (const table of ['tags', 'matches', 'links', 'limits', 'unmatched'] as const)
      expect(JSON.stringify(await running.stored.rows(table))).not.toMatch(
        /urcanu|turkan|2000000000004|0123456/i,
      )
  })

  test('finds nothing of who no longer shares it', async () => {
    const { istanbul: mission, iom: other } = desks()
    const left = await fileOne(
      mission,
      filingOf(named('Plecata', 'Lina', 1998), filingWith([[iom, consent], ...withoutIom])),
    )
    await running.settled()
    const asked = named('Plecata', 'Lina', 1998)
    expect((await searchAs(other, asked)).found).toHaveLength(1)
    await mission.command(left, 'withdraw', withdrawalOf(iom))
    await running.settled()
    expect((await searchAs(other, asked)).found).toEqual([])
    expect((await searchAs(mission, asked)).found).toHaveLength(1)
  })

  test('may be made so often, then has to wait', async () => {
    const desk = await running.desk('ankara')
    const asked = named('Nimeni', 'Niciodată', 1999)
    // A window may end meanwhile: in two of them twice as many are too many.
    const most = 2 * searchLimit.count + 1
    let content = { status: 200 }
    for (let made = 0; made < most && content.status === 200; made++)
      await searchAs(desk, asked).catch((error) => {
        content = error
      })
    expect(content).toMatchObject({ status: 429, code: 'too-many-requests' })
    const answer = await running.ask({
      ...{ method: 'POST', path: '/v1/mission/search', token: await running.stack.signIn('ankara') },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const wait = Number(answer.headers.get('retry-after'))
    expect(answer.status === 200 || (wait > 0 && wait <= searchLimit.seconds)).toBe(true)
    // Another person of the same post is not kept from working.
    expect((await searchAs(desks().rome, asked)).found).toEqual([])
  })
})

test('whatever was agreed to, a search gives of all who are alike just those that the searcher is on', async () => {
  const { istanbul: firstPost, rome: other, iom: travel, centre: house } = desks()
  const who = named('Multipla', 'Zina', 1989)
  const subsets = [[], [iom], [centre], [iom, centre]].map((agreed) =>
    everyone.filter(([holder]) => holder === ministry || agreed.some((party) => party === holder)),
  )
  const rets: string[] = []
  for (const post of [firstPost, other])
    for (const grounds of subsets) rets.push(await fileOne(post, filingOf(who, filingWith(grounds))))
  await compared(running)
  for (const desk of [firstPost, other, travel, house, await running.desk('madrid')]) {
    const on: string[] = []
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await desk.list(cursor)
      on.push(...page.returns.filter(({ membership }) => membership === 'on').map(({ ret }) => ret))
      cursor = page.next
    }
    const { found } = await searchAs(desk, who)
    expect(found.map(({ ret }) => ret).sort()).toEqual(rets.filter((ret) => on.includes(ret)).sort())
    expect([desk.user, found.length]).toEqual([desk.user, desk.user === 'madrid' ? 0 : 4])
  }
})
