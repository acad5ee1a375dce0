import * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'
import { mostRooms, roomChange, type roomChanges, type rooms } from '../../../schemas/api/rooms.ts'
import { roomCode } from '../../../schemas/values/texts.ts'
import { advanceOccupancy, readPlaces } from '../../exchange/places.ts'
import { appendHouse, readHouse, readHouses } from '../../trail/rooms.ts'
import { bodyOf, expectedVersion, type HttpAnswer, type HttpEvent, json } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'

/** Changes on a page: at their largest, half of what one query reads (1 MB). */
const pageSize = 15
/** How often a change is tried again when somebody took a place first. */
const maxAttempts = 5

/** `GET /v1/centre/rooms`: the rooms of the caller's centre, as they are. */
export async function listRooms(session: Session): Promise<HttpAnswer> {
  const { party: centre } = session.by
  const house = await readHouse(session.db, table('rooms'), centre)
  const answer: z.infer<typeof rooms> = {
    centre,
    version: house?.version ?? 0,
    rooms: house?.rooms ?? [],
  }
  return json(200, answer, answer.version)
}

/**
 * `POST /v1/centre/rooms/{room}`: how a room is from now on, on the version of all rooms in `If-Match`. That a bed is
 * broken is a fact, whoever was to sleep in it: the forecast tells what is short.
 */
export async function changeRoom(session: Session, event: HttpEvent): Promise<HttpAnswer> {
  const expected = expectedVersion(event)
  if (expected === undefined) throw refusal('bad-header', { fields: ['If-Match'] })
  const code = roomCode.safeParse(event.pathParameters?.room)
  if (!code.success) throw refusal('not-found')
  const { content } = bodyOf(event, roomChange)
  const { party: centre } = session.by
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [house, { version: page }] = await Promise.all([
      readHouse(session.db, table('rooms'), centre),
      readPlaces(session.db, table('places'), centre),
    ])
    const version = house?.version ?? 0
    if (version !== expected) throw refusal(attempt === 1 ? 'version-stale' : 'version-lost', { version })
    const others = house?.rooms.filter(({ room }) => room !== code.data) ?? []
    const all = [...others, { room: code.data, ...content }].sort((one, other) =>
      one.room < other.room ? -1 : 1,
    )
    if (all.length > mostRooms) throw refusal('bad-input', { fields: ['room'] })
    const made = { centre, rooms: all, changed: code.data, at: new Date().toISOString(), by: session.by }
    // Whoever takes a place takes it of the rooms as they are: either comes first, and the other looks again.
    if (
      await appendHouse(session.db, table('rooms'), house, made, [
        advanceOccupancy(table('places'), centre, page),
      ])
    ) {
      const answer: z.infer<typeof rooms> = { centre, version: version + 1, rooms: all }
      return json(200, answer, answer.version)
    }
  }
  throw refusal('busy')
}

/** `GET /v1/centre/rooms/changes`: who changed which room, when and how, in order, a page at a time. */
export async function listRoomChanges(session: Session, from: string | undefined): Promise<HttpAnswer> {
  const first = z
    .string()
    .check(z.regex(/^[1-9]\d{0,8}$/))
    .safeParse(from ?? '1')
  if (!first.success) throw refusal('bad-cursor')
  const version = Number(first.data)
  const found = await readHouses(session.db, table('rooms'), session.by.party, version, pageSize)
  const answer: z.infer<typeof roomChanges> = {
    changes: found,
    ...(found.length === pageSize ? { next: String(version + pageSize) } : {}),
  }
  return json(200, answer)
}
