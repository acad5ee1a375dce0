import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { ageBandOf } from '../../../schemas/values/ages.ts'

type Person = SlotContent<'identity', 'person'>

/** The masked form of a person: initials, the last three of the IDNP, the age band. */
export function labelOf(person: Person, today: string): SlotContent<'label', 'label'> {
  return {
    initials: initialsOf(person.name),
    ...(person.idnp ? { idnpEnd: person.idnp.slice(-3) } : {}),
    ageBand: ageBandOf(person.birth, today),
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
