import { digitsTyped, proseOf } from '../../../schemas/values/typed-text.ts'
import { codeOf } from '../messages/names.ts'
import { decimalOf, hundredthsTyped } from './money.ts'
import type { Option, Path, Shape } from './shape.ts'
import { clockTyped, dayTyped } from './typed-days.ts'

/**
 * The values of a form by the names of its fields. Half-filled and wrong values stay in it, so that they can be saved and
 * shown again. A field's name is its path with points between; a part of a day or the chosen option comes behind it.
 */
export type FormDataMap = ReadonlyMap<string, readonly string[]>

/** The name of a field, or of a part of it. */
export function nameOf(path: Path, part?: string): string {
  return part === undefined ? path.join('.') : [...path, part].join('.')
}

/** The last part of a field's name. No name in the contract begins with a line. */
export const parts = {
  as: '_as',
  day: '_day',
  month: '_month',
  year: '_year',
  time: '_time',
  row: '_row',
} as const

/** The first value of a field, without what nobody sees. */
export function fieldValue(formData: FormDataMap, name: string): string {
  return proseOf(formData.get(name)?.[0] ?? '')
}

/** The short texts of a field: one on each line, or one for each ticked box. */
export function fieldLines(formData: FormDataMap, name: string): string[] {
  const lines = (formData.get(name) ?? []).flatMap((value) => proseOf(value).split('\n'))
  return lines.map((line) => line.trim()).filter((value) => value !== '')
}

/** The number of rows that the page has of a list. */
export function rowCount(formData: FormDataMap, path: Path): number {
  const before = `${nameOf(path)}.`
  const numbers = [...formData.keys()].flatMap((name) =>
    name.startsWith(before) ? [Number(name.slice(before.length).split('.')[0])] : [],
  )
  return numbers.length === 0 ? 0 : Math.max(...numbers.filter(Number.isInteger)) + 1
}

/**
 * The content that was typed, in the form of the contract: nothing where nothing was typed. What has another form stays as
 * it was typed, and the schema refuses it.
 */
export function contentIn(shape: Shape, formData: FormDataMap, path: Path): unknown {
  switch (shape.kind) {
    case 'constant':
      return shape.value
    case 'group':
      return groupIn(shape, formData, path)
    case 'choices':
      return listIn(
        shape,
        (formData.get(nameOf(path)) ?? []).filter((value) => value !== ''),
      )
    case 'lines':
      return listIn(shape, fieldLines(formData, nameOf(path)))
    case 'countries':
      return listIn(shape, countriesIn(formData, nameOf(path)))
    case 'array':
      return listIn(shape, itemsOf(shape, formData, path))
    case 'union':
      return optionIn(shape, formData, path)
    case 'day':
      return dayIn(formData, path)
    case 'time':
      return timeIn(formData, path)
    case 'moment':
      return fieldValue(formData, nameOf(path, parts.time)) === ''
        ? dayIn(formData, path)
        : timeIn(formData, path)
    default:
      return valueIn(shape, fieldValue(formData, nameOf(path)))
  }
}

/** A value from one field of a form. */
function valueIn(shape: Shape, value: string): unknown {
  if (value === '') return undefined
  switch (shape.kind) {
    case 'yes-no':
      return value === 'yes'
    case 'number':
      return /^\d{1,9}$/.test(digitsTyped(value)) ? Number(digitsTyped(value)) - shape.first : value
    case 'money':
      return hundredthsTyped(value)
    case 'country':
    case 'language':
      return codeOf(shape.kind, value)
    default:
      return value
  }
}

/** Countries by their names or codes: one a line, or with commas between. */
const countriesIn = (formData: FormDataMap, name: string) =>
  fieldLines(formData, name)
    .flatMap((line) => line.split(/[,;]/))
    .map((written) => written.trim())
    .filter((written) => written !== '')
    .map((written) => codeOf('country', written))

/** An optional list that is empty was not answered. */
const listIn = ({ optional }: Shape, items: readonly unknown[]) =>
  items.length > 0 || !optional ? items : undefined

function groupIn(shape: Shape & { kind: 'group' }, formData: FormDataMap, path: Path): unknown {
  const members = shape.members.flatMap(({ name, shape: member }) => {
    const content = contentIn(member, formData, [...path, name])
    return content === undefined ? [] : [[name, content] as const]
  })
  const isAnswered = members.some(([name, content]) => !isConstant(shape, name) && hasContent(content))
  return isAnswered || !shape.optional ? Object.fromEntries(members) : undefined
}

function optionIn(shape: Shape & { kind: 'union' }, formData: FormDataMap, path: Path): unknown {
  const tag = fieldValue(formData, nameOf(path, parts.as))
  const option = shape.options.find((option) => option.tag === tag)
  if (!option) return undefined
  const own = option.shape ? formDataOfOption(shape, option.shape, formData, path) : formData
  return contentOfOption(option, own, path)
}

