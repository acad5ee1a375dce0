import { type Room, rooms } from '../../../schemas/api/rooms.ts'
import type { Caller } from './caller.ts'
import { day } from './days.ts'

type Tags = Room['tags']

const room = (code: string, beds: number, cots: number, ...tags: Tags): Room => ({
  room: code,
  beds,
  cots,
  tags,
  blocked: [],
})

/** The Centre's rooms: 24 beds and two cots; one bed is broken. */
const house: readonly Room[] = [
  room('1', 4, 0, 'women'),
  {
    ...room('2', 4, 0, 'women'),
    blocked: [{ beds: 1, cots: 0, reason: 'repair', from: day(-3), until: day(6) }],
  },
  room('3', 4, 0, 'women', 'quiet'),
  room('4', 3, 0, 'women'),
  room('5', 3, 1, 'mother-and-child'),
  room('6', 3, 1, 'mother-and-child', 'step-free'),
  room('7', 2, 0, 'men', 'step-free'),
  room('8', 1, 0, 'single', 'quiet'),
]

/** Says which rooms there are; each change stands on the version of the one before. */
export async function furnish(centre: Caller): Promise<void> {
  let { version } = rooms.parse(await centre.get('/v1/centre/rooms'))
  for (const { room: code, ...kept } of house)
    version = rooms.parse(await centre.post(`/v1/centre/rooms/${code}`, kept, version)).version
}
