import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { contentIn, isTold, rowsIn, type Typed } from '../form/form-data.ts'
import { answered, isAssumed } from './assumed.ts'
import { fieldsOn, pageShape, personPath, personShape, type Topic, topics } from './topics.ts'

/** How far a page of a filing is: nobody looked differs from looked and something is missing. */
export const statuses = ['not-started', 'in-progress', 'needs-answer', 'completed'] as const
export type Status = (typeof statuses)[number]

/** How far each page of a person is, judged by the contract. */
export function progressOf(kind: string, typed: Typed, person: number): Map<Topic, Status> {
  const content = contentIn(personShape(kind), typed, personPath(person))
  const judged = bodyOf('file', kind).safeParse(content)
  const wrong = judged.success ? [] : judged.error.issues.map(({ path }) => path.map(String).join('.'))
  return new Map(
    topics.map((topic) => {
      const shape = pageShape(kind, topic)
      const fields = fieldsOn(shape)
      const assumed = isAssumed(typed, topic, person)
      const told =
        assumed || isTold(contentIn(shape, typed, personPath(person))) || wasSaved(typed, topic, person)
      const lacks = wrong.some((path) =>
        fields.some(
          (field) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
        ),
      )
      if (!told) return [topic, 'not-started'] as const
      if (lacks) return [topic, 'in-progress'] as const
      return [topic, assumed ? 'needs-answer' : 'completed'] as const
    }),
  )
}

/** That a page was saved: one of which nothing has to be told is done when somebody has looked at it. */
const savedName = (topic: Topic, person: number) => [...personPath(person), `_saved-${topic}`].join('.')

function wasSaved(typed: Typed, topic: Topic, person: number): boolean {
  return typed.has(savedName(topic, person))
}

/** What was typed with a page in place of what it held before; `saved`: somebody says so, and does not only look again. */
export function withPage(
  before: Typed,
  page: Typed,
  fields: readonly string[],
  person: number,
  topic: Topic,
  saved = true,
): Typed {
  const at = personPath(person).join('.')
  const isOfPage = (name: string) =>
    fields.some(
      (field) =>
        name === `${at}.${field}` ||
        name.startsWith(`${at}.${field}.`) ||
        name.startsWith(`checked:${at}.${field}`),
    )
  return new Map([
    ...[...(saved ? answered(before, topic, person) : before)].filter(([name]) => !isOfPage(name)),
    ...[...page].filter(([name]) => isOfPage(name)),
    ...(saved ? [[savedName(topic, person), ['1']] as const] : []),
  ])
}

/** How many persons a draft tells of; one that was just begun tells of one. */
export function personsIn(typed: Typed): number {
  return Math.max(1, rowsIn(typed, ['persons']))
}

/** What a draft keeps of what was typed, and back. */
export function keptOf(typed: Typed): Record<string, readonly string[]> {
  return Object.fromEntries(typed)
}

/** What was typed, from what a draft has kept; anything else in it is nothing that a page has typed. */
export function typedOf(content: Readonly<Record<string, unknown>>): Typed {
  return new Map(
    Object.entries(content).flatMap(([name, values]): [string, string[]][] =>
      Array.isArray(values) && values.every((value) => typeof value === 'string') ? [[name, values]] : [],
    ),
  )
}
