import type { Forecast, Use } from '../../../schemas/api/forecast.ts'
import type { CentreConfig, Choices, Room } from '../../../schemas/api/rooms.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import type { Finding } from '../../../schemas/values/checks.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { type Facts, formed, sectionsInOrder } from '../access/opened-sections.ts'
import { daysAfter } from '../calendar/days.ts'

type Place = SlotContent<'case', 'place'>

/** Beds and cots that a return has in a room. `stays`: the person sleeps there already. */
export interface BedBooking extends Place {
  ret: string
  present: boolean
}

/** A centre's rooms and the beds that are booked in them, as they were on `today`. */
export interface Occupancy {
  today: string
  rooms: readonly Room[]
  taken: readonly BedBooking[]
  config: CentreConfig
  /** The other centres, which can be asked for a place. */
  others: readonly PartyId[]
}

/** A person who is expected and has no place: `beds` counts her and the children who travel along. */
export interface Expected {
  ret: string
  arrivesOn: string
  beds: number
  sex: SlotContent<'case', 'request'>['sex']
}

/** For how many days ahead a free day is looked for, and how many choices are given. */
const lookAhead = 60
const mostChoices = 5

/** The day on which the person is expected: that of the itinerary, or a later one that was reported from the way. */
export function expectedOn(facts: Facts): string | undefined {
  return sectionsInOrder(facts, 'case')
    .flatMap(({ section: { slot }, content }) => {
      if (slot === 'journey') return formed('case', slot, content).arrivesOn
      return slot === 'way' ? (formed('case', slot, content).arrivesOn ?? []) : []
    })
    .at(-1)
}

/** Whether a booking takes its bed on a day. A person who sleeps there keeps it until she leaves, beyond the planned day too. */
function covers({ from, until, present }: BedBooking, day: string, today: string): boolean {
  const begun = from <= day || (present && today <= day)
  return begun && (day <= until || (present && until < today))
}

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0)

/** The beds or cots of a room on a day: all, occupied, held and blocked. */
function useOf({ taken, today }: Occupancy, room: Room, what: 'beds' | 'cots', day: string) {
  const own = taken.filter((booking) => booking.room === room.room && covers(booking, day, today))
  const blocked = room.blocked.filter(({ from, until }) => from <= day && day <= until)
  const occupied = sum(own, (booking) => (booking.present ? booking[what] : 0))
  return {
    all: room[what],
    occupied,
    held: sum(own, (booking) => booking[what]) - occupied,
    blocked: Math.min(
      room[what],
      sum(blocked, (block) => block[what]),
    ),
  }
}

const freeOf = ({ all, occupied, held, blocked }: ReturnType<typeof useOf>) => all - occupied - held - blocked

/** Whether a room has the wanted beds and cots free on every day. */
function hasFree(occupancy: Occupancy, room: Room, want: Omit<Place, 'room'>): boolean {
  for (let day = want.from; day <= want.until; day = daysAfter(day, 1)) {
    if (want.beds > 0 && freeOf(useOf(occupancy, room, 'beds', day)) < want.beds) return false
    const scarce = occupancy.config.cotsCount && want.cots > 0
    if (scarce && freeOf(useOf(occupancy, room, 'cots', day)) < want.cots) return false
  }
  return true
}

/** Whether beds of a room can be booked: the room exists, and has them free on every day. */
export function fits(occupancy: Occupancy, want: Place): boolean {
  const room = occupancy.rooms.find((room) => room.room === want.room)
  return room !== undefined && hasFree(occupancy, room, want)
}

/** Whether a room is for a person of this sex. Where the sex is not known, only a room for everybody is. */
function suits({ tags }: Room, sex: Expected['sex']): boolean {
  if (tags.includes('men')) return sex === 'male'
  if (tags.includes('women') || tags.includes('mother-and-child')) return sex === 'female'
  return true
}

/** What is said of a person where a room is chosen for her. */
export interface Guest {
  sex: Expected['sex']
  stepFree: boolean
}

/** Why a room does not suit a person: it is for the other sex, or she needs one without steps. A warning, never a block. */
export function misfits(room: Room, { sex, stepFree }: Guest): Finding[] {
  const fields = ['case.room']
  const isKnown = sex === 'female' || sex === 'male'
  return [
    ...(isKnown && !suits(room, sex) ? [{ check: 'room-of-the-other-sex' as const, fields }] : []),
    ...(stepFree && !room.tags.includes('step-free')
      ? [{ check: 'room-not-step-free' as const, fields }]
      : []),
  ]
}

/** A booking as it is lived: who sleeps there already has the bed from today on, whatever day it was held for. */
export function asLived<B extends Pick<BedBooking, 'from' | 'present'>>(booking: B, today: string): B {
  return booking.present && today < booking.from ? { ...booking, from: today } : booking
}

