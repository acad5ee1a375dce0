import type * as z from 'zod/mini'
import type { Finding } from '../../../schemas/values/checks.ts'
import type { Messages, TextKey } from '../messages/messages.ts'
import type { FieldError } from './error-summary.tsx'
import type { Path, Shape } from './shape.ts'

/** The id of a field on its page. */
export function idOf(path: Path): string {
  return path.join('-')
}

/** The errors of a content, each with its field and a text that names the cure. */
export function errorsOf(
  messages: Messages,
  { shape, content, at = [] }: Validated,
  issues: readonly Issue[],
): FieldError[] {
  const found = issues.flatMap(issuesOfChosenForm).map((issue) => {
    const below = fieldOf(shape, issue.path.map(String))
    const path = [...at, ...below]
    const field = messages.field(path)
    return {
      id: idOf(path),
      text: messages(messageKeyOf(shapeAt(shape, below), valueAt(content, below), issue), { field }),
    }
  })
  return found.filter(({ id }, index) => found.findIndex((issueInside) => issueInside.id === id) === index)
}

type Issue = z.core.$ZodIssue

/** What a schema has checked: the shape, the content, and its place on the page. */
export interface Validated {
  shape: Shape
  content: unknown
  at?: Path
}

/** The issues of the option that was chosen. The other options do not matter. */
function issuesOfChosenForm(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const chosen = issue.errors.find(
    (inside) => inside.length > 0 && inside.every(({ path }) => path.length > 0),
  )
  return chosen
    ? chosen.flatMap((issueInside) =>
        issuesOfChosenForm({ ...issueInside, path: [...issue.path, ...issueInside.path] }),
      )
    : [issue]
}

function messageKeyOf(shape: Shape | undefined, value: unknown, issue: Issue): TextKey {
  const empty = value === undefined || (Array.isArray(value) && value.length === 0)
  if (empty) return 'form.needed'
  if (shape?.kind === 'day') return 'form.day'
  if (shape?.kind === 'time') return 'form.time'
  if (shape?.kind === 'number') return 'form.number'
  if (shape?.kind === 'country' || shape?.kind === 'language') return 'form.named'
  return issue.code === 'too_big' ? 'form.tooLong' : 'form.check'
}

function valueAt(content: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return content
  return typeof content === 'object' && content !== null && Object.hasOwn(content, step)
    ? valueAt(Object.getOwnPropertyDescriptor(content, step)?.value, rest)
    : undefined
}

/** What a check has found, at its first field: which field, and what cannot be so or looks wrong. */
export function errorsOfChecks(messages: Messages, findings: readonly Finding[]): FieldError[] {
  return findings.map(({ check, fields: [field = ''] }) => {
    const path = field.split('.')
    const text = messages('form.cannotBe', {
      field: messages.field(path),
      why: messages.code('check', check),
    })
    return { id: idOf(path), text }
  })
}

/** The errors of a refusal: what its checks have found says more than the names of its fields. */
export function errorsOfProblem(
  messages: Messages,
  {
    checks,
    fields = [],
  }: { checks?: readonly Finding[] | undefined; fields?: readonly string[] | undefined },
  fieldOnPage: (field: string) => string,
): FieldError[] {
  return checks
    ? errorsOfChecks(
        messages,
        checks.map(({ check, fields }) => ({ check, fields: fields.map(fieldOnPage) })),
      )
    : errorsFrom(messages, fields.map(fieldOnPage))
}

/** The errors of the fields that the API names, such as `case.happened.at`. */
export function errorsFrom(messages: Messages, fields: readonly string[]): FieldError[] {
  return fields.map((field) => {
    const path = field.split('.')
    return { id: idOf(path), text: messages('form.check', { field: messages.field(path) }) }
  })
}

/** The shape at a path. A path that goes on below a field leads to the field. */
export function shapeAt(shape: Shape, path: Path): Shape | undefined {
  const [step, ...rest] = path
  if (step === undefined) return shape
  if (shape.kind === 'group') {
    const member = shape.members.find(({ name }) => name === step)
    return member && shapeAt(member.shape, rest)
  }
  if (shape.kind === 'array') return shapeAt(shape.item, rest)
  if (shape.kind === 'union')
    return shape.options
      .map((option) => option.shape && shapeAt(option.shape, path))
      .find((found) => found !== undefined)
  return shape
}

/** The part of an issue's path that leads to a field of the page. */
function fieldOf(shape: Shape, path: Path): Path {
  for (let length = path.length; length > 0; length--)
    if (shapeAt(shape, path.slice(0, length))) return path.slice(0, length)
  return path.slice(0, 1)
}
