import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysAfter } from '../../../../functions/domain/calendar/days.ts'
import {
  asLived,
  type BedBooking,
  type Expected,
  fits,
  forecastOf,
  misfits,
  nearestChoices,
  type Occupancy,
} from '../../../../functions/domain/centre/occupancy.ts'
import type { Room } from '../../../../schemas/api/rooms.ts'
import { otherCentre } from '../../../parts/bodies.ts'
import { house, roomOf } from '../../../parts/rooms.ts'

const today = '2009-03-02'
const day = (count: number) => daysAfter(today, count)
const ret = (number: number) => `1XGE0${String(number).padStart(25, '0')}`
const book = (rooms: readonly Room[], taken: readonly BedBooking[] = [], cotsCount = true): Occupancy => ({
  today,
  rooms,
  taken,
  config: { cotsCount, stayDays: 30 },
  others: [otherCentre],
})
const taken = (
  room: string,
  beds: number,
  from: number,
  until: number,
  more: Partial<BedBooking> = {},
): BedBooking => ({
  ret: ret(beds),
  room,
  beds,
  cots: 0,
  from: day(from),
  until: day(until),
  present: false,
  ...more,
})
const want = (room: string, beds: number, from = 0, until = 5, cots = 0) => ({
  room,
  beds,
  cots,
  from: day(from),
  until: day(until),
})

describe('a bed', () => {
  const repair = { beds: 1, cots: 0, reason: 'repair', from: day(3), until: day(3) } as const
  test.each<[string, boolean, Occupancy, ReturnType<typeof want>]>([
    ['an empty room has it', true, book([roomOf('1', 2)]), want('1', 2)],
    ['a room is no larger than it is', false, book([roomOf('1', 2)]), want('1', 3)],
    ['a room that is not there has none', false, book([roomOf('1', 2)]), want('2', 1)],
    ['one night in between is enough', false, book([roomOf('1', 1)], [taken('1', 1, 3, 3)]), want('1', 1)],
    ['the last night counts', false, book([roomOf('1', 1)], [taken('1', 1, -3, 0)]), want('1', 1)],
    ['the night after is free', true, book([roomOf('1', 1)], [taken('1', 1, -3, -1)]), want('1', 1)],
    ['so is the night before', true, book([roomOf('1', 1)], [taken('1', 1, 6, 9)]), want('1', 1)],
    ['a blocked bed is taken', false, book([roomOf('1', 1, { blocked: [repair] })]), want('1', 1)],
    ['only on its days', true, book([roomOf('1', 1, { blocked: [repair] })]), want('1', 1, 4, 5)],
    [
      'who stays longer than reckoned has the bed until she leaves',
      false,
      book([roomOf('1', 1)], [taken('1', 1, -40, -10, { present: true })]),
      want('1', 1, 20, 25),
    ],
    [
      'who came before her day has it from today',
      false,
      book([roomOf('1', 1)], [taken('1', 1, 4, 9, { present: true })]),
      want('1', 1, 0, 1),
    ],
    ['cots are scarce where they count', false, book([roomOf('1', 2)]), want('1', 1, 0, 5, 1)],
    ['and are set up where they do not', true, book([roomOf('1', 2)], [], false), want('1', 1, 0, 5, 1)],
  ])('%s', (_, free, occupancy, wanted) => {
    expect(fits(occupancy, wanted)).toBe(free)
  })
})

describe('a room that does not suit', () => {
  const rooms: [tags: Room['tags'], sex: Expected['sex'], stepFree: boolean, checks: string[]][] = [
    [['women'], 'male', false, ['room-of-the-other-sex']],
    [['men'], 'female', false, ['room-of-the-other-sex']],
    [['mother-and-child'], 'male', false, ['room-of-the-other-sex']],
    [['women'], 'male', true, ['room-of-the-other-sex', 'room-not-step-free']],
    [[], 'female', true, ['room-not-step-free']],
    [['women', 'step-free'], 'female', true, []],
    [['women'], 'female', false, []],
    [[], 'male', false, []],
    // Of whom nothing is known, nothing is asked back.
    [['men'], 'not-known', false, []],
    [['women'], 'other', false, []],
  ]
  test.each(rooms)('%j for a person who is %s (without steps: %s): %j', (tags, sex, stepFree, expected) => {
    const found = misfits(roomOf('1', 1, { tags }), { sex, stepFree })
    expect(found.map(({ check }) => check)).toEqual(expected)
    for (const { fields } of found) expect(fields).toEqual(['case.room'])
  })
})

test('who sleeps there has the bed from today on, though it was held for later, and is counted once', () => {
  const early = asLived(taken('1', 1, 7, 12, { present: true }), today)
  expect([early.from, early.until]).toEqual([day(0), day(12)])
  expect(asLived(taken('1', 1, 7, 12), today).from).toBe(day(7))
  expect(asLived(taken('1', 1, -2, 3, { present: true }), today).from).toBe(day(-2))
  const { days } = forecastOf(book([roomOf('1', 2)], [early]), [], 14)
  expect(days.map(({ beds }) => beds.occupied + beds.held)).toEqual([...Array(13).fill(1), 0])
})

test('whether a bed can be booked is asked of the days that are wanted, and of no others', () => {
  const full = book([roomOf('1', 1)], [taken('1', 1, 0, 13)])
  expect(fits(full, want('1', 1, 0, 5))).toBe(false)
  expect(fits(full, want('1', 1, 14, 40))).toBe(true)
  expect(fits(full, want('1', 1, 300, 330))).toBe(true)
})

