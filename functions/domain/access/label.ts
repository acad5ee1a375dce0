import type * as z from 'zod/mini'
import type { answeredLabel } from '../../../schemas/api/answers.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { ageBandOf } from '../../../schemas/values/ages.ts'
import { type Facts, formed, latest, sectionsInOrder } from './opened-sections.ts'

export type Label = z.infer<typeof answeredLabel>

type Person = SlotContent<'identity', 'person'>

/** The label that a list shows, from the opened sections of its class: the person, and the newest word on the journey. */
export function shownLabel(facts: Facts): Label | undefined {
  const label = latest(facts, 'label', 'label')
  const journey = sectionsInOrder(facts, 'label').map(({ section: { slot }, content }) =>
    slot === 'journey' || slot === 'way' ? journeyShown(formed('label', slot, content)) : {},
  )
  return label && Object.assign({ ...label }, ...journey)
}

function journeyShown(
  content: SlotContent<'label', 'journey'> | SlotContent<'label', 'way'>,
): Partial<Label> {
  if ('newDay' in content) return content.arrivesOn ? { arrives: content.arrivesOn } : {}
  const { country, arrivesAt: to, leavesOn: leaves, arrivesOn: arrives, persons } = content
  return { country, to, leaves, arrives, ...(persons ? { persons } : {}) }
}

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
