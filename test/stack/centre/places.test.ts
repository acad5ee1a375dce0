import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roomChanges, rooms } from '../../../schemas/api/rooms.ts'
import { centre as centreId, consent, everyone, filingWith } from '../../parts/bodies.ts'
import { daysAhead, watchLater } from '../../parts/days-ahead.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { changeOf, forecastFor, keepRooms, placeIn, roomOf } from '../../parts/rooms.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { bodies, happened } from '../../parts/todays-bodies.ts'
import { day, stay, twoLegs } from '../../scenarios/journey.ts'

const clock = daysAhead.open()
let running: OwnStack
let mission: Desk
let iom: Desk
let centre: Desk
/** Its rooms would be the rooms of every other test's Centre, which could hold no place without naming one. */
beforeAll(async () => {
  running = await startRunning({ replace: daysAhead.replace })
  mission = await running.desk('istanbul')
  iom = await running.desk('iom')
  centre = await running.desk('centre')
})
afterAll(() => running.stop())

const byConsent = everyone.map(([holder]) => [holder, consent] as const)
const person = (childrenAlong = 0) => filingWith(byConsent, { childrenAlong, reception: 'centre' })
const hold = (ret: string, room: string, beds = 1, more = {}) =>
  centre.command(ret, 'hold-place', placeIn(room, beds, more))
/** A hold of today has run out then, and one of a week has not. */
const afterTheHold = () => watchLater(running, clock, 2)
const freeOn = async (count: number) => (await forecastFor(centre)).days[count]?.beds.free ?? 0
/** What is written down of places. */
const placeRows = async () =>
  (await running.stored.rows('places')).filter((row) => JSON.stringify(row).includes('place#'))

describe('rooms', () => {
  const keep = (room: string, ifMatch: number | undefined, change: unknown = changeOf(roomOf('1', 1))) =>
    centre.call('POST', `/v1/centre/rooms/${room}`, change, ifMatch === undefined ? {} : { ifMatch })

  test('are none at first; a place is held by the word of the centre', async () => {
    expect(rooms.parse(await centre.call('GET', '/v1/centre/rooms'))).toMatchObject({ version: 0, rooms: [] })
    const ret = await fileOne(mission)
    await centre.command(ret, 'hold-place', bodies['hold-place'])
    expect(await placeRows()).toEqual([])
  })

  test('are changed one by one, each change on the version of all', async () => {
    await keepRooms(centre, [roomOf('1', 1), roomOf('2', 1), roomOf('3', 2)])
    const kept = rooms.parse(await keep('2', 3, changeOf(roomOf('2', 2))))
    expect(kept.version).toBe(4)
    expect(kept.rooms.map(({ room, beds }) => [room, beds])).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', 2],
    ])
    expect(await refusalOf(keep('1', 3))).toMatchObject({ code: 'version-stale', problem: { version: 4 } })
    expect(await refusalOf(keep('1', undefined))).toMatchObject({ code: 'bad-header' })
    const twice = await Promise.allSettled([keep('1', 4), keep('1', 4)])
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test.each(['Maria', 'room-1', '12345', '__proto__'])('are named by codes: %s is none', async (name) => {
    expect(await refusalOf(keep(name, 5))).toMatchObject({ status: 404 })
  })

  test('leave every change in one chain', async () => {
    const { changes } = roomChanges.parse(await centre.call('GET', '/v1/centre/rooms/changes'))
    expect(changes.map(({ version, changed }) => [version, changed])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
      [4, '2'],
      [5, '1'],
    ])
    for (const [index, { prev }] of changes.entries())
      if (index > 0) expect(prev).toBe(changes[index - 1]?.hash)
  })

  test('are the own centre’s business', async () => {
    for (const name of ['istanbul', 'iom', 'ministry', 'oversight'])
      for (const path of ['rooms', 'forecast'])
        expect(await refusalOf((await running.desk(name)).call('GET', `/v1/centre/${path}`))).toMatchObject({
          status: 403,
        })
  })
})

