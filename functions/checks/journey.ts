import type { SlotContent } from '../../schemas/sections/sections.ts'
import type { Finding } from '../../schemas/values/checks.ts'
import { dayIn, daysAfter, instantOf } from '../../schemas/values/clocks.ts'
import { type CheckInput, contentAt, type PartOf } from './check-input.ts'

type Leg = PartOf<SlotContent<'travel', 'itinerary'>['legs'][number]>
type Place = NonNullable<Leg['from']>

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Less than this between two legs is seldom enough. */
const shortConnectionMs = 30 * minuteMs
/** Longer than this a leg of its mode hardly takes. */
const longestLegMs = { air: 20 * hourMs, road: 72 * hourMs, rail: 96 * hourMs, sea: 240 * hourMs } as const
/** How long a journey that goes on may have begun before. */
const longestJourneyDays = 60
const farAheadDays = 183
/** Two clocks on earth differ by no more. */
const clocksDifferMs = 26 * hourMs

/** The instant of a local time at a place; nothing while one of them is not typed yet. */
const instantAt = (time: string | undefined, place: PartOf<Place> | undefined) =>
  time && place?.zone ? instantOf(time, place.zone) : undefined

const departure = (leg: Leg | undefined) => instantAt(leg?.departs, leg?.from)
const arrival = (leg: Leg | undefined) => instantAt(leg?.arrives, leg?.to)

/** Whether `later` is before `earlier`, as far as both are known. */
const isBefore = (later: number | undefined, earlier: number | undefined) =>
  later !== undefined && earlier !== undefined && later < earlier

const plain = (name: string | undefined) => name?.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase()
const isSamePlace = (first: PartOf<Place> | undefined, second: PartOf<Place> | undefined) =>
  first?.country === second?.country && plain(first?.name) === plain(second?.name)

/** Each leg in itself: it arrives after it departs, in a time that its mode takes. */
function legItself(leg: Leg, at: string): Finding[] {
  const [departs, arrives] = [departure(leg), arrival(leg)]
  if (departs === undefined || arrives === undefined) return []
  if (arrives <= departs)
    return [{ check: 'arrives-before-it-departs', fields: [`${at}.arrives`, `${at}.departs`] }]
  return leg.mode && arrives - departs > longestLegMs[leg.mode]
    ? [{ check: 'long-leg', fields: [`${at}.arrives`, `${at}.departs`] }]
    : []
}

/** A leg and the one before it: it departs after the other arrived, with time to change, where the other ended. */
function legAfter(before: Leg, leg: Leg, at: string, atBefore: string): Finding[] {
  const [arrived, departs] = [arrival(before), departure(leg)]
  const fields = [`${at}.departs`, `${atBefore}.arrives`]
  const elsewhere =
    before.to?.name && leg.from?.name && !isSamePlace(before.to, leg.from)
      ? [{ check: 'departs-elsewhere' as const, fields: [`${at}.from.name`, `${atBefore}.to.name`] }]
      : []
  if (isBefore(departs, arrived))
    return [{ check: 'departs-before-the-leg-before-arrives', fields }, ...elsewhere]
  const isShort = departs !== undefined && arrived !== undefined && departs - arrived < shortConnectionMs
  return [...(isShort ? [{ check: 'short-connection' as const, fields }] : []), ...elsewhere]
}

/** The legs of an itinerary, each in itself and after the one before. */
export function legsInOrder({ contents }: CheckInput): Finding[] {
  const legs = contentAt(contents, 'travel', 'itinerary')?.legs ?? []
  return legs.flatMap((leg, index) => {
    const [at, atBefore] = [`travel.legs.${index}`, `travel.legs.${index - 1}`]
    const before = legs[index - 1]
    return leg ? [...legItself(leg, at), ...(before ? legAfter(before, leg, at, atBefore) : [])] : []
  })
}

