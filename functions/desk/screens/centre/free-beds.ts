import type { Forecast } from '../../../../schemas/api/forecast.ts'
import { day as dayText } from '../../../../schemas/values/texts.ts'
import { contentIn, type FormDataMap, memberAt } from '../../form/form-data.ts'
import type { Shape } from '../../form/shape.ts'

type Booking = Pick<Forecast['placed'][number], 'room' | 'beds' | 'from' | 'until' | 'present'>
type RoomDays = Forecast['rooms'][number]['days']

/** The nights for which a place is wanted, the first and the last, and the place that the return has now. */
export interface Nights {
  from: string
  until: string
  own: Booking | undefined
}

/** The nights that stand in a form, as far as the forecast reaches; nothing where it cannot be said what is free. */
export function nightsIn(
  shape: Shape,
  formData: FormDataMap,
  { days }: Pick<Forecast, 'days'>,
  own: Booking | undefined,
): Nights | undefined {
  const content = contentIn(shape, formData, [])
  const [from, until] = ['from', 'until'].map(
    (field) => dayText.safeParse(memberAt(content, ['case', field])).data,
  )
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (!from || !until || !first || !last || from > until || from < first || until > last) return undefined
  return { from, until, own }
}

/** How many beds of a room are free on every one of the nights. The return's own place is given back with the new one. */
export function freeOn(days: RoomDays, { from, until, own }: Nights): number {
  const today = days[0]?.day ?? from
  const nights = days.filter(({ day }) => from <= day && day <= until)
  const free = nights.map(
    ({ day, beds }) => beds.free - beds.short + (own && takes(own, day, today) ? own.beds : 0),
  )
  return Math.max(0, Math.min(...free))
}

/** Whether a place takes its beds on a night. Somebody who stays beyond the planned day keeps hers. */
const takes = ({ from, until, present }: Booking, day: string, today: string) =>
  (from <= day || present) && (day <= until || (present && until < today))
