import { bodyOf } from '../../../schemas/bodies.ts'
import type { Path, Shape } from '../form/shape.ts'
import { contentIn } from '../form/typed.ts'
import { personShape } from './topics.ts'

/**
 * What the contract misses where nothing is filled in: that is needed to send. Inside what may be left out, or be there
 * several times, what is needed is what its own form requires.
 */
export function neededBy(kind: string): (path: Path, shape: Shape) => boolean {
  const whole = personShape(kind)
  const judged = bodyOf('file', kind).safeParse(contentIn(whole, new Map(), []))
  const missing = judged.success ? [] : judged.error.issues.map(({ path }) => path.map(String).join('.'))
  return (path, { optional, kind: form }) =>
    path.length > 2
      ? !optional && form !== 'choices' && form !== 'rows'
      : missing.some((one) => one === path.join('.'))
}
