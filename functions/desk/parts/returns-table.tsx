import type * as z from 'zod/mini'
import type { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { Table } from './table.tsx'

export type WorklistRow = z.infer<typeof worklistAnswer>['returns'][number]

/** A person as masked lists show her, if the party may see that. */
export function maskedPerson(messages: Messages, label: WorklistRow['label']): string {
  if (!label) return messages('list.noLabel')
  return messages('list.masked', {
    initials: label.initials,
    age: messages.value(['ageBand'], label.ageBand),
  })
}

/** A table of returns: reference, masked person, state, and whom the return waits for, or what `next` says instead. */
export function ReturnsTable({
  messages,
  me,
  lines,
  caption,
  next = (line) => waitingFor(messages, me, line),
}: {
  messages: Messages
  me: SignedIn
  lines: readonly WorklistRow[]
  caption: string
  next?: (line: WorklistRow) => string
}) {
  return (
    <Table
      caption={caption}
      heads={[
        messages('list.reference'),
        messages('list.label'),
        messages('list.phase'),
        messages('list.next'),
      ]}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/returns/${line.ret}`}>
          {line.reference}
        </a>,
        maskedPerson(messages, line.label),
        <>
          <Urgency messages={messages} line={line} /> {messages.code('phase', line.phase)}
        </>,
        next(line),
      ])}
    />
  )
}

/** The tag says it in words, never by colour alone. */
export function Urgency({ messages, line }: { messages: Messages; line: Pick<WorklistRow, 'urgency'> }) {
  if (line.urgency === 0) return null
  return (
    <strong class={`govuk-tag govuk-tag--${line.urgency === 2 ? 'red' : 'orange'}`}>
      {messages.code('urgency', String(line.urgency))}
    </strong>
  )
}

/** Whom a return waits for. */
export function waitingFor(messages: Messages, me: SignedIn, { items }: Pick<WorklistRow, 'items'>): string {
  if (items.length === 0) return messages('list.nobody')
  const names = items.map(({ party }) =>
    party === me.party ? messages('list.you') : messages.code('party', party.split(':')[0] ?? ''),
  )
  return messages('list.waitsFor', { who: [...new Set(names)].join(', ') })
}
