import type { DraftSealed } from '../../../schemas/api/drafts.ts'
import { country } from '../../../schemas/values/codes.ts'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import { codeOf } from '../messages/names.ts'
import { personsIn, progressOf } from './progress.ts'
import { personPath, topics } from './topics.ts'

/** What lists show of a draft: the initials that were typed, where the person is, how many persons, and how far it has come. */
export function draftLabel(kind: string, formData: FormDataMap): NonNullable<DraftSealed['label']> {
  const at = (...field: string[]) => fieldValue(formData, [...personPath(0), ...field].join('.'))
  const initials = initialsIn(formData, 0)
  const persons = personsIn(formData)
  const place = country.safeParse(codeOf('country', at('case', 'country'))).data
  return {
    ...(initials ? { initials } : {}),
    ...(place ? { country: place } : {}),
    persons,
    done: completeTopics(kind, formData, persons),
    topics: topics.length * persons,
  }
}

/** The initials of a person of a draft, as far as a name was typed. */
export function initialsIn(formData: FormDataMap, person: number): string | undefined {
  const at = (field: string) =>
    fieldValue(formData, [...personPath(person), 'identity', 'name', field].join('.'))
  const initials = [at('given'), at('family')].flatMap((name) => {
    const first = /\p{L}\p{M}*/u.exec(name)?.[0]
    return first ? [`${first.toUpperCase()}.`] : []
  })
  return initials.length > 0 ? initials.join(' ') : undefined
}

/** How many topics of all persons are complete. */
function completeTopics(kind: string, formData: FormDataMap, persons: number): number {
  const progress = Array.from({ length: persons }, (_, person) => [
    ...progressOf(kind, formData, person).values(),
  ])
  return progress.flat().filter((status) => status === 'completed').length
}