/** Whether a content says anything: empty lists and empty groups say nothing. */
export function hasContent(content: unknown): boolean {
  if (Array.isArray(content)) return content.length > 0
  return typeof content === 'object' && content !== null
    ? Object.values(content).some(hasContent)
    : content !== undefined
}

const isConstant = (shape: Shape & { kind: 'group' }, name: string) =>
  shape.members.some((member) => member.name === name && member.shape.kind === 'constant')

/** The items of a list. Rows that were added and left empty at the end are none. */
function itemsOf(shape: Shape & { kind: 'array' }, formData: FormDataMap, path: Path): unknown[] {
  const rows = Array.from({ length: rowCount(formData, path) }, (_, index) =>
    contentIn({ ...shape.item, optional: true }, formData, [...path, String(index)]),
  )
  while (rows.length > 0 && rows.at(-1) === undefined) rows.pop()
  return rows
}

/**
 * The form data as one option of a union has it. All options stand on the page, and a field that several have under the
 * same name is sent once for each: then each option has its own value, in the order of the options.
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

/** Whether a browser sends a field even if it is empty. What is chosen or ticked is sent once or not at all. */
const isAlwaysSent = ({ kind }: Shape) =>
  !['choice', 'choices', 'yes-no', 'union', 'array', 'group'].includes(kind)

function contentOfOption({ tag, shape, by }: Option, formData: FormDataMap, path: Path): unknown {
  if (!shape) return tag
  const content = contentIn(shape, formData, path)
  return by === undefined ? content : { ...(typeof content === 'object' ? content : {}), [by]: tag }
}

/** A day from its three fields. What is no day is no day here either. */
function dayIn(formData: FormDataMap, path: Path): string | undefined {
  const part = (name: 'day' | 'month' | 'year') => fieldValue(formData, nameOf(path, parts[name]))
  return dayTyped({ day: part('day'), month: part('month'), year: part('year') })
}

function timeIn(formData: FormDataMap, path: Path): string | undefined {
  const [day, time] = [dayIn(formData, path), fieldValue(formData, nameOf(path, parts.time))]
  return day === undefined && time === '' ? undefined : `${day ?? ''}T${clockTyped(time)}`
}

/** A value of a form by its name, as browsers send it. */
type Entry = [name: string, values: string[]]

/** The form data that give a content: so that what is there already can be changed. */
export function formEntriesOf(shape: Shape, content: unknown, path: Path): Entry[] {
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
    case 'countries':
      return [[nameOf(path), [textsIn(content).join('\n')]]]
    case 'array':
      return itemEntries(shape, content, path)
    case 'union':
      return optionEntries(shape, content, path)
    case 'day':
      return dayParts(path, String(content))
    case 'time':
    case 'moment': {
      const [day = '', time] = String(content).split('T')
      return [...dayParts(path, day), ...(time === undefined ? [] : [timePart(path, time)])]
    }
    default:
      return [[nameOf(path), [fieldTextOf(shape, content)]]]
  }
}

/** What stands in the one field of a value. */
function fieldTextOf(shape: Shape, content: unknown): string {
  if (shape.kind === 'yes-no') return content === true ? 'yes' : 'no'
  if (shape.kind === 'money') return decimalOf(content)
  if (shape.kind === 'number' && typeof content === 'number') return String(content + shape.first)
  return String(content)
}

function itemEntries(shape: Shape & { kind: 'array' }, content: unknown, path: Path): Entry[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((item: unknown, index): Entry[] => {
    const at = [...path, String(index)]
    return [[nameOf(at, parts.row), ['1']], ...formEntriesOf(shape.item, item, at)]
  })
}

function optionEntries(shape: Shape & { kind: 'union' }, content: unknown, path: Path): Entry[] {
  const option = shape.options.find((option) => fits(option, content))
  if (!option) return []
  const own = option.shape ? formEntriesOf(option.shape, content, path) : []
  return [[nameOf(path, parts.as), [option.tag]], ...own]
}

const timePart = (path: Path, time: string): Entry => [nameOf(path, parts.time), [time]]

function dayParts(path: Path, text: string): Entry[] {
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
  switch (shape.kind) {
    case 'group':
      return shape.members.some(({ name }) => memberOf(content, name) !== undefined)
    case 'countries':
      return Array.isArray(content)
    case 'time':
      return typeof content === 'string' && content.includes('T')
    case 'day':
      return typeof content === 'string' && !content.includes('T')
    default:
      return typeof content === 'string'
  }
}

function memberOf(content: unknown, name: string): unknown {
  return typeof content === 'object' && content !== null && Object.hasOwn(content, name)
    ? Object.getOwnPropertyDescriptor(content, name)?.value
    : undefined
}

/** The value at a path in a content, if there is one. */
export function memberAt(content: unknown, [step, ...rest]: readonly string[]): unknown {
  return step === undefined ? content : memberAt(memberOf(content, step), rest)
}

const textsIn = (content: unknown): string[] => (Array.isArray(content) ? content.map(String) : [])
