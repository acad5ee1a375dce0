import { codeOf } from '../messages/names.ts'
import type { Option, Path, Shape } from './shape.ts'

/**
 * What somebody typed, by the name of each field: half filled and wrong too, so that it can be kept and shown again.
 * A field's name is its path with points between; parts of a day, and which of several forms it is, come behind it.
 */
export type FormDataMap = ReadonlyMap<string, readonly string[]>

/** The name of a field, or of a part of it. */
export function nameOf(path: Path, part?: string): string {
  return part === undefined ? path.join('.') : [...path, part].join('.')
}

/** The parts of a field's name: none of them is a name in the contract. */
export const parts = {
  as: '_as',
  day: '_day',
  month: '_month',
  year: '_year',
  time: '_time',
  row: '_row',
} as const

/** The first value of a field, without the blanks around it. */
export function fieldValue(formData: FormDataMap, name: string): string {
  return formData.get(name)?.[0]?.trim() ?? ''
}

/** The short texts of a field: written one a line, or ticked one by one. */
export function fieldLines(formData: FormDataMap, name: string): string[] {
  const lines = (formData.get(name) ?? []).flatMap((value) => value.split(/\r?\n/))
  return lines.map((line) => line.trim()).filter((value) => value !== '')
}

/** How many rows of a list the page has. */
export function rowCount(formData: FormDataMap, path: Path): number {
  const before = `${nameOf(path)}.`
  const numbers = [...formData.keys()].flatMap((name) =>
    name.startsWith(before) ? [Number(name.slice(before.length).split('.')[0])] : [],
  )
  return numbers.length === 0 ? 0 : Math.max(...numbers.filter(Number.isInteger)) + 1
}

/**
 * The content that was typed, in the form of the contract as far as it goes: nothing where nothing was typed. What is
 * not of its form stays as it was typed, and the schema says so.
 */
export function contentIn(shape: Shape, formData: FormDataMap, path: Path): unknown {
  const value = fieldValue(formData, nameOf(path))
  switch (shape.kind) {
    case 'constant':
      return shape.value
    case 'group': {
      const members = shape.members.flatMap(({ name, shape: member }) => {
        const content = contentIn(member, formData, [...path, name])
        return content === undefined ? [] : [[name, content] as const]
      })
      const isAnswered = members.some(([name, content]) => !isConstant(shape, name) && hasContent(content))
      return isAnswered || !shape.optional ? Object.fromEntries(members) : undefined
    }
    case 'choices': {
      const chosen = (formData.get(nameOf(path)) ?? []).filter((value) => value !== '')
      return chosen.length > 0 || !shape.optional ? chosen : undefined
    }
    case 'lines': {
      const texts = fieldLines(formData, nameOf(path))
      return texts.length > 0 || !shape.optional ? texts : undefined
    }
    case 'array':
      return itemsOf(shape, formData, path)
    case 'union': {
      const tag = fieldValue(formData, nameOf(path, parts.as))
      const option = shape.options.find((option) => option.tag === tag)
      return (
        option &&
        contentOfOption(
          option,
          option.shape ? formDataOfOption(shape, option.shape, formData, path) : formData,
          path,
        )
      )
    }
    case 'yes-no':
      return value === '' ? undefined : value === 'yes'
    case 'number':
      return value === '' ? undefined : /^\d{1,9}$/.test(value) ? Number(value) - shape.first : value
    case 'country':
    case 'language':
      return value === '' ? undefined : codeOf(shape.kind, value)
    case 'day':
      return dayIn(formData, path)
    case 'time': {
      const [day, time] = [dayIn(formData, path), fieldValue(formData, nameOf(path, parts.time))]
      return day === undefined && time === '' ? undefined : `${day ?? ''}T${time.padStart(5, '0')}`
    }
    default:
      return value === '' ? undefined : value
  }
}

/** Whether anything was typed into a content: empty lists and groups of nothing say nothing. */
export function hasContent(content: unknown): boolean {
  if (Array.isArray(content)) return content.length > 0
  return typeof content === 'object' && content !== null
    ? Object.values(content).some(hasContent)
    : content !== undefined
}

const isConstant = (shape: Shape & { kind: 'group' }, name: string) =>
  shape.members.some((member) => member.name === name && member.shape.kind === 'constant')

function itemsOf(shape: Shape & { kind: 'array' }, formData: FormDataMap, path: Path): unknown {
  const rows = Array.from({ length: rowCount(formData, path) }, (_, index) =>
    contentIn({ ...shape.item, optional: true }, formData, [...path, String(index)]),
  )
  // Rows that were added and left empty are none.
  while (rows.length > 0 && rows.at(-1) === undefined) rows.pop()
  return rows.length > 0 || !shape.optional ? rows : undefined
}

/**
 * What was typed as one of several forms has it. All of them stand on the page, and a field that several have by the same
 * name is sent once for each: of its values each form has its own, in the order of the forms.
 */
