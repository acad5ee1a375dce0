import type * as z from 'zod/mini'
import type { worklist } from '../../../schemas/api/answers.ts'
import type { Me } from '../context.ts'
import type { Words } from '../messages/messages.ts'
import { Table } from './table.tsx'

export type Line = z.infer<typeof worklist>['returns'][number]

/** The masked form of a person, as far as the party may see it. */
export function masked(words: Words, label: Line['label']): string {
  if (!label) return words('list.noLabel')
  return words('list.masked', { initials: label.initials, age: words.value(['ageBand'], label.ageBand) })
}

/** A table of returns: reference, masked person, state, whose move it is, or what `next` says instead. */
export function ReturnsTable({
  words,
  me,
  lines,
  caption,
  next = (line) => waitingFor(words, me, line),
}: {
  words: Words
  me: Me
  lines: readonly Line[]
  caption: string
  next?: (line: Line) => string
}) {
  return (
    <Table
      caption={caption}
      heads={[words('list.reference'), words('list.label'), words('list.phase'), words('list.next')]}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/returns/${line.ret}`}>
          {line.reference}
        </a>,
        masked(words, line.label),
        <>
          <Urgency words={words} line={line} /> {words.code('phase', line.phase)}
        </>,
        next(line),
      ])}
    />
  )
}

/** Never by colour alone: the tag says it in words. */
export function Urgency({ words, line }: { words: Words; line: Pick<Line, 'urgency'> }) {
  if (line.urgency === 0) return null
  return (
    <strong class={`govuk-tag govuk-tag--${line.urgency === 2 ? 'red' : 'orange'}`}>
      {words.code('urgency', String(line.urgency))}
    </strong>
  )
}

/** Whose move it is: the own party's first. */
export function waitingFor(words: Words, me: Me, { waitingFor }: Pick<Line, 'waitingFor'>): string {
  if (waitingFor.length === 0) return words('list.nobody')
  const names = waitingFor.map(({ party }) =>
    party === me.party ? words('list.you') : words.code('party', party.split(':')[0] ?? ''),
  )
  return words('list.waitsFor', { who: [...new Set(names)].join(', ') })
}