/** The rooms that have a place, the fullest first. For a person without children those for mothers come last. */
function roomsFor(occupancy: Occupancy, want: Omit<Place, 'room'>, sex: Expected['sex']): string[] {
  const alone = want.beds + want.cots === 1
  const spare = (room: Room) =>
    freeOf(useOf(occupancy, room, 'beds', want.from)) +
    (room.tags.includes('mother-and-child') === alone ? 1000 : 0)
  return occupancy.rooms
    .filter((room) => suits(room, sex) && hasFree(occupancy, room, want))
    .sort((first, second) => spare(first) - spare(second))
    .map(({ room }) => room)
}

/** The choices where a place is not free: other rooms on the same days, the next days with a free room, other centres. */
export function nearestChoices(
  occupancy: Occupancy,
  want: Omit<Place, 'room'>,
  sex: Expected['sex'],
): Choices {
  const later = Array.from({ length: lookAhead }, (_, index) => ({
    ...want,
    from: daysAfter(want.from, index + 1),
    until: daysAfter(want.until, index + 1),
  }))
  const free: { room: string; from: string }[] = []
  for (const days of later) {
    free.push(...roomsFor(occupancy, days, sex).map((room) => ({ room, from: days.from })))
    if (free.length > 0) break
  }
  return {
    rooms: roomsFor(occupancy, want, sex).slice(0, mostChoices),
    days: free.slice(0, mostChoices),
    centres: [...occupancy.others],
  }
}

/** The computed part of a forecast: what is free, and for whom of the expected persons there is a place. */
export interface ComputedForecast extends Pick<Forecast, 'days' | 'rooms'> {
  fitting: { ret: string; arrivesOn: string; beds: number; room: string }[]
  unfitting: { ret: string; arrivesOn: string; beds: number; choices: Choices }[]
}

/**
 * What is free on each of so many days from today on, and for whom of the expected persons no room has a place. They get
 * rooms in the order of their arrival: so it shows in time where two persons fit one by one, and not together.
 */
export function forecastOf(
  occupancy: Occupancy,
  expected: readonly Expected[],
  days: number,
): ComputedForecast {
  const fitting: ComputedForecast['fitting'] = []
  const unfitting: ComputedForecast['unfitting'] = []
  let booked = occupancy
  const byArrival = expected.toSorted((first, second) =>
    `${first.arrivesOn}#${first.ret}` < `${second.arrivesOn}#${second.ret}` ? -1 : 1,
  )
  for (const { ret, arrivesOn, beds, sex } of byArrival) {
    // A person who is late is still expected.
    const from = arrivesOn < occupancy.today ? occupancy.today : arrivesOn
    const want = { beds, cots: 0, from, until: daysAfter(from, occupancy.config.stayDays - 1) }
    const [room] = roomsFor(booked, want, sex)
    if (room) {
      fitting.push({ ret, arrivesOn, beds, room })
      booked = { ...booked, taken: [...booked.taken, { ...want, room, ret, present: false }] }
    } else unfitting.push({ ret, arrivesOn, beds, choices: nearestChoices(booked, want, sex) })
  }
  const ahead = Array.from({ length: days }, (_, index) => daysAfter(occupancy.today, index))
  const usesOf = (rooms: readonly Room[]) =>
    ahead.map((day) => ({
      day,
      beds: totalOf(occupancy, rooms, 'beds', day),
      cots: totalOf(occupancy, rooms, 'cots', day),
    }))
  return {
    days: usesOf([...occupancy.rooms, ...removedRooms(occupancy)]),
    rooms: occupancy.rooms.map((room) => ({ ...room, days: usesOf([room]) })),
    fitting,
    unfitting,
  }
}

/** Rooms that were removed while somebody still has a place in them. */
function removedRooms({ rooms, taken }: Occupancy): Room[] {
  const removed = new Set(
    taken.map(({ room }) => room).filter((name) => !rooms.some(({ room }) => room === name)),
  )
  return [...removed].map((room) => ({ room, beds: 0, cots: 0, tags: [], blocked: [] }))
}

function totalOf(occupancy: Occupancy, rooms: readonly Room[], what: 'beds' | 'cots', day: string): Use {
  const uses = rooms.map((room) => useOf(occupancy, room, what, day))
  const total = (of: keyof ReturnType<typeof useOf>) => sum(uses, (use) => use[of])
  return {
    all: total('all'),
    occupied: total('occupied'),
    held: total('held'),
    blocked: total('blocked'),
    free: sum(uses, (use) => Math.max(0, freeOf(use))),
    short: sum(uses, (use) => Math.max(0, -freeOf(use))),
  }
}