describe('the last bed', () => {
  test('is had by one of two who hold it at once; the other is told what is near', async () => {
    const rets = await Promise.all([fileOne(mission), fileOne(mission), fileOne(mission)])
    const answers = await Promise.all(
      rets.map((ret) =>
        hold(ret, '1').then(
          () => undefined,
          (error: unknown) => refusalOf(Promise.reject(error)),
        ),
      ),
    )
    const losers = answers.filter((answer) => answer !== undefined)
    expect(losers).toHaveLength(2)
    for (const { code, problem } of losers) {
      expect(code).toBe('no-place')
      expect(problem?.choices?.rooms).toEqual(['2', '3'])
      expect(problem?.choices?.days[0]).toBeDefined()
    }
    expect(await placeRows()).toHaveLength(1)
  })

  test('is lost to who named a version too, and the version is not to blame', async () => {
    const ret = await fileOne(mission)
    const late = centre.command(ret, 'hold-place', placeIn('1'), { ifMatch: 1 })
    expect(await refusalOf(late)).toMatchObject({ code: 'no-place' })
  })

  test('is asked for in a room that there is', async () => {
    const ret = await fileOne(mission)
    expect(await refusalOf(hold(ret, '9'))).toMatchObject({
      code: 'bad-input',
      problem: { fields: ['case.room'] },
    })
    const nowhere = centre.command(ret, 'hold-place', bodies['hold-place'])
    expect(await refusalOf(nowhere)).toMatchObject({ code: 'bad-input', problem: { fields: ['case'] } })
  })
})

describe('a bed', () => {
  const ends: [string, (ret: string) => Promise<unknown>][] = [
    ['the centre releases it', (ret) => centre.command(ret, 'release-place')],
    ['the centre holds another', (ret) => hold(ret, '2')],
    ['the mission cancels', (ret) => mission.command(ret, 'cancel', bodies.cancel)],
    [
      'the ministry refuses',
      async (ret) => (await running.desk('ministry')).command(ret, 'refuse', bodies.refuse),
    ],
    ['she no longer shares with the centre', (ret) => mission.command(ret, 'withdraw', bodies.withdraw)],
    ['she goes home', (ret) => iom.command(ret, 'refer-home', bodies['refer-home'])],
  ]
  test.each(ends)('is free again when %s', async (_, end) => {
    const ret = await fileOne(mission, person())
    await hold(ret, '3', 2)
    const rows = (await placeRows()).length
    const other = await fileOne(mission)
    expect(await refusalOf(hold(other, '3'))).toMatchObject({ code: 'no-place' })
    await end(ret)
    await running.settled()
    await hold(other, '3')
    await centre.command(other, 'release-place')
    const moved = (await placeRows()).filter((row) => JSON.stringify(row).includes(ret))
    expect(moved.length).toBe((await mission.see(ret)).placeHeld ? 1 : 0)
    expect((await placeRows()).length).toBe(rows - 1 + moved.length)
    if (moved.length > 0) await centre.command(ret, 'release-place')
  })

  test('is free again when the hold runs out, and is not taken back by what comes later', async () => {
    const ret = await fileOne(mission, person())
    await hold(ret, '3', 2, { from: 0, holds: 0 })
    await afterTheHold()
    const other = await fileOne(mission)
    await hold(other, '3', 2)
    expect((await centre.see(ret)).placeHeld).toBe(false)
    await centre.command(other, 'release-place')
  })

  test('is not had again by who reopens what was cancelled', async () => {
    const ret = await fileOne(mission)
    await hold(ret, '3', 2)
    await mission.command(ret, 'cancel', bodies.cancel)
    await mission.command(ret, 'reopen')
    await running.settled()
    expect((await centre.see(ret)).placeHeld).toBe(false)
    expect((await placeRows()).filter((row) => JSON.stringify(row).includes(ret))).toEqual([])
  })

  test('is hers once she has come, beyond the day of the hold', async () => {
    const ret = await fileOne(mission, person())
    await hold(ret, '3', 2, { from: 0, holds: 0 })
    await centre.command(ret, 'admit', stay())
    await afterTheHold()
    expect((await forecastFor(centre)).days[0]?.beds.occupied).toBe(2)
    expect(await refusalOf(hold(await fileOne(mission), '3'))).toMatchObject({ code: 'no-place' })
    await centre.command(ret, 'offer-services', bodies['offer-services'])
    await centre.command(ret, 'plan-stay', bodies['plan-stay'])
    await centre.command(ret, 'leave-centre', bodies['leave-centre'])
    await running.settled()
    const left = await forecastFor(centre)
    expect([left.days[0]?.beds.occupied, left.fitting]).toEqual([0, []])
    // Who comes back stays there again, and a bed is looked for.
    await centre.command(ret, 'admit', stay())
    await running.settled()
    expect((await forecastFor(centre)).fitting.map((item) => item.ret)).toEqual([ret])
    await centre.command(ret, 'close')
    await running.settled()
    expect((await forecastFor(centre)).fitting).toEqual([])
  })
})

