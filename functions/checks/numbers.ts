import type { Finding } from '../../schemas/values/checks.ts'
import { type CheckInput, contentAt } from './check-input.ts'
import { isIdnp } from './idnp.ts'

/** An IDNP whose check digit fails. */
export function wrongIdnp({ contents }: CheckInput): Finding[] {
  const idnp = contentAt(contents, 'identity', 'person')?.idnp
  return idnp === undefined || isIdnp(idnp) ? [] : [{ check: 'wrong-idnp', fields: ['identity.idnp'] }]
}

// The packages are loaded when there is something to look at: every start would pay for them.

/** Machine-readable zones that do not hold together, or are of another number or birth. */
export async function wrongZones({ contents }: CheckInput): Promise<Finding[]> {
  const { birth, documents = [] } = contentAt(contents, 'identity', 'person') ?? {}
  if (!documents.some((document) => document?.mrz)) return []
  const { isZoneOf } = await import('./readable-zone.ts')
  const born = birth && 'on' in birth ? birth.on : undefined
  return documents.flatMap((document, index): Finding[] => {
    const { mrz, number } = document ?? {}
    if (!mrz || number === undefined) return []
    const lines = mrz.flatMap((line) => line ?? [])
    return isZoneOf(lines, { number, born })
      ? []
      : [{ check: 'wrong-zone', fields: [`identity.documents.${index}.mrz`] }]
  })
}

/** Phone numbers that are none. */
export async function wrongPhones({ contents }: CheckInput): Promise<Finding[]> {
  const family = contentAt(contents, 'contacts', 'family')?.persons ?? []
  const legs = contentAt(contents, 'travel', 'itinerary')?.legs ?? []
  const all = [
    { phone: contentAt(contents, 'contacts', 'callback')?.phone, field: 'contacts.phone' },
    ...family.map((person, index) => ({ phone: person?.phone, field: `contacts.persons.${index}.phone` })),
    ...legs.map((leg, index) => ({
      phone: leg?.companion?.phone,
      field: `travel.legs.${index}.companion.phone`,
    })),
  ].flatMap(({ phone, field }) => (phone ? [{ phone, field }] : []))
  if (all.length === 0) return []
  const { isPhone } = await import('./phone.ts')
  return all.flatMap(({ phone, field }): Finding[] =>
    isPhone(phone) ? [] : [{ check: 'wrong-phone', fields: [field] }],
  )
}
