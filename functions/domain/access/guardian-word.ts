import { refusal } from '../../../schemas/api/problems.ts'
import { mayRead, type SectionClass } from '../../../schemas/values/classes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { dayOf } from '../calendar/days.ts'
import type { Command } from '../command.ts'
import { isAdult } from './age.ts'
import { guardianSuspected } from './legal-basis.ts'
import type { Facts } from './opened-sections.ts'

/**
 * Where in a body a guardian speaks for the person, at any depth: `case.by` of a withdrawal, `case.basis.by` of a consent. One
 * look finds them all, so that no command which carries a guardian's word can go without the check.
 */
export function guardianWords(body: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(body)) return body.flatMap((item, index) => guardianWords(item, [...path, String(index)]))
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]) =>
    key === 'by' && value === 'guardian' ? [[...path, key].join('.')] : guardianWords(value, [...path, key]),
  )
}

/**
 * The classes that say whether a guardian may speak: whether he is under suspicion, and whether the person is of age. Whoever
 * does not read `safety` cannot know it, and carries no guardian's word; of the others each opens what its kind reads.
 */
export function classesOfGuardianWord({ by, body }: Pick<Command, 'by' | 'body'>): SectionClass[] {
  if (guardianWords(body).length === 0) return []
  const classes: SectionClass[] = ['safety', 'identity', 'protection']
  return classes.filter((cls) => cls === 'safety' || mayRead(kindOf(by.party), cls))
}

/**
 * Throws guardian-suspected where a guardian under suspicion speaks for the person, and bad-input where one speaks for a
 * person who is of age. An amended request repeats what was said at filing, which stands until the person is asked anew.
 */
export function requireTrustedGuardian(command: Pick<Command, 'name' | 'body' | 'at'>, facts: Facts): void {
  const repeats = command.name === 'amend' && facts.opened.some(({ section }) => section.slot === 'request')
  const words = repeats ? [] : guardianWords(command.body)
  if (words.length === 0) return
  // Of a consent the field is the basis, of which the guardian is a part.
  const fields = words.map((word) => (word === 'case.by' ? word : word.replace(/\.by$/, '')))
  if (guardianSuspected(facts)) throw refusal('guardian-suspected', { fields })
  if (isAdult(facts, dayOf(command.at))) throw refusal('bad-input', { fields: words })
}
