import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { contentIn, type FormDataMap, hasContent, rowCount } from '../form/form-data.ts'
import { isAssumed, withoutAssumption } from './short-filing.ts'
import { fieldsOn, pageShape, personPath, personShape, type Topic, topics } from './topics.ts'

/** How far a page of a filing is: nobody looked differs from looked and something is missing. */
export const statuses = ['not-started', 'in-progress', 'needs-answer', 'completed'] as const
export type Status = (typeof statuses)[number]

/** How far each page of a person is, judged by the contract. */
export function progressOf(kind: string, formData: FormDataMap, person: number): Map<Topic, Status> {
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
        wasSaved(formData, topic, person)
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

/** That a page was saved: one of which nothing has to be told is done when somebody has looked at it. */
const savedName = (topic: Topic, person: number) => [...personPath(person), `_saved-${topic}`].join('.')

function wasSaved(formData: FormDataMap, topic: Topic, person: number): boolean {
  return formData.has(savedName(topic, person))
}

/** What was typed with a page in place of what it held before; `saved`: somebody says so, and does not only look again. */
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

/** How many persons a draft tells of; one that was just begun tells of one. */
export function personsIn(formData: FormDataMap): number {
  return Math.max(1, rowCount(formData, ['persons']))
}

/** What a draft keeps of what was typed, and back. */
export function draftContentOf(formData: FormDataMap): Record<string, readonly string[]> {
  return Object.fromEntries(formData)
}

/** What was typed, from what a draft has kept; anything else in it is nothing that a page has typed. */
export function formDataOf(content: Readonly<Record<string, unknown>>): FormDataMap {
  return new Map(
    Object.entries(content).flatMap(([name, values]): [string, string[]][] =>
      Array.isArray(values) && values.every((value) => typeof value === 'string') ? [[name, values]] : [],
    ),
  )
}
