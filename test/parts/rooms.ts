import { forecast } from '../../schemas/api/forecast.ts'
import { type Room, rooms } from '../../schemas/api/rooms.ts'
import { day, placeUntil } from '../scenarios/journey.ts'
import type { Desk } from './desk.ts'

/** A room without anything blocked in it. */
export const roomOf = (room: string, beds: number, more: Partial<Room> = {}): Room => ({
  room,
  beds,
  cots: 0,
  tags: [],
  blocked: [],
  ...more,
})

/** What a change of a room sends: all but its code, which is in the path. */
export const changeOf = ({ room: _, ...change }: Room) => change

/** A made-up house of 24 beds, as many as the one figure that was published says. */
export const house: readonly Room[] = [
  roomOf('1', 4, { tags: ['women'] }),
  roomOf('2', 4, { tags: ['women'] }),
  roomOf('3', 4, { tags: ['women', 'quiet'] }),
  roomOf('4', 4, { tags: ['women'] }),
  roomOf('5', 3, { cots: 1, tags: ['mother-and-child'] }),
  roomOf('6', 3, { cots: 1, tags: ['mother-and-child', 'step-free'] }),
  roomOf('7', 1, { tags: ['men', 'step-free'] }),
  roomOf('8', 1, { tags: ['single'] }),
]

/** A place that is wanted, as `hold-place` sends it: days from today, the last night and the day it runs out. */
export const placeIn = (
  room: string,
  beds = 1,
  {
    from = 3,
    until = 30,
    holds = 7,
    cots = 0,
  }: { from?: number; until?: number; holds?: number; cots?: number } = {},
) => ({ until: day(holds), case: { room, beds, cots, from: day(from), until: day(until) } })

/** Says how rooms are from now on, on the version that the centre stands at. */
export async function keepRooms(centre: Desk, kept: readonly Room[]): Promise<void> {
  let { version } = rooms.parse(await centre.call('GET', '/v1/centre/rooms'))
  for (const item of kept) {
    const answer = await centre.call('POST', `/v1/centre/rooms/${item.room}`, changeOf(item), {
      ifMatch: version,
    })
    version = rooms.parse(answer).version
  }
}

const roomsOf = async (centre: Desk) => rooms.parse(await centre.call('GET', '/v1/centre/rooms')).rooms

/** Opens a room like another under a name that no room has, and gives the name. */
async function openRoom(centre: Desk, like: Omit<Room, 'room'>): Promise<string> {
  const numbers = (await roomsOf(centre)).map((item) => Number.parseInt(item.room, 10))
  const room = String(Math.max(...numbers) + 1)
  await keepRooms(centre, [{ ...like, room }])
  return room
}

/**
 * Keeps the rooms of the house, and gives what finds one in which nobody is: the room of that name, or one like it that
 * is opened where the name was there before, for somebody else may be in it.
 */
export async function keepHouse(centre: Desk): Promise<(name: string) => Promise<string>> {
  const before = await roomsOf(centre)
  await keepRooms(centre, house)
  return async (name) => {
    const like = house.find(({ room }) => room === name)
    if (!like) throw new Error(`The house has no room ${name}.`)
    return before.some(({ room }) => room === name) ? openRoom(centre, like) : name
  }
}

/**
 * A place for one, as `hold-place` sends it: by the word of a centre that keeps no rooms, and otherwise in a room that is
 * opened for her, whatever else is taken.
 */
export async function placeFor(centre: Desk, holds = 7): Promise<object> {
  if ((await roomsOf(centre)).length === 0) return placeUntil(holds)
  return placeIn(await openRoom(centre, roomOf('', 1)), 1, { from: 0, holds })
}

/** What the centre is told of the coming days. */
export const forecastFor = async (centre: Desk, days = 14) =>
  forecast.parse(await centre.call('GET', `/v1/centre/forecast?days=${days}`))
