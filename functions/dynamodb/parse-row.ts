import type * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'

/** What a row, or one attribute of it, says in the form of `schema`. Throws internal, naming the attribute. */
export function parseRow<T>(schema: z.ZodMiniType<T>, value: unknown, attribute: string): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw refusal('internal', { fields: [attribute] })
  return parsed.data
}
