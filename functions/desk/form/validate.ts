import type * as z from 'zod/mini'
import type { Messages } from '../messages/messages.ts'
import type { FieldError } from './error-summary.tsx'
import { errorsOf } from './errors.ts'
import { contentIn, type FormDataMap } from './form-data.ts'
import { type Path, type Shape, shapeOf } from './shape.ts'

/** Fields that no page asks for: an officer's answer to a warning, and the age band, which follows from the birth. */
const notOnPages: readonly string[] = ['overrides', 'ageBand']

/** The form of a schema, as a page shows it. */
export function formShape(schema: z.ZodMiniType): Shape {
  return without(shapeOf(schema))
}

function without(shape: Shape): Shape {
  if (shape.kind === 'union')
    return {
      ...shape,
      options: shape.options.map((option) =>
        option.shape ? { ...option, shape: without(option.shape) } : option,
      ),
    }
  if (shape.kind !== 'group') return shape
  const members = shape.members.filter(({ name }) => !notOnPages.includes(name))
  return { ...shape, members: members.map(({ name, shape: member }) => ({ name, shape: without(member) })) }
}

/** What was checked: its content, or its errors. */
export type Validation<Content = unknown> =
  | { content: Content; errors: readonly FieldError[] }
  | { content?: undefined; errors: readonly FieldError[] }

/** Checks what was typed against the contract. The content is there even when it has errors. */
export function validate(
  messages: Messages,
  schema: z.ZodMiniType,
  formData: FormDataMap,
  path: Path = [],
): { content: unknown; errors: FieldError[] } {
  const shape = formShape(schema)
  const content = contentWithOverrides(schema, formData, path)
  const parsed = schema.safeParse(content)
  return {
    content,
    errors: parsed.success ? [] : errorsOf(messages, { shape, content, at: path }, parsed.error.issues),
  }
}

/** What was typed, with the officer's answers to warnings, as it would be sent. */
export function contentWithOverrides(schema: z.ZodMiniType, formData: FormDataMap, path: Path): unknown {
  return withOverrides(contentIn(formShape(schema), formData, path), formData, path)
}

/** The field with the officer's answer to a warning: "I checked it". */
export const overrideField = (field: string) => `checked:${field}`
export const overrideReasons = ['as-on-paper', 'as-reported', 'in-register', 'other'] as const

/** The content with the officer's answers to warnings, each in the section of its field. */
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
