import * as z from 'zod/mini'
import { sections } from '../sections/sections.ts'
import { day, returnId } from '../values/texts.ts'
import { answeredLabel, reference } from './answers.ts'
import { choices, room } from './rooms.ts'

const count = z.int().check(z.minimum(0))

/** `short`: taken and blocked beyond what there is. */
const use = z.strictObject({
  all: count,
  occupied: count,
  held: count,
  blocked: count,
  free: count,
  short: count,
})
export type Use = z.infer<typeof use>

const uses = z.array(z.strictObject({ day, beds: use, cots: use }))

/** Which return, as lists show it. */
const line = { ret: returnId, reference, label: z.optional(answeredLabel) }
/** Of who is to come without a place: the days, and the beds for her and the children who travel along. */
const expected = { ...line, arrivesOn: day, beds: count }

/** `GET …/forecast?days=`: what is free on each coming day, in the house and in each room; who is to come, and who is there. */
export const forecast = z.strictObject({
  days: uses,
  /** How long somebody stays, where nothing else is said. */
  stayDays: count,
  rooms: z.array(z.strictObject({ ...room.shape, days: uses })),
  /** Who has a place: who sleeps there, and who is to come, with the day if one is planned. */
  placed: z.array(
    z.strictObject({
      ...line,
      ...sections.case.place.shape,
      present: z.boolean(),
      arrivesOn: z.optional(day),
    }),
  ),
  /** Who has no place yet and would find one in this room, in the order in which they come. */
  fitting: z.array(z.strictObject({ ...expected, room: room.shape.room })),
  /** Whom no room has a place for. */
  unfitting: z.array(z.strictObject({ ...expected, choices })),
})
export type Forecast = z.infer<typeof forecast>

export const forecastDays = z.string().check(z.regex(/^([1-9]|[1-5]\d|60)$/))