describe('the choices where no bed is free', () => {
  const full = book(house, [
    ...house.filter(({ room }) => room !== '7').map(({ room, beds }) => taken(room, beds, 0, 9)),
  ])

  test('the choices are other rooms on the same days, the fullest first, never one for another sex', () => {
    const occupancy = book(house, [taken('1', 4, 0, 9), taken('3', 3, 0, 9)])
    const { rooms } = nearestChoices(occupancy, want('1', 1), 'female')
    expect(rooms).toEqual(['3', '8', '2', '4', '5'])
    expect(nearestChoices(occupancy, want('1', 1), 'male').rooms).toEqual(['7', '8'])
    expect(nearestChoices(occupancy, want('1', 1), 'not-known').rooms).toEqual(['8'])
  })

  test('the choices are the first day with a free room, and other centres to ask', () => {
    const { rooms, days, centres } = nearestChoices(full, want('1', 3), 'female')
    expect(rooms).toEqual([])
    expect(days[0]).toEqual({ room: '5', from: day(10) })
    expect(centres).toEqual([otherCentre])
  })

  test('the choices hold no day where no room becomes free', () => {
    expect(nearestChoices(full, want('1', 5), 'female')).toEqual({
      rooms: [],
      days: [],
      centres: [otherCentre],
    })
  })
})

describe('the forecast', () => {
  const coming = (number: number, arrives: number, beds: number): Expected => ({
    ret: ret(number),
    arrivesOn: day(arrives),
    beds,
    sex: 'female',
  })

  test('the forecast counts the held, occupied, blocked and free beds of each day', () => {
    const blocked = { beds: 1, cots: 0, reason: 'illness', from: day(1), until: day(1) } as const
    const occupancy = book(
      [roomOf('1', 4, { blocked: [blocked] }), roomOf('2', 3, { cots: 2 })],
      [taken('1', 2, -5, 0, { present: true }), taken('2', 1, 1, 1, { cots: 2 })],
    )
    const { days } = forecastOf(occupancy, [], 3)
    const none = { occupied: 0, held: 0, blocked: 0, short: 0 }
    expect(days.map(({ beds }) => beds)).toEqual([
      { all: 7, ...none, occupied: 2, free: 5 },
      { all: 7, ...none, held: 1, blocked: 1, free: 5 },
      { all: 7, ...none, free: 7 },
    ])
    expect(days.map(({ cots }) => cots.free)).toEqual([2, 0, 2])
  })

  test('the forecast shows what is short where an occupied bed is blocked, and counts a person in a removed room', () => {
    const blocked = { beds: 1, cots: 0, reason: 'repair', from: day(0), until: day(9) } as const
    const occupancy = book(
      [roomOf('1', 1, { blocked: [blocked] }), roomOf('2', 1)],
      [taken('1', 1, 0, 5), taken('9', 1, 0, 5)],
    )
    const [first] = forecastOf(occupancy, [], 1).days
    expect(first?.beds).toEqual({ all: 2, occupied: 0, held: 2, blocked: 1, free: 1, short: 2 })
  })

  test('the forecast gives rooms in the order of arrival, so of two persons who fit one by one the later has none', () => {
    const occupancy = book([roomOf('1', 3)])
    const forecast = forecastOf(occupancy, [coming(2, 5, 2), coming(1, 3, 2)], 1)
    expect(forecast.fitting).toEqual([{ ret: ret(1), arrivesOn: day(3), beds: 2, room: '1' }])
    expect(forecast.unfitting).toMatchObject([
      { ret: ret(2), beds: 2, choices: { days: [{ room: '1', from: day(33) }] } },
    ])
  })
})

const rooms = fc.array(fc.record({ beds: fc.nat(4), cots: fc.nat(2) }), { minLength: 1, maxLength: 4 })
const wishes = fc.array(
  fc.record({
    room: fc.nat(4),
    beds: fc.nat(3),
    cots: fc.nat(2),
    from: fc.nat(8),
    nights: fc.nat(6),
    gives: fc.boolean(),
    present: fc.boolean(),
  }),
  { maxLength: 40 },
)

/** A person who comes before her first night shows as short, because she is there. */
test('no night has more bookings than beds, and a free bed can be booked, however places are taken and released', () => {
  fc.assert(
    fc.property(rooms, wishes, (sizes, all) => {
      const own = sizes.map(({ beds, cots }, index) => roomOf(String(index), beds, { cots }))
      let occupancy = book(own)
      for (const [index, { room, beds, cots, from, nights, gives, present }] of all.entries()) {
        const wanted = want(String(room), beds, from, from + nights, cots)
        if (beds + cots > 0 && fits(occupancy, wanted))
          occupancy = {
            ...occupancy,
            taken: [...occupancy.taken, { ...wanted, ret: ret(index), present: present && from === 0 }],
          }
        if (gives) occupancy = { ...occupancy, taken: occupancy.taken.slice(1) }
      }
      for (const { day: on, beds, cots } of forecastOf(occupancy, [], 20).days) {
        expect([on, beds.short, cots.short]).toEqual([on, 0, 0])
        expect(beds.free + beds.held + beds.occupied).toBe(beds.all)
      }
      const [first] = forecastOf(occupancy, [], 1).days
      const takable = own.filter(({ room }) => fits(occupancy, want(room, 1, 0, 0)))
      expect(takable.length > 0).toBe((first?.beds.free ?? 0) > 0)
    }),
  )
})
