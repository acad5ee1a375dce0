import type { CommandName } from '../../schemas/commands.ts'
import { refusal } from '../../schemas/problems.ts'
import { type Content, sections } from '../../schemas/sections.ts'
import { isIdnp } from './idnp.ts'

type Person = Content<'identity', 'person'>
type Family = Content<'contacts', 'family'>
type Body = Readonly<Record<string, unknown>>

/** Commands whose body may hold what is checked. */
const checked: readonly CommandName[] = ['file', 'amend']

/**
 * Throws `check-failed`, naming the fields of a filing or an amendment that look wrong and that no override of the
 * section with them answers for. A doubt is never a block: the officer has the paper in hand, and says so.
 */
export async function answerDoubts(command: CommandName, body: Body): Promise<void> {
  const fields = checked.includes(command) ? await doubtsIn(body) : []
  if (fields.length > 0) throw refusal('check-failed', { fields })
}

/** The fields that look wrong and are not answered for, by their path in the body of one person. */
async function doubtsIn(body: Body): Promise<string[]> {
  const person = sections.identity.person.safeParse(body.identity)
  const family = sections.contacts.family.safeParse(body.contacts)
  return [
    ...(person.success ? unanswered(await doubtsOfPerson(person.data), person.data) : []),
    ...(family.success ? unanswered(await doubtsOfFamily(family.data), family.data) : []),
  ]
}

function unanswered(fields: readonly string[], { overrides = [] }: Pick<Person, 'overrides'>): string[] {
  return fields.filter((one) => !overrides.some(({ field }) => field === one))
}

async function doubtsOfPerson({ idnp, documents, birth }: Person): Promise<string[]> {
  const zones = await Promise.all(
    documents.map(({ mrz, number }) => mrz === undefined || isZoneOf(mrz, number, birth)),
  )
  return [
    ...(idnp === undefined || isIdnp(idnp) ? [] : ['identity.idnp']),
    ...zones.flatMap((holds, index) => (holds ? [] : [`identity.documents.${index}.mrz`])),
  ]
}

async function doubtsOfFamily({ persons }: Family): Promise<string[]> {
  const phones = await Promise.all(persons.map(({ phone }) => phone === undefined || isPhone(phone)))
  return phones.flatMap((possible, index) => (possible ? [] : [`contacts.persons.${index}.phone`]))
}

// Both packages are loaded when there is something to look at: every start would pay for them.

/** Of a length that its country has: patterns of numbers change faster than lists of them. */
async function isPhone(phone: string): Promise<boolean> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  return parsePhoneNumberFromString(phone)?.isPossible() ?? false
}

/** Whether a machine-readable zone (ICAO 9303) holds together, and is that of this number and this birth. */
async function isZoneOf(lines: readonly string[], number: string, birth: Person['birth']): Promise<boolean> {
  const { parse } = await import('mrz')
  try {
    const { valid, documentNumber, fields } = parse([...lines])
    const born = 'on' in birth ? birth.on.slice(2).replaceAll('-', '') : fields.birthDate
    return valid && documentNumber === bare(number) && fields.birthDate === born
  } catch {
    // Lines of no form that the standard knows.
    return false
  }
}

/** A number as a zone writes it: without spaces and signs. */
const bare = (number: string) => number.toUpperCase().replace(/[^A-Z0-9]/g, '')