/** Where an itinerary leads, and from where. */
export function journeyHome({ contents }: CheckInput): Finding[] {
  const itinerary = contentAt(contents, 'travel', 'itinerary')
  const legs = itinerary?.legs ?? []
  const [first, last] = [legs[0], legs.at(-1)]
  const entering = legs.find((leg) => leg?.to?.country === 'MD' && leg.from?.country !== 'MD')
  const end = `travel.legs.${legs.length - 1}.to.country`
  const byAir = itinerary?.arrivesAt === 'RMO'
  const point = itinerary?.arrivesAt
  const isOtherWay =
    entering?.mode !== undefined &&
    point !== undefined &&
    point !== 'other' &&
    (entering.mode === 'air') !== byAir
  return [
    ...(last?.to?.country && last.to.country !== 'MD'
      ? [{ check: 'never-reaches-moldova' as const, fields: [end] }]
      : []),
    ...(first?.from?.country === 'MD'
      ? [{ check: 'begins-in-moldova' as const, fields: ['travel.legs.0.from.country'] }]
      : []),
    ...(isOtherWay ? [{ check: 'point-of-another-way' as const, fields: ['travel.arrivesAt'] }] : []),
  ]
}

/**
 * When a journey begins and ends. One that is over may be written down late, so it is asked; after two months nobody plans
 * it any more.
 */
export function journeyToCome({ contents, now, travelling }: CheckInput): Finding[] {
  const legs = contentAt(contents, 'travel', 'itinerary')?.legs ?? []
  const [first, last] = [legs[0], legs.at(-1)]
  if (!first?.departs || !last?.arrives) return []
  const todayAt = (place: PartOf<Place> | undefined) => dayIn(now, place?.zone ?? 'America/Los_Angeles')
  const [leaves, arrives] = [first.departs.slice(0, 10), last.arrives.slice(0, 10)]
  const fields = ['travel.legs.0.departs']
  const today = todayAt(first.from)
  if (leaves < daysAfter(today, -longestJourneyDays)) return [{ check: 'in-the-past', fields }]
  if ((leaves < today && !travelling) || arrives < todayAt(last.to))
    return [{ check: 'already-over', fields }]
  return leaves > daysAfter(today, farAheadDays) ? [{ check: 'far-ahead', fields }] : []
}

/** Legs that are named by their number, where the itinerary is known. */
export function legsThatAreThere({ contents, before }: CheckInput): Finding[] {
  const legs = contentAt(before, 'travel', 'itinerary')?.legs
  if (!legs) return []
  const bookings = contentAt(contents, 'travel', 'bookings')?.bookings ?? []
  const named: readonly (readonly [number | undefined, string])[] = [
    ...bookings.map((booking, index) => [booking?.leg, `travel.bookings.${index}.leg`] as const),
    [contentAt(contents, 'travel', 'departure')?.leg, 'travel.leg'],
    [contentAt(contents, 'travel', 'leg')?.leg, 'travel.leg'],
  ]
  return named.flatMap(([leg, field]) =>
    leg !== undefined && leg >= legs.length ? [{ check: 'no-such-leg' as const, fields: [field] }] : [],
  )
}

/** The new times of a leg, on the clocks of its places where the itinerary is known. */
export function newTimesOfLeg({ contents, before }: CheckInput): Finding[] {
  const report = contentAt(contents, 'travel', 'leg')
  if (!report) return []
  const planned =
    report.leg === undefined ? undefined : contentAt(before, 'travel', 'itinerary')?.legs?.[report.leg]
  const fields = ['travel.arrives', 'travel.departs']
  if (planned) {
    const departs = instantAt(report.departs ?? planned.departs, planned.from)
    const arrives = instantAt(report.arrives ?? planned.arrives, planned.to)
    // A new departure is known before the new arrival: one alone is compared with nothing.
    const isWrong = report.departs && report.arrives && isBefore(arrives, departs)
    return isWrong ? [{ check: 'arrives-before-it-departs', fields }] : []
  }
  if (!report.departs || !report.arrives) return []
  const between = Date.parse(`${report.arrives}Z`) - Date.parse(`${report.departs}Z`)
  return between < -clocksDifferMs ? [{ check: 'arrives-before-it-departs', fields }] : []
}
