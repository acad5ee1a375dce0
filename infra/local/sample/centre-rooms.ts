import { type Room, rooms } from '../../../schemas/api/rooms.ts'
import type { ApiClient } from './api-client.ts'
import { dayFromToday } from './days.ts'

type Tags = Room['tags']

const room = (code: string, beds: number, cots: number, ...tags: Tags): Room => ({
  room: code,
  beds,
  cots,
  tags,
  blocked: [],
})

/** The Centre's rooms, with 24 beds and two cots. One bed is broken. */
const centreRooms: readonly Room[] = [
  room('1', 4, 0, 'women'),
  {
    ...room('2', 4, 0, 'women'),
    blocked: [{ beds: 1, cots: 0, reason: 'repair', from: dayFromToday(-3), until: dayFromToday(6) }],
  },
  room('3', 4, 0, 'women', 'quiet'),
  room('4', 3, 0, 'women'),
  room('5', 3, 1, 'mother-and-child'),
  room('6', 3, 1, 'mother-and-child', 'step-free'),
  room('7', 2, 0, 'men', 'step-free'),
  room('8', 1, 0, 'single', 'quiet'),
]

/** Adds the rooms one by one: each change needs the version of the change before. */
export async function addRooms(centre: ApiClient): Promise<void> {
  let { version } = rooms.parse(await centre.get('/v1/centre/rooms'))
  for (const { room: code, ...properties } of centreRooms)
    version = rooms.parse(await centre.post(`/v1/centre/rooms/${code}`, properties, version)).version
}
