import { hasContent, memberAt } from '../form/form-data.ts'
import type { Path, Shape } from '../form/shape.ts'
import type { Messages } from '../messages/messages.ts'
import { formOf, itemOf, textOf } from './content.tsx'

/** A question of a form and what was answered, in short lines; none where nothing was. */
export interface Answer {
  path: Path
  term: string
  lines: readonly string[]
}

interface Question {
  messages: Messages
  shape: Shape
  content: unknown
  /** The place of the question in the contract. */
  path: Path
}

/**
 * The questions of a form with their answers, one row each and nothing nested: what stands deeper is a line of its row. A
 * question without an answer is a row, too: nobody may take silence for a "no".
 */
export function answersOf({ messages, shape, content, path }: Question): Answer[] {
  if (shape.kind === 'constant') return []
  if (shape.kind === 'group' && !shape.optional)
    return shape.members.flatMap(({ name, shape: member }) =>
      answersOf({ messages, shape: member, content: memberAt(content, [name]), path: [...path, name] }),
    )
  const term = messages.field(path)
  const { array, items } = itemsOf(shape, content)
  if (array && items.length > 0)
    return items.map((item, index) => ({
      path: [...path, String(index)],
      term: items.length > 1 ? messages('form.rowIn', { field: term, n: index + 1 }) : term,
      lines: linesOf({ messages, shape: array, content: item, path }),
    }))
  return [{ path, term, lines: linesOf({ messages, shape, content, path }) }]
}

function itemsOf(shape: Shape, content: unknown): { array?: Shape; items: readonly unknown[] } {
  if (shape.kind !== 'array' || !Array.isArray(content)) return { items: [] }
  return { array: shape.item, items: content }
}

/** An answer in short lines. A line of a group says which of its questions it answers. */
function linesOf({ messages, shape, content, path }: Question): string[] {
  if (!hasContent(content)) return []
  if (Array.isArray(content)) {
    const items: readonly unknown[] = content
    const item = shape.kind === 'array' ? shape.item : itemOf(shape)
    return item?.kind === 'group'
      ? items.flatMap((each) => linesOf({ messages, shape: item, content: each, path }))
      : [items.map((each) => textOf(messages, item, each, path)).join(', ')]
  }
  if (typeof content !== 'object') return [textOf(messages, shape, content, path)]
  const option = shape.kind === 'union' ? formOf(shape.options, content) : undefined
  const form = option ? option.shape : shape
  const members = form?.kind === 'group' ? form.members : []
  return [
    ...(option?.by === undefined ? [] : [messages.value(path, option.tag)]),
    ...members.flatMap(({ name, shape: member }) => {
      const below = [...path, name]
      const lines = linesOf({ messages, shape: member, content: memberAt(content, [name]), path: below })
      return lines.map((line) => messages('form.lineOf', { field: messages.field(below), line }))
    }),
  ]
}

/** A card: its title, a link to change it, and its questions with their answers, each unanswered one with a link. */
export function AnswerCard(props: {
  messages: Messages
  title: string
  answers: readonly Answer[]
  change: { href: string; text: string }
  /** The address of a question that is not answered. */
  hrefOf: (path: Path) => string
}) {
  const { messages, title, answers, change, hrefOf } = props
  return (
    <section class="card">
      <div class="card__head">
        <h3 class="govuk-heading-s">{title}</h3>
        <a class="govuk-link no-print" href={change.href}>
          {change.text}
        </a>
      </div>
      <dl class="answers">
        {answers.map(({ path, term, lines }) => (
          <div>
            <dt>{term}</dt>
            <dd>
              {lines.length > 0 ? (
                lines.map((line) => <div>{line}</div>)
              ) : (
                <a class="govuk-link" href={hrefOf(path)}>
                  {messages('form.notAnswered')}
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
