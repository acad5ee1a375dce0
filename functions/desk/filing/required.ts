import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { contentIn } from '../form/form-data.ts'
import type { Path, Shape } from '../form/shape.ts'
import { personShape } from './topics.ts'

/**
 * Whether a field has to be filled in to send a filing. It does if the contract misses it in an empty form; a field of an
 * option, if the option requires it.
 */
export function requiredBy(kind: string): (path: Path, shape: Shape) => boolean {
  const parsed = bodyOf('file', kind).safeParse(contentIn(personShape(kind), new Map(), []))
  const missing = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.map(String).join('.'))
  return (path, shape) =>
    path.length > 2 ? requires(shape) : missing.some((field) => field === path.join('.'))
}

/** A list is required if it may not be empty. */
function requires(shape: Shape): boolean {
  const mayBeEmpty = (shape.kind === 'choices' || shape.kind === 'array') && !shape.least
  return !shape.optional && !mayBeEmpty
}
