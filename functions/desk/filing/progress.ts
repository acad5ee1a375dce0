import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { contentIn, type FormDataMap, hasContent, rowCount } from '../form/form-data.ts'
import { isAssumed, withoutAssumption } from './short-filing.ts'
import { fieldsOn, pageShape, personPath, personShape, type Topic, topics } from './topics.ts'

/** The status of a page of a filing. A page that nobody looked at differs from one with gaps. */
export const statuses = ['not-started', 'in-progress', 'needs-answer', 'completed'] as const
export type Status = (typeof statuses)[number]

/** The status of each page of a person, by the contract. */
export function progressOf(kind: string, all: FormDataMap, person: number): Map<Topic, Status> {
  const formData = dataOfPerson(all, person)
  const content = contentIn(personShape(kind), formData, personPath(person))
  const parsed = bodyOf('file', kind).safeParse(content)
  const invalidFields = parsed.success
    ? []
    : parsed.error.issues.map(({ path }) => path.map(String).join('.'))
  return new Map(
    topics.map((topic) => {
      const shape = pageShape(kind, topic)
      const fields = fieldsOn(shape)
      const assumed = isAssumed(formData, topic, person)
      const isStarted =
        assumed ||
        hasContent(contentIn(shape, formData, personPath(person))) ||
        isSaved(formData, topic, person)
      const lacks = invalidFields.some((path) =>
        fields.some(
          (field) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
        ),
      )
      if (!isStarted) return [topic, 'not-started'] as const
      if (lacks) return [topic, 'in-progress'] as const
      return [topic, assumed ? 'needs-answer' : 'completed'] as const
    }),
  )
}

/** What was typed about one person. A request has fifty, and each field looks through all that it is given. */
export function dataOfPerson(formData: FormDataMap, person: number): FormDataMap {
  const before = `${personPath(person).join('.')}.`
  return new Map(
    [...formData].filter(([name]) => name.startsWith(before) || name.startsWith(`checked:${before}`)),
  )
}

/** Marks a saved page. A page without required fields is complete when somebody has looked at it. */
const savedName = (topic: Topic, person: number) => [...personPath(person), `_saved-${topic}`].join('.')

/** Whether somebody has saved a page. */
export function isSaved(formData: FormDataMap, topic: Topic, person: number): boolean {
  return formData.has(savedName(topic, person))
}

/** The form data with a page's new values. `saved`: the user saves the page, and does not only see it again. */
export function withPage(
  before: FormDataMap,
  page: FormDataMap,
  fields: readonly string[],
  person: number,
  topic: Topic,
  saved = true,
): FormDataMap {
  const at = personPath(person).join('.')
  const isOfPage = (name: string) =>
    fields.some(
      (field) =>
        name === `${at}.${field}` ||
        name.startsWith(`${at}.${field}.`) ||
        name.startsWith(`checked:${at}.${field}`),
    )
  return new Map([
    ...[...(saved ? withoutAssumption(before, topic, person) : before)].filter(([name]) => !isOfPage(name)),
    ...[...page].filter(([name]) => isOfPage(name)),
    ...(saved ? [[savedName(topic, person), ['1']] as const] : []),
  ])
}

/** The number of persons in a draft. A new draft has one. */
export function personsIn(formData: FormDataMap): number {
  return Math.max(1, rowCount(formData, ['persons']))
}

/** The form data without a person. Those after move up, and a request always has one. */
export function withoutPerson(formData: FormDataMap, person: number): FormDataMap {
  return new Map(
    [...formData].flatMap(([name, values]): [string, readonly string[]][] => {
      const [, before = '', number = '', rest = ''] = /^((?:checked:)?persons\.)(\d+)(\..*)$/.exec(name) ?? []
      if (number === '') return [[name, values]]
      const index = Number(number)
      if (index === person) return []
      return [[`${before}${index > person ? index - 1 : index}${rest}`, values]]
    }),
  )
}

/** The content of a draft, from form data. */
export function draftContentOf(formData: FormDataMap): Record<string, readonly string[]> {
  return Object.fromEntries(formData)
}

/** Form data from the content of a draft. What no page can have written is left out. */
export function formDataOf(content: Readonly<Record<string, unknown>>): FormDataMap {
  return new Map(
    Object.entries(content).flatMap(([name, values]): [string, string[]][] =>
      Array.isArray(values) && values.every((value) => typeof value === 'string') ? [[name, values]] : [],
    ),
  )
}
