import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { ageBandOf } from '../../../schemas/values/ages.ts'

type Person = SlotContent<'identity', 'person'>

/** The masked form of a person: initials, the last three of the IDNP, the age band. */
export function labelOf(person: Person, today: string): SlotContent<'label', 'label'> {
  const initials =
    person.name === 'not-known'
      ? '–'
      : [person.name.given, person.name.family].map((part) => `${[...part][0] ?? ''}.`).join(' ')
  return {
    initials,
    ...(person.idnp ? { idnpEnd: person.idnp.slice(-3) } : {}),
    ageBand: ageBandOf(person.birth, today),
  }
}