describe('the forecast', () => {
  test('tells early whom no room has a place for, her children counted, and who comes without a hold', async () => {
    const before = await freeOn(6)
    const [mother, alone] = [await fileOne(mission, person(2)), await fileOne(mission, person())]
    for (const ret of [mother, alone]) {
      await iom.command(ret, 'acknowledge')
      await iom.command(ret, 'accept')
      await iom.command(ret, 'plan-travel', twoLegs(6))
    }
    await running.settled()
    const result = await forecastFor(centre)
    const { reference, label } = (await lineOf(centre, mother)) ?? {}
    expect(result.unfitting).toEqual([
      {
        ret: mother,
        reference,
        label,
        arrivesOn: day(6),
        beds: 3,
        choices: { rooms: [], days: [], centres: [] },
      },
    ])
    expect(result.fitting).toMatchObject([{ ret: alone, beds: 1 }])
    expect(await freeOn(6)).toBe(before)
    await hold(alone, result.fitting[0]?.room ?? '', 1, { from: 6 })
    expect((await forecastFor(centre)).fitting).toEqual([])
    expect(await freeOn(6)).toBe(before - 1)
  })

  test('names who has a place, in which room and from when, and what is free in each room', async () => {
    const [coming, staying] = [await fileOne(mission, person()), await fileOne(mission, person())]
    await keepRooms(centre, [roomOf('40', 2, { tags: ['quiet'] }), roomOf('41', 1)])
    await hold(coming, '40', 1, { from: 3 })
    await hold(staying, '41', 1, { from: 0 })
    await centre.command(staying, 'admit', stay())
    await running.settled()
    const { placed, rooms: all } = await forecastFor(centre)
    const of = (ret: string) => placed.find((item) => item.ret === ret)
    expect(of(coming)).toMatchObject({ room: '40', beds: 1, from: day(3), present: false })
    expect(of(coming)).not.toHaveProperty('arrivesOn')
    expect(of(staying)).toMatchObject({
      room: '41',
      present: true,
      reference: expect.stringMatching(/^RET-/),
    })
    const bedsIn = (room: string, count: number) => all.find((item) => item.room === room)?.days[count]?.beds
    expect(bedsIn('40', 0)).toMatchObject({ all: 2, held: 0, free: 2 })
    expect(bedsIn('40', 3)).toMatchObject({ all: 2, held: 1, free: 1 })
    expect(bedsIn('41', 0)).toMatchObject({ occupied: 1, free: 0 })
    const { access } = await mission.events(staying)
    expect(access).toMatchObject([{ classes: ['case'], reason: 'prepare-arrival', by: { party: centreId } }])
    for (const ret of [coming, staying]) await centre.command(ret, 'release-place')
  })

  test('follows her last word on where she goes, and what is told from the way on when she comes', async () => {
    const ret = await fileOne(mission, filingWith(byConsent, { childrenAlong: 1, reception: 'home' }))
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await iom.command(ret, 'plan-travel', twoLegs(6))
    const expected = async () => {
      await running.settled()
      const { fitting, unfitting } = await forecastFor(centre)
      return [...fitting, ...unfitting].find((item) => item.ret === ret)
    }
    expect(await expected()).toBeUndefined()
    const choose = (choice: string) =>
      mission.command(ret, 'record-choice', { case: { happened: happened(day(0)), choice } })
    await choose('centre')
    expect(await expected()).toMatchObject({ arrivesOn: day(6), beds: 2 })
    await mission.command(ret, 'report-way', {
      case: { happened: happened(day(0)), what: 'delayed', arrivesOn: day(8) },
      travel: { leg: 0, remarks: 'No seats before.' },
    })
    expect(await expected()).toMatchObject({ arrivesOn: day(8), beds: 2 })
    await iom.command(ret, 'change-travel', twoLegs(7))
    expect(await expected()).toMatchObject({ arrivesOn: day(7) })
    await choose('elsewhere')
    expect(await expected()).toBeUndefined()
  })

  test('is a look at each case, once a day, that everyone on the return sees', async () => {
    const { unfitting } = await forecastFor(centre)
    await forecastFor(centre)
    const { access } = await mission.events(unfitting[0]?.ret ?? '')
    expect(access).toMatchObject([
      { kind: 'open', classes: ['case'], reason: 'prepare-arrival', by: { party: centreId } },
    ])
  })

  test.each(['0', '61', 'x'])('has one to sixty days, not %s', async (days) => {
    const asked = centre.call('GET', `/v1/centre/forecast?days=${days}`)
    expect(await refusalOf(asked)).toMatchObject({ code: 'bad-input', problem: { fields: ['days'] } })
  })
})

test('no row of places says how many they are, nor which room', async () => {
  const text = JSON.stringify(await running.stored.rows('places'))
  expect(text).toContain('place#')
  for (const word of ['beds', 'cots', 'room', 'children'])
    expect([word, text.includes(word)]).toEqual([word, false])
})
