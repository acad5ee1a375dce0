import type * as z from 'zod/mini'
import type { Words } from '../messages/messages.ts'
import { wrongsOf } from './errors.ts'
import { contentIn, type Typed } from './form-data.ts'
import type { Wrong } from './sending.tsx'
import { type Path, type Shape, shapeOf } from './shape.ts'

/** Names of fields that pages do not ask for: they follow from what an officer answers to a doubt. */
const unasked: readonly string[] = ['overrides']

/** What a page asks for to send a schema's content. */
export function askedBy(schema: z.ZodMiniType): Shape {
  return without(shapeOf(schema))
}

function without(shape: Shape): Shape {
  if (shape.kind !== 'group') return shape
  const members = shape.members.filter(({ name }) => !unasked.includes(name))
  return { ...shape, members: members.map(({ name, shape: member }) => ({ name, shape: without(member) })) }
}

/** What was typed, judged by the contract: its content, or what is wrong with it. */
export function judge(
  words: Words,
  schema: z.ZodMiniType,
  typed: Typed,
  path: Path = [],
): { content: unknown; wrongs: Wrong[] } {
  const shape = askedBy(schema)
  const content = withAnswers(contentIn(shape, typed, path), typed, path)
  const parsed = schema.safeParse(content)
  return {
    content,
    wrongs: parsed.success ? [] : wrongsOf(words, { shape, content, at: path }, parsed.error.issues),
  }
}

/** The field in which an officer answers for another that looks wrong: "I checked it". */
export const answerField = (field: string) => `checked:${field}`
export const checkedReasons = ['as-on-paper', 'as-reported', 'in-register', 'other'] as const

/** The content with what the officer answers for, each beside the section that it is of. */
function withAnswers(content: unknown, typed: Typed, path: Path): unknown {
  const before = path.length > 0 ? `${path.join('.')}.` : ''
  const answers = [...typed].flatMap(([name, [reason]]) =>
    name.startsWith(answerField(before)) && reason
      ? [{ field: name.slice(answerField(before).length), reason }]
      : [],
  )
  if (answers.length === 0 || typeof content !== 'object' || content === null) return content
  return Object.fromEntries(
    Object.entries(content).map(([cls, section]: [string, unknown]) => {
      const overrides = answers.filter(({ field }) => field.startsWith(`${cls}.`))
      return [cls, overrides.length > 0 && typeof section === 'object' ? { ...section, overrides } : section]
    }),
  )
}
