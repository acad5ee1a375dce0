import * as z from 'zod/mini'
import type { TemplateResource } from './template.ts'

/** Reads the properties of a resource. Throws, naming the resource and the paths, where its shape is not known here. */
export function parseProperties<T extends z.ZodMiniType>(
  shape: T,
  { logicalId, properties }: TemplateResource,
): z.output<T> {
  const parsed = z.safeParse(shape, properties)
  if (parsed.success) return parsed.data
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
  throw new Error(`${logicalId} has a shape that the edge does not know: ${paths.join(', ')}.`)
}
