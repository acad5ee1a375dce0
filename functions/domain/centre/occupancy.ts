import type { Forecast, Use } from '../../../schemas/api/forecast.ts'
import type { CentreConfig, Choices, Room } from '../../../schemas/api/rooms.ts'
import type { Content } from '../../../schemas/sections/sections.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { type Facts, formed, inOrder } from '../access/opened-sections.ts'
import { daysAfter } from '../calendar/days.ts'

type Place = Content<'case', 'place'>

/** Beds and cots that a return has in a room; `stays`: she sleeps there, and not only will. */
export interface Taken extends Place {
  ret: string
  present: boolean
}

/** A centre's rooms and what is taken of them, as they were on `today`. */
export interface Occupancy {
  today: string
  rooms: readonly Room[]
  taken: readonly Taken[]
  config: CentreConfig
  /** Whom else can be asked. */
  others: readonly PartyId[]
}

/** Who is to come, without a place: she and the children who travel along, each with a bed. */
export interface Coming {
  ret: string
  arrivesOn: string
  beds: number
  sex: Content<'case', 'request'>['sex']
}

/** How far ahead a free day is looked for, and how many choices are told. */
const lookAhead = 60
const mostChoices = 5

/** The day on which somebody is expected: the itinerary's, or what was told from the way since. */
export function expectedOn(facts: Facts): string | undefined {
  return inOrder(facts, 'case')
    .flatMap(({ section: { slot }, content }) => {
      if (slot === 'journey') return formed('case', slot, content).arrivesOn
      return slot === 'way' ? (formed('case', slot, content).arrivesOn ?? []) : []
    })
    .at(-1)
}

/** Who sleeps there has the bed from today on, and beyond the day that was reckoned with until she leaves. */
function covers({ from, until, present }: Taken, day: string, today: string): boolean {
  const begun = from <= day || (present && today <= day)
  return begun && (day <= until || (present && until < today))
}

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0)

/** What there is of beds or cots in a room on a day: all, blocked and taken. */
function useOf({ taken, today }: Occupancy, room: Room, what: 'beds' | 'cots', day: string) {
  const own = taken.filter((one) => one.room === room.room && covers(one, day, today))
  const blocked = room.blocked.filter(({ from, until }) => from <= day && day <= until)
  const occupied = sum(own, (one) => (one.present ? one[what] : 0))
  return {
    all: room[what],
    occupied,
    held: sum(own, (one) => one[what]) - occupied,
    blocked: Math.min(
      room[what],
      sum(blocked, (one) => one[what]),
    ),
  }
}

const leftOf = ({ all, occupied, held, blocked }: ReturnType<typeof useOf>) => all - occupied - held - blocked

/** Whether a room has what is wanted on every day of it. */
function hasRoom(book: Occupancy, room: Room, want: Omit<Place, 'room'>): boolean {
  for (let day = want.from; day <= want.until; day = daysAfter(day, 1)) {
    if (want.beds > 0 && leftOf(useOf(book, room, 'beds', day)) < want.beds) return false
    const scarce = book.config.cotsCount && want.cots > 0
    if (scarce && leftOf(useOf(book, room, 'cots', day)) < want.cots) return false
  }
  return true
}

/** Whether beds of a room can be taken: the room is there, and has them free on every day. */
export function fits(book: Occupancy, want: Place): boolean {
  const room = book.rooms.find((room) => room.room === want.room)
  return room !== undefined && hasRoom(book, room, want)
}

/** Whether a room is for her at all; where nothing is known of her sex, only a room for everybody is. */
function suits({ tags }: Room, sex: Coming['sex']): boolean {
  if (tags.includes('men')) return sex === 'male'
  if (tags.includes('women') || tags.includes('mother-and-child')) return sex === 'female'
  return true
}

/** The rooms that have a place, the fullest first, those for mothers with children last for who has none. */
function roomsFor(book: Occupancy, want: Omit<Place, 'room'>, sex: Coming['sex']): string[] {
  const alone = want.beds + want.cots === 1
  const spare = (room: Room) =>
    leftOf(useOf(book, room, 'beds', want.from)) +
    (room.tags.includes('mother-and-child') === alone ? 1000 : 0)
  return book.rooms
    .filter((room) => suits(room, sex) && hasRoom(book, room, want))
    .sort((one, other) => spare(one) - spare(other))
    .map(({ room }) => room)
}

