import type * as z from 'zod/mini'
import type { Messages } from '../messages/messages.ts'
import { errorsOf } from './errors.ts'
import { contentIn, type FormDataMap } from './form-data.ts'
import type { FieldError } from './hidden-fields.tsx'
import { type Path, type Shape, shapeOf } from './shape.ts'

/** Names of fields that pages do not ask for: they follow from what an officer answers to a doubt. */
const notOnPages: readonly string[] = ['overrides']

/** What a page asks for to send a schema's content. */
export function formShape(schema: z.ZodMiniType): Shape {
  return without(shapeOf(schema))
}

function without(shape: Shape): Shape {
  if (shape.kind !== 'group') return shape
  const members = shape.members.filter(({ name }) => !notOnPages.includes(name))
  return { ...shape, members: members.map(({ name, shape: member }) => ({ name, shape: without(member) })) }
}

/** What was typed, judged by the contract: its content, or what is wrong with it. */
export function validate(
  messages: Messages,
  schema: z.ZodMiniType,
  formData: FormDataMap,
  path: Path = [],
): { content: unknown; errors: FieldError[] } {
  const shape = formShape(schema)
  const content = withOverrides(contentIn(shape, formData, path), formData, path)
  const parsed = schema.safeParse(content)
  return {
    content,
    errors: parsed.success ? [] : errorsOf(messages, { shape, content, at: path }, parsed.error.issues),
  }
}

/** The field in which an officer answers for another that looks wrong: "I checked it". */
export const overrideField = (field: string) => `checked:${field}`
export const overrideReasons = ['as-on-paper', 'as-reported', 'in-register', 'other'] as const

/** The content with what the officer answers for, each beside the section that it is of. */
function withOverrides(content: unknown, formData: FormDataMap, path: Path): unknown {
  const before = path.length > 0 ? `${path.join('.')}.` : ''
  const answers = [...formData].flatMap(([name, [reason]]) =>
    name.startsWith(overrideField(before)) && reason
      ? [{ field: name.slice(overrideField(before).length), reason }]
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
