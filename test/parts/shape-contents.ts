import * as fc from 'fast-check'
import { hasContent } from '../../functions/desk/form/form-data.ts'
import type { Shape } from '../../functions/desk/form/shape.ts'

const digits = (count: number) =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'))
const word = fc.constantFrom('Ana', 'Șoldănești', 'Кишинёв', 'pe drum, la 18:30', "O'Brien")
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** Contents as a page can hold them: what is optional may be absent, and no list stands there empty. */
export function contentsOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'constant':
      return fc.constant(shape.value)
    case 'group':
      return fc
        .record(
          Object.fromEntries(shape.members.map(({ name, shape: member }) => [name, contentsOf(member)])),
          {
            requiredKeys: shape.members.flatMap(({ name, shape: member }) => (member.optional ? [] : [name])),
            noNullPrototype: true,
          },
        )
        .map((content) => withoutEmpty(shape, content))
    case 'choice':
      return fc.constantFrom(...shape.values)
    case 'choices':
      return fc.subarray([...shape.values], { minLength: shape.optional ? 1 : 0 })
    case 'yes-no':
      return fc.boolean()
    case 'day':
      return day
    case 'moment':
      return fc.oneof(day, contentsOf({ kind: 'time', optional: false }))
    case 'time':
      return fc.tuple(day, fc.integer({ min: 0, max: 23 }), digits(2)).map(([on, hour, minute]) => {
        return `${on}T${String(hour).padStart(2, '0')}:${String(Number(minute) % 60).padStart(2, '0')}`
      })
    case 'money':
      return fc.integer({ min: 1, max: 1_000_000_000 })
    case 'number':
      return fc.integer({ min: 0, max: 30 })
    case 'lines':
      return fc.array(word, { minLength: shape.optional ? 1 : 0, maxLength: 3 })
    case 'array':
      return fc.array(contentsOf({ ...shape.item, optional: false }).filter(hasContent), {
        minLength: shape.optional ? 1 : 0,
        maxLength: 3,
      })
    case 'union':
      return fc.oneof(
        ...shape.options.map(({ tag, shape: form, by }) => {
          if (!form) return fc.constant(tag)
          const content = contentsOf({ ...form, optional: false }).filter(
            (inside) => form.kind !== 'group' || by !== undefined || hasContent(inside),
          )
          return by === undefined
            ? content
            : content.map((fields) => ({ ...(typeof fields === 'object' ? fields : {}), [by]: tag }))
        }),
      )
    case 'zone':
      return fc.constantFrom('Europe/Chisinau', 'Europe/Istanbul')
    case 'countries':
      return fc.uniqueArray(fc.constantFrom('MD', 'TR', 'IT'), {
        minLength: shape.optional ? 1 : 0,
        maxLength: 3,
      })
    case 'country':
      return fc.constantFrom('MD', 'TR', 'IT')
    case 'language':
      return fc.constantFrom('ro', 'ru', 'en')
    case 'party':
      return fc.constantFrom('iom', 'centre:S0DS')
    case 'line':
    case 'text':
      return word
  }
}

/** What is optional and says nothing is not there. */
function withoutEmpty(
  { members }: Shape & { kind: 'group' },
  content: Record<string, unknown>,
): Record<string, unknown> {
  const optional = (name: string) => members.some((member) => member.name === name && member.shape.optional)
  return Object.fromEntries(
    Object.entries(content).filter(([name, member]) => hasContent(member) || !optional(name)),
  )
}
