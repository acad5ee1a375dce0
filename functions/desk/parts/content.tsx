import type { Child } from 'hono/jsx'
import { sections } from '../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { country, language } from '../../../schemas/values/codes.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import { day, localTime } from '../../../schemas/values/texts.ts'
import { type Option, type Path, type Shape, shapeOf } from '../form/shape.ts'
import type { Words } from '../messages/messages.ts'
import { partyName } from './parties.ts'

/** Any opened section as a list of what it says; of a slot that the contract no longer has, what stands there. */
export function Content(props: { words: Words; cls: SectionClass; slot: string; content: unknown }) {
  const { words, cls, slot, content } = props
  const slots: Readonly<Record<string, Parameters<typeof shapeOf>[0]>> = sections[cls]
  const schema = slots[slot]
  return <Filled words={words} shape={schema && shapeOf(schema)} content={content} path={[cls, slot]} />
}

/** A content as a list of what is told and what was said, in the order of its form; what was not said is left out. */
export function Filled(props: { words: Words; shape: Shape | undefined; content: unknown; path?: Path }) {
  const { words, shape, content, path = [] } = props
  const lines = linesOf(words, shape, content, path)
  if (lines.length === 0) return <p class="govuk-body">{words('show.nothing')}</p>
  return <Rows words={words} lines={lines} />
}

/** A term and what is said under it: texts, or lists of their own. */
interface Line {
  term: string
  texts: readonly string[]
  below: readonly (readonly Line[])[]
}

function Rows({ words, lines }: { words: Words; lines: readonly Line[] }): Child {
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
              <Rows words={words} lines={inside} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The lines of a content of several members; `shape` is not there for what the contract no longer knows. */
function linesOf(words: Words, shape: Shape | undefined, content: unknown, path: Path): Line[] {
  const form = shape?.kind === 'either' ? formOf(shape.options, content)?.shape : shape
  const tag = shape?.kind === 'either' ? formOf(shape.options, content) : undefined
  const told = entriesOf(content).filter(([name]) => name !== tag?.by)
  const known = form?.kind === 'group' ? form.members : []
  const inOrder = [
    ...known.flatMap(({ name }) => told.filter(([one]) => one === name)),
    // What an older version of the contract asked for, and this one does not: it was said, so it is shown.
    ...told.filter(([name]) => !known.some((member) => member.name === name)),
  ]
  const first =
    tag?.by === undefined
      ? []
      : [{ term: words.field([...path, tag.by]), texts: [words.value(path, tag.tag)], below: [] }]
  return [
    ...first,
    ...inOrder.flatMap(([name, value]) =>
      lineOf(words, known.find((member) => member.name === name)?.shape, value, [...path, name]),
    ),
  ]
}

/** One member in words: nothing, where it says nothing. */
function lineOf(words: Words, shape: Shape | undefined, value: unknown, path: Path): Line[] {
  const term = words.field(path)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const item = shape?.kind === 'rows' ? shape.item : itemOf(shape)
    const texts = items.filter((item) => !isGroup(item)).map((one) => textOf(words, item, one, path))
    const below = items.filter(isGroup).map((one) => linesOf(words, item, one, path))
    // Asked, and there is none: that is an answer too.
    return [{ term, texts: items.length > 0 ? texts : [words('show.none')], below }]
  }
  if (isGroup(value)) {
    const inside = linesOf(words, shape, value, path)
    return inside.length > 0 ? [{ term, texts: [], below: [inside] }] : []
  }
  if (value === undefined || value === null) return []
  return [{ term, texts: [textOf(words, shape, value, path)], below: [] }]
}

/** What an item of a list is, where the list is no list of groups. */
function itemOf(shape: Shape | undefined): Shape | undefined {
  if (shape?.kind === 'choices') return { kind: 'choice', values: shape.values, optional: false }
  return undefined
}

const isGroup = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

const entriesOf = (content: unknown): [string, unknown][] =>
  typeof content === 'object' && content !== null ? Object.entries(content) : []

/** A value that is no group, as people write it. */
function textOf(words: Words, shape: Shape | undefined, value: unknown, path: Path): string {
  if (typeof value === 'boolean') return words(value ? 'form.yes' : 'form.no')
  const text = String(value)
  // A year is no amount: it is not written in groups.
  if (typeof value === 'number' && path.at(-1) === 'year') return text
  if (typeof value === 'number') return words.number(value + (shape?.kind === 'number' ? shape.first : 0))
  // What an older version of the contract took may not be of today's form.
  if (shape && !fits(shape, text)) return text
  switch (shape?.kind) {
    case 'choice':
    case 'constant':
      return words.value(path, text)
    case 'day':
      return words.day(text)
    case 'time':
      return words.local(text)
    case 'country':
      return words.country(text)
    case 'language':
      return words.languageName(text)
    case 'party':
      return partyName(words, text)
    case 'either': {
      const option = formOf(shape.options, value)
      return option?.shape ? textOf(words, option.shape, value, path) : words.value(path, text)
    }
    default:
      return shape === undefined ? words.value(path, text) : text
  }
}

/** Which of several forms a value has. */
function formOf(options: readonly Option[], value: unknown): Option | undefined {
  if (isGroup(value)) {
    const told = new Map(entriesOf(value))
    return options.find(({ tag, by }) => (by === undefined ? told.has(tag) : told.get(by) === tag))
  }
  const text = String(value)
  return options.find(({ tag, shape }) => (shape ? fits(shape, text) : tag === text))
}

/** Whether a text can be of a form, as far as the ways to write it go. */
function fits(shape: Shape, text: string): boolean {
  switch (shape.kind) {
    case 'time':
      return localTime.safeParse(text).success
    case 'day':
      return day.safeParse(text).success
    case 'party':
      return partyId.safeParse(text).success
    case 'country':
      return country.safeParse(text).success
    case 'language':
      return language.safeParse(text).success
    default:
      return shape.kind !== 'group'
  }
}
