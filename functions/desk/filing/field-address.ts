import type { FieldError } from '../form/error-summary.tsx'
import { idOf } from '../form/errors.ts'
import type { Path } from '../form/shape.ts'
import { inOrder, pageShape, personPath, type Topic, topicOf, topics } from './topics.ts'

/** Where a field of a filing is asked: for which person, on which page, under which id. */
export interface FieldPlace {
  person: number
  topic: Topic
  id: string
}

/** The groups of the contract that have no frame on their page: their first field stands for them. */
const unframed: Readonly<Record<string, string>> = {
  'case.agreement': 'case.agreement.toReturn',
}

/**
 * Where a field is asked, by its path in what is sent, such as `persons.0.case.wishes.luggage`. Nothing where the path names
 * no person.
 */
export function placeOfField(path: Path): FieldPlace | undefined {
  const [persons, number = '', ...field] = path
  if (persons !== 'persons' || !/^\d+$/.test(number)) return undefined
  const person = Number(number)
  const own = field.length < 2 ? firstOf(field[0]) : field.join('.')
  const shown = hiddenBy(unframed[own] ?? own)
  return { person, topic: topicOf(own), id: idOf([...personPath(person), ...shown.split('.')]) }
}

/** The first field of a class that a page asks for, of whoever files. */
function firstOf(cls = ''): string {
  const kind = 'mission'
  const fields = topics.flatMap((topic) =>
    inOrder(kind, pageShape(kind, topic), topic).map(({ path }) => path.join('.')),
  )
  return fields.find((field) => field.startsWith(`${cls}.`)) ?? fields[0] ?? ''
}

/** The recipient of a basis is no question of the page: its basis is. */
const hiddenBy = (field: string) =>
  field.replace(/^(case\.agreement\.recipients\.\d+)\.recipient$/, '$1.basis')

/** The address of a place in a draft. */
export const addressOfPlace = (draft: string, { person, topic, id }: FieldPlace) =>
  `/desk/filing/${draft}/${person}/${topic}#${id}`

/** Errors of a whole filing, each with a link to the page and the field where it can be mended. */
export function linkedErrors(draft: string, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    const place = placeOfField(error.id.split('-'))
    return place ? { ...error, href: addressOfPlace(draft, place) } : error
  })
}