export function formDataOfOption(
  union: Shape & { kind: 'union' },
  form: Shape,
  formData: FormDataMap,
  path: Path,
): FormDataMap {
  const forms = [...new Set(union.options.flatMap((option) => (option.shape ? [option.shape] : [])))]
  const has = (form: Shape, name: string) =>
    form.kind === 'group' && form.members.some((member) => member.name === name && isAlwaysSent(member.shape))
  const before = `${nameOf(path)}.`
  return new Map(
    [...formData].map(([name, values]): [string, readonly string[]] => {
      const [field = ''] = name.startsWith(before) ? name.slice(before.length).split('.') : []
      const sharing = forms.filter((form) => has(form, field))
      const own = values[sharing.indexOf(form)]
      return sharing.length > 1 && values.length === sharing.length && own !== undefined
        ? [name, [own]]
        : [name, values]
    }),
  )
}

/** Whether a field is sent even where it is empty: what is chosen or ticked is sent once, or not at all. */
const isAlwaysSent = ({ kind }: Shape) =>
  !['choice', 'choices', 'yes-no', 'union', 'array', 'group'].includes(kind)

function contentOfOption({ tag, shape, by }: Option, formData: FormDataMap, path: Path): unknown {
  if (!shape) return tag
  const content = contentIn(shape, formData, path)
  return by === undefined ? content : { ...(typeof content === 'object' ? content : {}), [by]: tag }
}

/** A day from its three fields, `2026-3-7` as `2026-03-07`; what is no day stays so. */
function dayIn(formData: FormDataMap, path: Path): string | undefined {
  const [year, month, day] = [parts.year, parts.month, parts.day].map((part) =>
    fieldValue(formData, nameOf(path, part)),
  )
  if (!year && !month && !day) return undefined
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
}

/** What would have to be typed to get a content: so that what is there already can be changed. */
export function formEntriesOf(shape: Shape, content: unknown, path: Path): [string, string[]][] {
  if (content === undefined || content === null) return []
  switch (shape.kind) {
    case 'constant':
      return []
    case 'group':
      return shape.members.flatMap(({ name, shape: member }) =>
        formEntriesOf(member, memberOf(content, name), [...path, name]),
      )
    case 'choices':
      return [[nameOf(path), textsIn(content)]]
    case 'lines':
      return [[nameOf(path), [textsIn(content).join('\n')]]]
    case 'array':
      return Array.isArray(content)
        ? content.flatMap((row: unknown, index): [string, string[]][] => [
            [nameOf([...path, String(index)], parts.row), ['1']],
            ...formEntriesOf(shape.item, row, [...path, String(index)]),
          ])
        : []
    case 'union': {
      const option = shape.options.find((option) => fits(option, content))
      if (!option) return []
      return [
        [nameOf(path, parts.as), [option.tag]],
        ...(option.shape ? formEntriesOf(option.shape, content, path) : []),
      ]
    }
    case 'yes-no':
      return [[nameOf(path), [content === true ? 'yes' : 'no']]]
    case 'number':
      return [[nameOf(path), [String(typeof content === 'number' ? content + shape.first : content)]]]
    case 'day':
      return dayParts(path, String(content))
    case 'time': {
      const [day = '', time = ''] = String(content).split('T')
      return [...dayParts(path, day), [nameOf(path, parts.time), [time]]]
    }
    default:
      return [[nameOf(path), [String(content)]]]
  }
}

function dayParts(path: Path, text: string): [string, string[]][] {
  const [year = '', month = '', day = ''] = text.split('-')
  return [
    [nameOf(path, parts.day), [String(Number(day))]],
    [nameOf(path, parts.month), [String(Number(month))]],
    [nameOf(path, parts.year), [year]],
  ]
}

/** Whether a content has the form of an option. */
function fits({ tag, shape, by }: Option, content: unknown): boolean {
  if (!shape) return content === tag
  if (by !== undefined) return memberOf(content, by) === tag
  if (shape.kind === 'group') return memberOf(content, shape.members[0]?.name ?? '') !== undefined
  if (shape.kind === 'time') return typeof content === 'string' && content.includes('T')
  if (shape.kind === 'day') return typeof content === 'string' && !content.includes('T')
  return typeof content === 'string'
}

function memberOf(content: unknown, name: string): unknown {
  return typeof content === 'object' && content !== null && Object.hasOwn(content, name)
    ? Object.getOwnPropertyDescriptor(content, name)?.value
    : undefined
}

/** What stands at the end of a path in a content, if anything does. */
export function memberAt(content: unknown, [step, ...rest]: readonly string[]): unknown {
  return step === undefined ? content : memberAt(memberOf(content, step), rest)
}

const textsIn = (content: unknown): string[] => (Array.isArray(content) ? content.map(String) : [])
