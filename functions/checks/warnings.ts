import { refusal } from '../../schemas/api/problems.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { type SlotContent, sections } from '../../schemas/sections/sections.ts'
import { isIdnp } from './idnp.ts'

type Person = SlotContent<'identity', 'person'>
type Callback = SlotContent<'contacts', 'callback'>
type Family = SlotContent<'contacts', 'family'>
type Itinerary = SlotContent<'travel', 'itinerary'>
type Body = Readonly<Record<string, unknown>>

/** Commands whose body may hold what is checked. */
const checked: readonly CommandName[] = ['alert', 'file', 'amend', 'plan-travel', 'change-travel']

/**
 * Throws `check-failed`, naming the fields of an alert, a filing, an amendment or an itinerary that look wrong and that no
 * override of the section answers for. A warning never blocks: the officer, who has the paper in hand, may override it.
 */
export async function requireAnsweredWarnings(command: CommandName, body: Body): Promise<void> {
  const fields = checked.includes(command) ? await warningsIn(body) : []
  if (fields.length > 0) throw refusal('check-failed', { fields })
}

/** The fields that look wrong and are not answered for, by their path in the body of one person. */
async function warningsIn(body: Body): Promise<string[]> {
  const person = sections.identity.person.safeParse(body.identity)
  const callback = sections.contacts.callback.safeParse(body.contacts)
  const family = sections.contacts.family.safeParse(body.contacts)
  const journey = sections.travel.itinerary.safeParse(body.travel)
  return [
    ...(person.success ? unanswered(await warningsOfPerson(person.data), person.data) : []),
    ...(callback.success ? unanswered(await warningsOfCallback(callback.data), callback.data) : []),
    ...(family.success ? unanswered(await warningsOfFamily(family.data), family.data) : []),
    ...(journey.success ? unanswered(await warningsOfJourney(journey.data), journey.data) : []),
  ]
}

function unanswered(fields: readonly string[], { overrides = [] }: Pick<Person, 'overrides'>): string[] {
  return fields.filter((path) => !overrides.some(({ field }) => field === path))
}

// The packages are loaded when there is something to look at: every start would pay for them.

async function warningsOfPerson({ idnp, documents, birth }: Person): Promise<string[]> {
  const born = 'on' in birth ? birth.on : undefined
  const read = documents.some(({ mrz }) => mrz) ? (await import('./readable-zone.ts')).isZoneOf : undefined
  return [
    ...(idnp === undefined || isIdnp(idnp) ? [] : ['identity.idnp']),
    ...documents.flatMap(({ mrz, number }, index) =>
      mrz && !read?.(mrz, { number, born }) ? [`identity.documents.${index}.mrz`] : [],
    ),
  ]
}

const warningsOfCallback = ({ phone }: Callback) => warningsOfPhones([{ phone, field: 'contacts.phone' }])

const warningsOfFamily = ({ persons }: Family) =>
  warningsOfPhones(persons.map(({ phone }, index) => ({ phone, field: `contacts.persons.${index}.phone` })))

const warningsOfJourney = ({ legs }: Itinerary) =>
  warningsOfPhones(
    legs.map(({ companion }, index) => ({
      phone: companion?.phone,
      field: `travel.legs.${index}.companion.phone`,
    })),
  )

/** The fields whose phone numbers are none. */
async function warningsOfPhones(
  all: readonly { phone: string | undefined; field: string }[],
): Promise<string[]> {
  if (!all.some(({ phone }) => phone)) return []
  const { isPhone } = await import('./phone.ts')
  return all.flatMap(({ phone, field }) => (phone && !isPhone(phone) ? [field] : []))
}
