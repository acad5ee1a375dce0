import type { Forecast } from '../../../../schemas/api/forecast.ts'
import type { Words } from '../../messages/messages.ts'
import { masked } from '../../parts/rows.tsx'
import { Table } from '../../parts/table.tsx'
import { Near } from './near.tsx'

type Expected = Pick<Forecast['fitting'][number], 'ret' | 'reference' | 'label' | 'arrivesOn' | 'beds'> & {
  /** The room that is held. */
  held?: string
  /** The room that would do. */
  room?: string
  /** Where no room does: what is near. */
  choices?: Forecast['unfitting'][number]['choices']
}

/** Who is to come, in the order of the days. */
function expectedIn({ placed, fitting, unfitting }: Forecast): Expected[] {
  const held = placed
    .filter(({ present }) => !present)
    .map(({ room, from, arrivesOn, ...one }) => ({ ...one, held: room, arrivesOn: arrivesOn ?? from }))
  return [...held, ...fitting, ...unfitting].toSorted((one, other) =>
    one.arrivesOn < other.arrivesOn ? -1 : one.arrivesOn > other.arrivesOn ? 1 : 0,
  )
}

const dayMs = 86_400_000

/** The Monday of a day's week, both `2026-11-21`. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00Z`)
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10)
}

/** Arrivals, week by week; of each whether a place is held, would be found, or is to be looked for. */
export function Coming({ words, told }: { words: Words; told: Forecast }) {
  const weeks = Map.groupBy(expectedIn(told), ({ arrivesOn }) => mondayOf(arrivesOn))
  const heads = ['list.reference', 'list.label', 'board.day', 'board.takes', 'board.place'] as const
  if (weeks.size === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{words('board.coming')}</h2>
        <p class="govuk-inset-text">{words('board.nobody')}</p>
      </>
    )
  return (
    <>
      {[...weeks].map(([monday, some]) => (
        <Table
          caption={words('board.week', { day: words.day(monday) })}
          heads={heads.map((head) => words(head))}
          rows={some.map((one) => [
            <a class="govuk-link" href={`/desk/returns/${one.ret}/intake`}>
              {one.reference}
            </a>,
            masked(words, one.label),
            words.day(one.arrivesOn),
            words.count('board.beds', one.beds),
            <Place words={words} one={one} />,
          ])}
        />
      ))}
    </>
  )
}

function Place({ words, one }: { words: Words; one: Expected }) {
  const { ret, reference, held, room, choices } = one
  if (held) return <>{words('board.held', { room: held })}</>
  return (
    <>
      {choices ? <strong class="govuk-tag govuk-tag--red">{words('board.unfitting')}</strong> : null}
      <a class="govuk-link" href={`/desk/board/${ret}${room ? `?room=${room}` : ''}`}>
        {room ? words('board.holdIn', { room, reference }) : words('board.holdOne', { reference })}
      </a>
      {choices ? <Near words={words} near={choices} /> : null}
    </>
  )
}
