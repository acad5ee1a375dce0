import type { Child } from 'hono/jsx'
import type * as z from 'zod/mini'
import type { WorkFlag } from '../../../schemas/api/work.ts'
import type { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { mayRead } from '../../../schemas/values/classes.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { nextSteps } from './next-steps.ts'
import { SeveralBox } from './several.tsx'
import { Table } from './table.tsx'

export type WorklistRow = z.infer<typeof worklistAnswer>['returns'][number]

/** A person as masked lists show her, if the party may see that. */
export function maskedPerson(
  messages: Messages,
  label: Pick<NonNullable<WorklistRow['label']>, 'initials' | 'ageBand'> | undefined,
): string {
  if (!label) return messages('list.noLabel')
  return messages('list.masked', {
    initials: label.initials,
    age: messages.value(['ageBand'], label.ageBand),
  })
}

/** The columns that a list of returns can have beside the reference. */
const columns = {
  person: {
    head: 'list.label',
    cell: ({ messages, line }) => <PersonCell messages={messages} line={line} />,
  },
  state: {
    head: 'list.phase',
    cell: ({ messages, line }) => <StateCell messages={messages} line={line} />,
  },
  next: {
    head: 'list.next',
    cell: ({ messages, me, line, today }) => (
      <NextSteps messages={messages} me={me} line={line} today={today} />
    ),
  },
  arrives: {
    head: 'list.arrives',
    cell: ({ messages, line }) => arrivalText(messages, line),
  },
  deadline: {
    head: 'list.deadline',
    cell: ({ messages, me, line, today }) => deadlineText(messages, me, line, today),
  },
} as const satisfies Record<string, { head: Parameters<Messages>[0]; cell: (cell: Cell) => Child }>
export type Column = keyof typeof columns

interface Cell {
  messages: Messages
  me: SignedIn
  line: WorklistRow
  /** The day in Chișinău. */
  today: string
}

/** A table of returns: reference, masked person, state with what is out of the ordinary, and the next steps. */
export function ReturnsTable({
  messages,
  me,
  lines,
  caption,
  shown = ['person', 'state', 'next'],
  choosing = false,
}: {
  messages: Messages
  me: SignedIn
  lines: readonly WorklistRow[]
  caption: string
  shown?: readonly Column[]
  /** Whether returns can be chosen for what is done for several at once; the page then has the form for it. */
  choosing?: boolean
}) {
  const today = messages.dayOf(new Date().toISOString())
  // Who reads no label would find nothing in its column.
  const own = shown.filter((column) => column !== 'person' || mayRead(me.kind, 'label'))
  return (
    <Table
      caption={caption}
      heads={[messages('list.reference'), ...own.map((column) => messages(columns[column].head))]}
      rows={lines.map((line) => [
        <>
          {choosing ? <SeveralBox messages={messages} line={line} /> : null}
          <Reference line={line} />
        </>,
        ...own.map((column) => columns[column].cell({ messages, me, line, today })),
      ])}
    />
  )
}

/** A return by its reference, which is read out and copied in one piece. */
export function Reference({
  line,
  page = '',
}: {
  line: Pick<WorklistRow, 'ret' | 'reference'>
  page?: string
}) {
  return (
    <a class="govuk-link reference" href={`/desk/returns/${line.ret}${page}`}>
      {line.reference}
    </a>
  )
}

/** The masked person; below, from where to where, from which day on and for how many, as far as the party reads that. */
export function PersonCell({
  messages,
  line: { label },
}: {
  messages: Messages
  line: Pick<WorklistRow, 'label'>
}) {
  const texts = label ? journeyTexts(messages, label) : []
  return (
    <>
      {maskedPerson(messages, label)}
      {texts.length === 0 ? null : <div class="quiet">{texts.join(', ')}</div>}
    </>
  )
}

/** What is out of the ordinary, and where the return stands. */
export function StateCell({ messages, line }: { messages: Messages; line: WorklistRow }) {
  return (
    <>
      <Flags messages={messages} line={line} /> {messages.code('phase', line.phase)}
    </>
  )
}

function journeyTexts(
  messages: Messages,
  { country, to, leaves, persons = 1 }: NonNullable<WorklistRow['label']>,
): string[] {
  const from = country && messages.country(country)
  return [
    ...(from && to ? [messages('list.journey', { from, to: messages.value(['point'], to) })] : []),
    ...(from && !to ? [from] : []),
    ...(leaves ? [messages('list.leaves', { day: messages.dayNear(leaves) })] : []),
    ...(persons > 1 ? [messages.count('list.persons', persons)] : []),
  ]
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

const flagColours: Readonly<Partial<Record<WorkFlag, string>>> = {
  'contact-lost': 'red',
  'in-hospital': 'red',
  'did-not-come': 'red',
  refused: 'grey',
  'on-hold': 'yellow',
}

/** Tags: how urgent it is, and what is out of the ordinary: contact lost, in hospital, not approved, on hold. */
export function Flags({
  messages,
  line,
}: {
  messages: Messages
  line: Pick<WorklistRow, 'urgency' | 'flags'>
}) {
  return (
    <>
      <Urgency messages={messages} line={line} />
      {line.flags.map((flag) => (
        <>
          {' '}
          <strong class={`govuk-tag govuk-tag--${flagColours[flag] ?? 'orange'}`}>
            {messages.code('flag', flag)}
          </strong>
        </>
      ))}
    </>
  )
}

/** What has to be done about a return, and who does it by which day: the own items first. */
export function NextSteps({ messages, me, line, today }: Cell) {
  const steps = nextSteps(messages, me, line.items, today)
  if (steps.length === 0) return <>{messages('list.nothingToDo')}</>
  return (
    <ul class="steps">
      {steps.map(({ text, isOwn }) => (
        <li {...(isOwn ? {} : { class: 'quiet' })}>{text}</li>
      ))}
    </ul>
  )
}

/** By when somebody is expected: the planned day, if the party reads it; else the day that is known in clear. */
const arrivalText = (messages: Messages, { label, arriving }: WorklistRow): string => {
  const day = label?.arrives ?? arriving
  return day === undefined ? '' : messages.dayNear(day)
}

/** The nearest day on which the own party owes something, else on which others do, and whether it is over. */
export function deadlineText(
  messages: Messages,
  { party }: Pick<SignedIn, 'party'>,
  { items, next }: WorklistRow,
  today: string,
): string {
  const daysOf = (some: WorklistRow['items']) => some.flatMap(({ day }) => day ?? []).toSorted()
  const [own = next] = daysOf(items.filter((item) => item.party === party))
  const nearest = own ?? daysOf(items)[0]
  if (nearest === undefined) return messages('travel.noDay')
  const day = messages.dayNear(nearest)
  return nearest < today ? messages('list.late', { day }) : day
}
