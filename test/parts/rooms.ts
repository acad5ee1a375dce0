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

/**
 * A place for one, as `hold-place` sends it: by the word of a centre that keeps no rooms, and otherwise in a room that is
 * opened for her, whatever else is taken.
 */
export async function placeFor(centre: Desk, holds = 7): Promise<object> {
  const kept = rooms.parse(await centre.call('GET', '/v1/centre/rooms')).rooms
  if (kept.length === 0) return placeUntil(holds)
  const room = String(Math.max(...kept.map((item) => Number.parseInt(item.room, 10))) + 1)
  await keepRooms(centre, [roomOf(room, 1)])
  return placeIn(room, 1, { from: 0, holds })
}

/** What the centre is told of the coming days. */
export const forecastFor = async (centre: Desk, days = 14) =>
  forecast.parse(await centre.call('GET', `/v1/centre/forecast?days=${days}`))
