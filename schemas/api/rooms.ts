import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { partyId } from '../values/parties.ts'
import { day, instant, roomCode, sha256 } from '../values/texts.ts'

const count = z.int().check(z.minimum(0))
const few = z.int().check(z.minimum(0), z.maximum(60))

/** Whom a room is for, and what it offers. */
export const roomTag = z.enum([
  'women',
  'men',
  'mother-and-child',
  'step-free',
  'quiet',
  'single',
  'isolation',
])

/** Beds and cots that nobody can have, on both days and between. */
const blocked = z
  .strictObject({
    beds: few,
    cots: few,
    reason: z.enum(['repair', 'illness', 'cleaning', 'staff', 'safety', 'other']),
    from: day,
    until: day,
  })
  .check(z.refine(({ from, until }) => from <= until, { path: ['until'], error: 'until-before-from' }))

const kept = {
  beds: few,
  cots: few,
  tags: z.array(roomTag).check(z.refine((all) => new Set(all).size === all.length, 'said-twice')),
  blocked: z.array(blocked).check(z.maxLength(12)),
}

/** `POST …/rooms/{room}`: how the room is from now on, whole; one without beds and cots is closed. */
export const roomChange = z.strictObject(kept)
export const room = z.strictObject({ room: roomCode, ...kept })
export type Room = z.infer<typeof room>

/** So many rooms fit into one record, blocked beds and all. */
export const mostRooms = 40

const centreRooms = { centre: partyId, version: count, rooms: z.array(room).check(z.maxLength(mostRooms)) }

/** All rooms of a centre; `version` counts its changes, and is 0 where it keeps none yet. */
export const rooms = z.strictObject(centreRooms)

/**
 * A change as it is stored: the centre's rooms as they all are from then on. Its hash is
 * SHA-256("acasa/rooms/v1\n" ‖ RFC 8785 bytes); the next one names it as `prev`.
 */
export const roomsRecord = z.strictObject({
  prev: sha256,
  at: instant,
  by: author,
  changed: roomCode,
  ...centreRooms,
})
export type RoomsRecord = z.infer<typeof roomsRecord>

/** A page of a centre's changes, in order; each with its hash. */
export const roomChanges = z.strictObject({
  changes: z.array(z.extend(roomsRecord, { hash: sha256 })),
  next: z.optional(z.string()),
})

/** What a deployment has settled for a centre. */
export const centreSettings = z.strictObject({
  /** Whether there are only as many cots as the rooms have, or one more can be set up anywhere. */
  cotsCount: z.boolean(),
  /** How long somebody stays, in days, where nothing else is said. */
  stayDays: z.int().check(z.minimum(1), z.maximum(366)),
})
export type CentreConfig = z.infer<typeof centreSettings>

/** The same of each centre, by its id. */
export const centreConfig = z.record(partyId, centreSettings)

/** Other rooms on the same days, the next days, and other centres to ask: nobody sees into another's rooms. */
export const choices = z.strictObject({
  rooms: z.array(roomCode),
  days: z.array(z.strictObject({ room: roomCode, from: day })),
  centres: z.array(partyId),
})

export type Choices = z.infer<typeof choices>
