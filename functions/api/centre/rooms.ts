import type * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'
import { mostRooms, roomChange, type roomChanges, type rooms } from '../../../schemas/api/rooms.ts'
import { roomCode } from '../../../schemas/values/texts.ts'
import { advanceOccupancy, readPlaces } from '../../exchange/places.ts'
import { appendRooms, readRoomChanges, readRooms } from '../../trail/rooms.ts'
import { firstRecord, type HttpAnswer, json, readBody, requiredVersion } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'

/** Changes on a page: at their largest, half of what one query reads (1 MB). */
const pageSize = 15
/** Attempts at a change; somebody may book a bed first. */
const maxAttempts = 5

/** `GET /v1/centre/rooms`: the rooms of the caller's centre, as they are. */
export async function listRooms({ session }: ApiRequest): Promise<HttpAnswer> {
  const { party: centre } = session.by
  const current = await readRooms(session.db, tableName('rooms'), centre)
  const answer: z.infer<typeof rooms> = {
    centre,
    version: current?.version ?? 0,
    rooms: current?.rooms ?? [],
  }
  return json(200, answer, answer.version)
}

/**
 * `POST /v1/centre/rooms/{room}`: how a room is from now on, on the version of all rooms in `If-Match`. A broken bed is a
 * fact, even if somebody was to sleep in it: the forecast shows what is short.
 */
export async function changeRoom({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const expected = requiredVersion(event)
  const code = roomCode.safeParse(event.pathParameters?.room)
  if (!code.success) throw refusal('not-found')
  const { content } = readBody(event, roomChange)
  const { party: centre } = session.by
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [current, places] = await Promise.all([
      readRooms(session.db, tableName('rooms'), centre),
      readPlaces(session.db, tableName('places'), centre),
    ])
    const version = current?.version ?? 0
    if (version !== expected) throw refusal(attempt === 1 ? 'version-stale' : 'version-lost', { version })
    const others = current?.rooms.filter(({ room }) => room !== code.data) ?? []
    const all = [...others, { room: code.data, ...content }].sort((left, right) =>
      left.room < right.room ? -1 : 1,
    )
    if (all.length > mostRooms) throw refusal('bad-input', { fields: ['room'] })
    const made = { centre, rooms: all, changed: code.data, at: new Date().toISOString(), by: session.by }
    // A bed is booked in the rooms as they are: of a booking and a change one comes first, and the other reads again.
    const advanced = advanceOccupancy(tableName('places'), centre, places.version)
    if (await appendRooms(session.db, tableName('rooms'), current, made, [advanced])) {
      const answer: z.infer<typeof rooms> = { centre, version: version + 1, rooms: all }
      return json(200, answer, answer.version)
    }
  }
  throw refusal('busy')
}

/** `GET /v1/centre/rooms/changes`: who changed which room, when and how, in order, a page at a time. */
export async function listRoomChanges({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const version = firstRecord(event)
  // One more than a page has: a page that is the last leads to none.
  const found = await readRoomChanges(session.db, tableName('rooms'), session.by.party, version, pageSize + 1)
  const answer: z.infer<typeof roomChanges> = {
    changes: found.slice(0, pageSize),
    ...(found.length > pageSize ? { next: String(version + pageSize) } : {}),
  }
  return json(200, answer)
}
