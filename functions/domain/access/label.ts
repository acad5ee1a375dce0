import type * as z from 'zod/mini'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import type { ageBand } from '../../../schemas/values/codes.ts'
import { daysAfter, yearsBetween } from '../calendar/days.ts'

type Person = SlotContent<'identity', 'person'>
type AgeBand = z.infer<typeof ageBand>

const bands: readonly [upTo: number, band: AgeBand][] = [
  [5, '0-5'],
  [11, '6-11'],
  [15, '12-15'],
  [17, '16-17'],
  [24, '18-24'],
  [34, '25-34'],
  [49, '35-49'],
  [64, '50-64'],
]

function bandOf(years: number): AgeBand {
  return bands.find(([upTo]) => years <= upTo)?.[1] ?? '65+'
}

/** The possible age bands on a day: two where only the year of birth is known and the birthday may be still to come. */
export function ageBandsOf(birth: Person['birth'], today: string): AgeBand[] {
  if ('on' in birth) return [bandOf(yearsBetween(birth.on, today))]
  if ('aged' in birth) return [bandOf(birth.aged)]
  const years = Number(today.slice(0, 4)) - birth.year
  return [...new Set([bandOf(years - 1), bandOf(years)])]
}

/** Whether a birth is possible by a UTC day, wherever on earth the person was born. */
export function bornBy(birth: Person['birth'], today: string): boolean {
  if ('on' in birth) return birth.on <= daysAfter(today, 1)
  return 'aged' in birth || birth.year <= Number(today.slice(0, 4))
}

/** The masked form of a person: initials, the last three of the IDNP, the age band. */
export function labelOf(person: Person, today: string): SlotContent<'label', 'label'> {
  return {
    initials: initialsOf(person.name),
    ...(person.idnp ? { idnpEnd: person.idnp.slice(-3) } : {}),
    ageBand: ageBandsOf(person.birth, today)[0] ?? 'not-known',
  }
}

/** The first letters of the given and the family name, as far as they are known; a dash where none is. */
function initialsOf(name: Person['name']): string {
  if (typeof name === 'string') return '–'
  return [name.given, name.family].flatMap((part) => firstLetter(part) ?? []).join(' ') || '–'
}

function firstLetter(part = ''): string | undefined {
  const letter = /\p{L}\p{M}*/u.exec(part)?.[0]
  return letter && `${letter}.`
}
