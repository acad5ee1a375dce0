import * as z from 'zod/mini'
import { arrivalPoint, country } from '../values/codes.ts'
import { localTime, name, paperNumber, phone, placeName, text, zone } from '../values/texts.ts'
import { legNumber, listOf, overrides, remarks, report } from './parts.ts'

/** Moldova has one time zone, so places there always name it; then legs that end there can be compared. */
const place = z.strictObject({ name: placeName(), country, zone }).check(
  z.refine(({ country, zone }) => country !== 'MD' || zone === 'Europe/Chisinau', {
    path: ['zone'],
    error: 'moldovan-zone',
  }),
)

const leg = z.strictObject({
  mode: z.enum(['air', 'road', 'rail', 'sea']),
  from: place,
  to: place,
  departs: localTime,
  arrives: localTime,
  carrier: z.optional(paperNumber),
  meetingPoint: z.optional(text(200)),
  companion: z.optional(
    z.strictObject({
      kind: z.enum(['social', 'medical', 'operational', 'parent']),
      name: name(),
      phone: z.optional(phone),
    }),
  ),
})

export const travelSlots = {
  report,
  itinerary: z.strictObject({
    legs: listOf(leg, 12).check(z.minLength(1)),
    arrivesAt: arrivalPoint,
    transitHelp: z.optional(text(500)),
    overrides,
  }),
  bookings: z.strictObject({
    bookings: listOf(z.strictObject({ leg: legNumber, reference: paperNumber }), 12).check(z.minLength(1)),
  }),
  /** What borders ask when the person leaves and passes through. */
  exit: z.strictObject({
    exitPapers: z.enum(['in-hand', 'not-needed', 'missing']),
    fine: z.enum(['none', 'paid', 'open']),
    ban: z.enum(['none', 'lifted', 'in-force']),
    transit: z.enum(['allowed', 'not-needed', 'missing']),
  }),
  departure: z.strictObject({ leg: legNumber, seenOff: z.boolean(), remarks }),
  /** A leg that differs from the plan; its new times are local times, as in the itinerary. */
  leg: z.strictObject({
    leg: legNumber,
    departs: z.optional(localTime),
    arrives: z.optional(localTime),
    carrier: z.optional(paperNumber),
    reference: z.optional(paperNumber),
    remarks,
  }),
} as const
