import type { Child } from 'hono/jsx'
import type { Path, Shape } from '../form/shape.ts'
import type { Words } from '../words/words.ts'
import { partyName } from './parties.ts'

/** A content as a list of what is told and what was said, in the order of its form; what was not said is left out. */
export function Filled({ words, shape, content, path = [] }: Part) {
  const rows = rowsOf({ words, shape, content, path })
  if (rows.length === 0) return <p class="govuk-body">{words('show.nothing')}</p>
  return (
    <dl class="govuk-summary-list">
      {rows.map(([term, value]) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{term}</dt>
          <dd class="govuk-summary-list__value">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface Part {
  words: Words
  shape: Shape
  content: unknown
  path?: Path
}

/** The lines of a group: a group within it that has no value of its own gives its lines to the one around it. */
function rowsOf({ words, shape, content, path = [] }: Part): [string, Child][] {
  if (content === undefined) return []
  if (shape.kind !== 'group') return [[words.field(path), <Value {...{ words, shape, content, path }} />]]
  return shape.members.flatMap(({ name, shape: member }) =>
    rowsOf({ words, shape: member, content: memberOf(content, name), path: [...path, name] }),
  )
}

function Value({ words, shape, content, path = [] }: Part): Child {
  switch (shape.kind) {
    case 'group':
      return <Filled {...{ words, shape, content, path }} />
    case 'choices':
      if (listed(content).length === 0) return words('show.none')
      return listed(content)
        .map((one) => words.value(path, one))
        .join(', ')
    case 'lines':
      if (listed(content).length === 0) return words('show.none')
      return listed(content).map((one) => <p class="govuk-body">{one}</p>)
    case 'rows':
      if (!Array.isArray(content) || content.length === 0) return words('show.none')
      return (Array.isArray(content) ? content : []).map((row: unknown, index) => (
        <Filled {...{ words, shape: shape.item, content: row, path: [...path, String(index)] }} />
      ))
    case 'either':
      return <Either {...{ words, shape, content, path }} />
    case 'yes-no':
      return words(content === true ? 'form.yes' : 'form.no')
    case 'choice':
    case 'constant':
      return words.value(path, String(content))
    case 'day':
      return written(String(content), words.day)
    case 'time':
      return written(String(content), words.local)
    case 'country':
      return words.country(String(content))
    case 'language':
      return words.languageName(String(content))
    case 'party':
      return partyName(words, String(content))
    default:
      return String(content)
  }
}

/** The form that a content has, by its tag, and then what it holds. */
function Either({ words, shape, content, path = [] }: Part & { shape: Shape & { kind: 'either' } }): Child {
  const tagged = shape.options.find(({ tag, by, shape: form }) =>
    by === undefined ? form === undefined && content === tag : memberOf(content, by) === tag,
  )
  const formed =
    tagged ??
    shape.options.find(({ shape: form }) =>
      form?.kind === 'group'
        ? form.members.some(({ name }) => memberOf(content, name) !== undefined)
        : form !== undefined && isOf(form, content),
    )
  const inner = formed?.shape
  return (
    <>
      {tagged ? words.value(path, tagged.tag) : null}
      {inner ? <Value {...{ words, shape: inner, content, path }} /> : null}
      {formed ? null : String(content)}
    </>
  )
}

const isOf = ({ kind }: Shape, content: unknown) =>
  typeof content === 'string' && (kind === 'time') === /T\d\d:\d\d$/.test(content)

/** A day or time by the language's own rules; what is none is shown as it was typed. */
function written(text: string, write: (text: string) => string): string {
  return Number.isNaN(Date.parse(text.length > 10 ? `${text}Z` : text)) ? text : write(text)
}

function memberOf(content: unknown, name: string): unknown {
  return typeof content === 'object' && content !== null && Object.hasOwn(content, name)
    ? Object.getOwnPropertyDescriptor(content, name)?.value
    : undefined
}

const listed = (content: unknown): string[] => (Array.isArray(content) ? content.map(String) : [])
