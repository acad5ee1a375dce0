import * as z from 'zod/mini'

/** An end of a form: what it takes there, and the keys that lead to it (`[]` an item, `{}` a value, `key` a name). */
export interface Leaf {
  path: readonly string[]
  kind: string
  /** For texts: the patterns and the greatest length that bound it. */
  patterns: readonly RegExp[]
  max?: number
  format?: string
  /** For enums and literals. */
  values?: readonly unknown[]
}

/** What a form is, as zod's own documentation of its core tells it: a union by `type`. */
const definition = (form: z.core.$ZodType) => (form as z.core.$ZodTypes)._zod.def

/** All ends of a form, through objects, unions, arrays and records. Throws at a kind that it does not know. */
export function leavesOf(form: z.core.$ZodType, path: readonly string[] = []): Leaf[] {
  const def = definition(form)
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, value]) => leavesOf(value, [...path, key]))
    case 'union':
      return def.options.flatMap((option) => leavesOf(option, path))
    case 'array':
      return leavesOf(def.element, [...path, '[]'])
    case 'record':
      return [...leavesOf(def.keyType, [...path, 'key']), ...leavesOf(def.valueType, [...path, '{}'])]
    case 'optional':
      return leavesOf(def.innerType, path)
    case 'pipe':
      return leavesOf(def.in, path)
    case 'enum':
      return [{ path, kind: 'enum', patterns: [], values: Object.values(def.entries) }]
    case 'literal':
      return [{ path, kind: 'literal', patterns: [], values: def.values }]
    case 'number':
    case 'boolean':
      return [{ path, kind: def.type, patterns: [] }]
    case 'string':
      return [textOf(path, def)]
    default:
      throw new Error(`A form of kind ${def.type} at ${path.join('.')}: teach this walk about it.`)
  }
}

/** What a text or a check on it may say of itself; zod gives each kind of check a type of its own. */
const bound = z.object({
  maximum: z.optional(z.number()),
  pattern: z.optional(z.instanceof(RegExp)),
  format: z.optional(z.string()),
})

function textOf(path: readonly string[], def: z.core.$ZodStringDef): Leaf {
  const bounds = [def, ...(def.checks ?? []).map((check) => check._zod.def)].map((item) => bound.parse(item))
  const max = bounds.find(({ maximum }) => maximum !== undefined)?.maximum
  const format = bounds.find((bound) => bound.format && bound.format !== 'regex')?.format
  return {
    path,
    kind: 'text',
    patterns: bounds.flatMap(({ pattern }) => pattern ?? []),
    ...(max === undefined ? {} : { max }),
    ...(format ? { format } : {}),
  }
}

/** All objects of a form, with whether each is closed against keys that it does not name. */
export function objectsOf(form: z.core.$ZodType, path = ''): { path: string; closed: boolean }[] {
  const def = definition(form)
  switch (def.type) {
    case 'object': {
      const closed = def.catchall?._zod.def.type === 'never'
      const inner = Object.entries(def.shape).flatMap(([key, value]) => objectsOf(value, `${path}.${key}`))
      return [{ path, closed }, ...inner]
    }
    case 'union':
      return def.options.flatMap((option, index) => objectsOf(option, `${path}|${index}`))
    case 'array':
      return objectsOf(def.element, `${path}[]`)
    case 'record':
      return objectsOf(def.valueType, `${path}{}`)
    case 'optional':
      return objectsOf(def.innerType, path)
    default:
      return []
  }
}

/** Whether a pattern is anchored at both ends and takes no more than a known number of characters. */
export function isBounded({ source }: RegExp): boolean {
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  return bare.startsWith('^') && bare.endsWith('$') && !/[*+]|\{\d+,\}/.test(bare)
}
