import type { Child } from 'hono/jsx'
import { sections } from '../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { country, language } from '../../../schemas/values/codes.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import { day, localTime } from '../../../schemas/values/texts.ts'
import { type Option, type Path, type Shape, shapeOf } from '../form/shape.ts'
import { zoneName } from '../form/zones.ts'
import type { Messages } from '../messages/messages.ts'
import { partyName } from './parties.ts'

/** An opened section as a list. A slot that the contract no longer has is shown as it stands. */
export function Content(props: { messages: Messages; cls: SectionClass; slot: string; content: unknown }) {
  const { messages, cls, slot, content } = props
  const slots: Readonly<Record<string, Parameters<typeof shapeOf>[0]>> = sections[cls]
  const schema = slots[slot]
  return (
    <FilledForm messages={messages} shape={schema && shapeOf(schema)} content={content} path={[cls, slot]} />
  )
}

/** A content as a list of fields and answers, in the order of its form. Fields without an answer are left out. */
export function FilledForm(props: {
  messages: Messages
  shape: Shape | undefined
  content: unknown
  path?: Path
}) {
  const { messages, shape, content, path = [] } = props
  const lines = linesOf(messages, shape, content, path)
  if (lines.length === 0) return <p class="govuk-body">{messages('show.nothing')}</p>
  return <Rows messages={messages} lines={lines} />
}

/** A term and its answers: texts, or lists of their own. */
interface ContentLine {
  term: string
  texts: readonly string[]
  below: readonly (readonly ContentLine[])[]
}

function Rows({ messages, lines }: { messages: Messages; lines: readonly ContentLine[] }): Child {
  return (
    <dl class="govuk-summary-list">
      {lines.map(({ term, texts, below }) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{term}</dt>
          <dd class="govuk-summary-list__value">
            {texts.map((text) => (
              <p class="govuk-body">{text}</p>
            ))}
            {below.map((inside) => (
              <Rows messages={messages} lines={inside} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The lines of a content. What the contract no longer knows has no shape. */
function linesOf(messages: Messages, shape: Shape | undefined, content: unknown, path: Path): ContentLine[] {
  const form = shape?.kind === 'union' ? formOf(shape.options, content)?.shape : shape
  const tag = shape?.kind === 'union' ? formOf(shape.options, content) : undefined
  const entries = entriesOf(content).filter(([name]) => name !== tag?.by)
  const known = form?.kind === 'group' ? form.members : []
  const inOrder = [
    ...known.flatMap(({ name }) => entries.filter(([value]) => value === name)),
    // An older version of the contract asked for this. It was answered, so it is shown.
    ...entries.filter(([name]) => !known.some((member) => member.name === name)),
  ]
  const first =
    tag?.by === undefined
      ? []
      : [{ term: messages.field([...path, tag.by]), texts: [messages.value(path, tag.tag)], below: [] }]
  return [
    ...first,
    ...inOrder.flatMap(([name, value]) =>
      lineOf(messages, known.find((member) => member.name === name)?.shape, value, [...path, name]),
    ),
  ]
}

/** The line of one member, if it has an answer. */
function lineOf(messages: Messages, shape: Shape | undefined, value: unknown, path: Path): ContentLine[] {
  const term = messages.field(path)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const item = shape?.kind === 'array' ? shape.item : itemOf(shape)
    const texts = items.filter((item) => !isGroup(item)).map((value) => textOf(messages, item, value, path))
    const below = items.filter(isGroup).map((value) => linesOf(messages, item, value, path))
    // An empty list is an answer too: there is none.
    return [{ term, texts: items.length > 0 ? texts : [messages('show.none')], below }]
  }
  if (isGroup(value)) {
    const inside = linesOf(messages, shape, value, path)
    return inside.length > 0 ? [{ term, texts: [], below: [inside] }] : []
  }
  if (value === undefined || value === null) return []
  return [{ term, texts: [textOf(messages, shape, value, path)], below: [] }]
}

/** The shape of an item of a list that holds no groups. */
export function itemOf(shape: Shape | undefined): Shape | undefined {
  if (shape?.kind === 'choices') return { kind: 'choice', values: shape.values, optional: false }
  if (shape?.kind === 'countries') return { kind: 'country', optional: false }
  // One of the options of a union is a list.
  if (shape?.kind === 'union')
    return itemOf(shape.options.find((option) => option.shape?.kind === 'countries')?.shape)
  return undefined
}

const isGroup = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

const entriesOf = (content: unknown): [string, unknown][] =>
  typeof content === 'object' && content !== null ? Object.entries(content) : []

/** A value that is no group, as people write it. */
export function textOf(messages: Messages, shape: Shape | undefined, value: unknown, path: Path): string {
  if (typeof value === 'boolean') return messages(value ? 'form.yes' : 'form.no')
  if (typeof value === 'number') return numberText(messages, shape, value, path)
  const text = String(value)
  // What stands there may have the form of an older version of the contract.
  if (shape && !fits(shape, text)) return text
  if (shape === undefined || shape.kind === 'choice' || shape.kind === 'constant')
    return messages.value(path, text)
  if (shape.kind !== 'union') return formatted(messages, shape.kind, text)
  const option = formOf(shape.options, value)
  return option?.shape ? textOf(messages, option.shape, value, path) : messages.value(path, text)
}

function numberText(messages: Messages, shape: Shape | undefined, value: number, path: Path): string {
  // A year is no amount: its digits are not grouped.
  if (path.at(-1) === 'year') return String(value)
  if (shape?.kind === 'money') return messages.money(value)
  return messages.number(value + (shape?.kind === 'number' ? shape.first : 0))
}

/** A text in the way in which the language writes days, times and names. */
function formatted(messages: Messages, kind: Shape['kind'], text: string): string {
  switch (kind) {
    case 'day':
      return messages.day(text)
    case 'time':
      return messages.local(text)
    case 'moment':
      return text.includes('T') ? messages.local(text) : messages.day(text)
    case 'country':
      return messages.country(text)
    case 'language':
      return messages.languageName(text)
    case 'zone':
      return zoneName(messages, text)
    case 'party':
      return partyName(messages, text)
    default:
      return text
  }
}

/** The option that a value has the form of. */
export function formOf(options: readonly Option[], value: unknown): Option | undefined {
  if (isGroup(value)) {
    const entries = new Map(entriesOf(value))
    return options.find(({ tag, by, shape }) =>
      by === undefined
        ? shape?.kind === 'group' && shape.members.some(({ name }) => entries.has(name))
        : entries.get(by) === tag,
    )
  }
  const text = String(value)
  return options.find(({ tag, shape }) => (shape ? fits(shape, text) : tag === text))
}

/** Whether a text is written in the way that a shape needs. */
function fits(shape: Shape, text: string): boolean {
  switch (shape.kind) {
    case 'time':
      return localTime.safeParse(text).success
    case 'day':
      return day.safeParse(text).success
    case 'moment':
      return localTime.safeParse(text).success || day.safeParse(text).success
    case 'party':
      return partyId.safeParse(text).success
    case 'country':
      return country.safeParse(text).success
    case 'language':
      return language.safeParse(text).success
    case 'countries':
      return false
    default:
      return shape.kind !== 'group'
  }
}
