import type * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'

/**
 * Where the following page of a list begins, as a caller sends it back: the keys of the last row that was answered, and
 * nothing that the caller has not just read. Every list of the API uses this.
 */
export function cursorOf(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place in a cursor, in the form that its list expects; undefined without a cursor. Throws bad-cursor. */
export function placeIn<T>(form: z.ZodMiniType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined
  const place = form.safeParse(parsed(cursor))
  if (!place.success) throw refusal('bad-cursor')
  return place.data
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