/** What is near to a place that is not free: other rooms on the same days, the same on the next days, other centres. */
export function nearest(book: Occupancy, want: Omit<Place, 'room'>, sex: Coming['sex']): Choices {
  const later = Array.from({ length: lookAhead }, (_, index) => ({
    ...want,
    from: daysAfter(want.from, index + 1),
    until: daysAfter(want.until, index + 1),
  }))
  const days: { room: string; from: string }[] = []
  for (const one of later) {
    days.push(...roomsFor(book, one, sex).map((room) => ({ room, from: one.from })))
    if (days.length > 0) break
  }
  return {
    rooms: roomsFor(book, want, sex).slice(0, mostChoices),
    days: days.slice(0, mostChoices),
    centres: [...book.others],
  }
}

/** What can be reckoned of a forecast: for whom of those to come there is a place, and what is free. */
export interface Reckoned extends Pick<Forecast, 'days' | 'rooms'> {
  fitting: { ret: string; arrivesOn: string; beds: number; room: string }[]
  unfitting: { ret: string; arrivesOn: string; beds: number; choices: Choices }[]
}

/**
 * What is free on each of so many days from today on, and for whom of those to come no room has a place: they are given
 * rooms in the order in which they come, so that two who would fit one by one and not together are told in time.
 */
export function forecastOf(book: Occupancy, coming: readonly Coming[], days: number): Reckoned {
  const fitting: Reckoned['fitting'] = []
  const unfitting: Reckoned['unfitting'] = []
  let reckoned = book
  const inOrder = coming.toSorted((one, other) =>
    `${one.arrivesOn}#${one.ret}` < `${other.arrivesOn}#${other.ret}` ? -1 : 1,
  )
  for (const { ret, arrivesOn, beds, sex } of inOrder) {
    // Who is late is still to come.
    const from = arrivesOn < book.today ? book.today : arrivesOn
    const want = { beds, cots: 0, from, until: daysAfter(from, book.config.stayDays - 1) }
    const [room] = roomsFor(reckoned, want, sex)
    if (room) {
      fitting.push({ ret, arrivesOn, beds, room })
      reckoned = { ...reckoned, taken: [...reckoned.taken, { ...want, room, ret, present: false }] }
    } else unfitting.push({ ret, arrivesOn, beds, choices: nearest(reckoned, want, sex) })
  }
  const ahead = Array.from({ length: days }, (_, index) => daysAfter(book.today, index))
  const usesOf = (rooms: readonly Room[]) =>
    ahead.map((day) => ({
      day,
      beds: totalOf(book, rooms, 'beds', day),
      cots: totalOf(book, rooms, 'cots', day),
    }))
  return {
    days: usesOf([...book.rooms, ...goneFrom(book)]),
    rooms: book.rooms.map((room) => ({ ...room, days: usesOf([room]) })),
    fitting,
    unfitting,
  }
}

/** Rooms that are no more, and in which somebody has a place all the same. */
function goneFrom({ rooms, taken }: Occupancy): Room[] {
  const gone = new Set(
    taken.map(({ room }) => room).filter((name) => !rooms.some(({ room }) => room === name)),
  )
  return [...gone].map((room) => ({ room, beds: 0, cots: 0, tags: [], blocked: [] }))
}

function totalOf(book: Occupancy, rooms: readonly Room[], what: 'beds' | 'cots', day: string): Use {
  const uses = rooms.map((room) => useOf(book, room, what, day))
  const total = (of: keyof ReturnType<typeof useOf>) => sum(uses, (use) => use[of])
  return {
    all: total('all'),
    occupied: total('occupied'),
    held: total('held'),
    blocked: total('blocked'),
    free: sum(uses, (use) => Math.max(0, leftOf(use))),
    short: sum(uses, (use) => Math.max(0, -leftOf(use))),
  }
}
