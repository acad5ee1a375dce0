import type { Forecast } from '../../../../schemas/api/forecast.ts'
import type { Messages } from '../../messages/messages.ts'
import { maskedPerson } from '../../parts/returns-table.tsx'
import { Table } from '../../parts/table.tsx'
import { Alternatives } from './alternatives.tsx'

export type ExpectedArrival = Pick<
  Forecast['fitting'][number],
  'ret' | 'reference' | 'label' | 'arrivesOn' | 'beds'
> & {
  /** The room that is held. */
  held?: string
  /** The room that would fit. */
  room?: string
  /** The alternatives, if no room fits. */
  choices?: Forecast['unfitting'][number]['choices']
}

/** The expected arrivals, in the order of the days. */
export function expectedIn({ placed, fitting, unfitting }: Forecast): ExpectedArrival[] {
  const held = placed
    .filter(({ present }) => !present)
    .map(({ room, from, arrivesOn, ...expected }) => ({
      ...expected,
      held: room,
      arrivesOn: arrivesOn ?? from,
    }))
  return [...held, ...fitting, ...unfitting].toSorted((expected, second) =>
    expected.arrivesOn < second.arrivesOn ? -1 : expected.arrivesOn > second.arrivesOn ? 1 : 0,
  )
}

const dayMs = 86_400_000

/** The Monday of the week of a day, both as `2026-11-21`. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00Z`)
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10)
}

/** Arrivals, week by week. Each says whether a place is held, could be held, or has to be found. */
export function Arrivals({ messages, forecast }: { messages: Messages; forecast: Forecast }) {
  const weeks = Map.groupBy(expectedIn(forecast), ({ arrivesOn }) => mondayOf(arrivesOn))
  const heads = ['list.reference', 'list.label', 'board.day', 'board.takes', 'board.place'] as const
  if (weeks.size === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{messages('board.coming')}</h2>
        <p class="govuk-inset-text">{messages('board.nobody')}</p>
      </>
    )
  return (
    <>
      {[...weeks].map(([monday, arrivals]) => (
        <Table
          caption={messages('board.week', { day: messages.day(monday) })}
          heads={heads.map((head) => messages(head))}
          rows={arrivals.map((expected) => [
            <a class="govuk-link" href={`/desk/returns/${expected.ret}/intake`}>
              {expected.reference}
            </a>,
            maskedPerson(messages, expected.label),
            messages.day(expected.arrivesOn),
            messages.count('board.beds', expected.beds),
            <Place messages={messages} expected={expected} />,
          ])}
        />
      ))}
    </>
  )
}

function Place({ messages, expected }: { messages: Messages; expected: ExpectedArrival }) {
  const { ret, reference, held, room, choices } = expected
  if (held) return <>{messages('board.held', { room: held })}</>
  return (
    <>
      {choices ? <strong class="govuk-tag govuk-tag--red">{messages('board.unfitting')}</strong> : null}
      <a class="govuk-link" href={`/desk/board/${ret}${room ? `?room=${room}` : ''}`}>
        {room ? messages('board.holdIn', { room, reference }) : messages('board.holdOne', { reference })}
      </a>
      {choices ? <Alternatives messages={messages} near={choices} /> : null}
    </>
  )
}
