import * as z from 'zod/mini'
import { partyCode } from '../values/parties.ts'
import { day } from '../values/texts.ts'

/** Which days are worked: of the week (ISO, Monday is 1), and which are closed. */
export const calendar = z.strictObject({
  week: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1)),
  closed: z.array(day),
})
export type Calendar = z.infer<typeof calendar>

/** Posts whose week is not Monday to Friday, or that close on days of their host country; by code. */
export const postCalendars = z.record(partyCode, calendar)

export const officeWeek: Calendar['week'] = [1, 2, 3, 4, 5]

/** Public holidays of Moldova with a fixed day (Labour Code art. 111), `MM-DD`; those around Easter are reckoned. */
export const fixedHolidays = [
  '01-01',
  '01-07',
  '01-08',
  '03-08',
  '05-01',
  '05-09',
  '06-01',
  '08-27',
  '08-31',
  '12-25',
]

/** Days after Orthodox Easter that are closed: Sunday, Monday, and the Monday of the week after. */
export const easterHolidays = [0, 1, 8]
