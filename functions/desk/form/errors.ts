import type * as z from 'zod/mini'
import type { Finding } from '../../../schemas/values/checks.ts'
import { typingRules } from '../../../schemas/values/rules.ts'
import { proseOf } from '../../../schemas/values/typed-text.ts'
import type { Fill, Messages, TextKey } from '../messages/messages.ts'
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
    const { key, fill } = cureOf(shapeAt(shape, below), valueAt(content, below), issue)
    return { id: idOf(path), text: messages(key, { field, ...fill }) }
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

/** A text that names the rule that was broken and what to do, and what stands in its gaps. */
interface Cure {
  key: TextKey
  fill?: Fill
}

function cureOf(shape: Shape | undefined, value: unknown, issue: Issue): Cure {
  const rule = typingRules.find((code) => code === issue.message)
  if (rule) return { key: `form.rule.${rule}` }
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return { key: 'form.needed' }
  return (shape && cureOfKind(shape)) ?? cureOfBound(value, issue) ?? { key: 'form.chosen' }
}

/** Of fields that can be wrong in one way only. */
function cureOfKind(shape: Shape): Cure | undefined {
  switch (shape.kind) {
    case 'day':
      return { key: 'form.day' }
    case 'time':
    case 'moment':
      return { key: 'form.time' }
    case 'money':
      return { key: 'form.money' }
    case 'number': {
      const { first, least = 0, most = 999_999_999 } = shape
      return { key: 'form.number', fill: { least: least + first, most: most + first } }
    }
    case 'country':
    case 'language':
      return { key: 'form.named' }
    default:
      return undefined
  }
}

/** Of what is longer or shorter than it may be. */
function cureOfBound(value: unknown, issue: Issue): Cure | undefined {
  if (issue.code === 'invalid_value' && issue.path.length > 0 && Array.isArray(value))
    return { key: 'form.named' }
  if (issue.code === 'too_small')
    return typeof value === 'string'
      ? { key: 'form.needed' }
      : { key: 'form.tooFew', fill: { least: Number(issue.minimum) } }
  if (issue.code !== 'too_big') return undefined
  const most = Number(issue.maximum)
  return typeof value === 'string'
    ? { key: 'form.tooLong', fill: { most, over: Math.max(1, proseOf(value).length - most) } }
    : { key: 'form.tooMany', fill: { most } }
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
  problem: { code: string; checks?: readonly Finding[] | undefined; fields?: readonly string[] | undefined },
  fieldOnPage: (field: string) => string,
): FieldError[] {
  const { checks, fields = [] } = problem
  return checks
    ? errorsOfChecks(
        messages,
        checks.map(({ check, fields }) => ({ check, fields: fields.map(fieldOnPage) })),
      )
    : errorsFrom(messages, { ...problem, fields: fields.map(fieldOnPage) })
}

/** Refusals of the API that name fields, each with a text for any field. */
const refused = ['bad-input', 'unknown-target', 'guardian-suspected', 'not-readable', 'check-failed'] as const

/** The errors of the fields that the API names, such as `case.happened.at`, each with what to do about it. */
export function errorsFrom(
  messages: Messages,
  { code, fields = [] }: { code: string; fields?: readonly string[] | undefined },
): FieldError[] {
  const general = refused.find((known) => known === code) ?? 'bad-input'
  return fields.map((field) => {
    const path = field.split('.')
    const fill = { field: messages.field(path) }
    const own = general === 'bad-input' || general === 'check-failed' ? messages.cure(path, fill) : undefined
    return { id: idOf(path), text: own ?? messages(`form.refused.${general}`, fill) }
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
