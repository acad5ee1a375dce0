import type { Child } from 'hono/jsx'
import type * as z from 'zod/mini'
import type { searchAnswer } from '../../../schemas/api/search.ts'
import type { Messages } from '../messages/messages.ts'
import { PersonCell } from './returns-table.tsx'
import { Table } from './table.tsx'

export type FoundReturns = z.infer<typeof searchAnswer>
type FoundLine = FoundReturns['found'][number]

/** What was found, masked. Nothing here says that it is the same person: the officer who sees the papers says so. */
export function Found(props: {
  messages: Messages
  answer: FoundReturns
  caption: string
  /** What else can be done with a line. Without it the reference is a link to the return. */
  goOn?: { head: string; cell: (line: FoundLine) => Child }
}) {
  const { messages, answer, caption, goOn } = props
  const heads = ['list.reference', 'list.label', 'list.phase', 'search.agreed'] as const
  return (
    <>
      <Table
        caption={caption}
        heads={[...heads.map((head) => messages(head)), ...(goOn ? [goOn.head] : [])]}
        rows={answer.found.map((line) => [
          goOn ? (
            line.reference
          ) : (
            <a class="govuk-link" href={`/desk/returns/${line.ret}`}>
              {line.reference}
            </a>
          ),
          <PersonCell messages={messages} line={line} />,
          messages.code('phase', line.phase),
          line.traits.map((trait) => messages(`search.trait.${trait}`)).join(', '),
          ...(goOn ? [goOn.cell(line)] : []),
        ])}
      />
      {answer.more ? <p class="govuk-body">{messages('search.more')}</p> : null}
    </>
  )
}

/** There were too many searches. */
export function SearchedTooOften({ messages, retryAt }: { messages: Messages; retryAt: string }) {
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <h2 class="govuk-error-summary__title" role="alert">
        {messages('search.tooMany', { at: messages.clock(retryAt) })}
      </h2>
    </div>
  )
}
