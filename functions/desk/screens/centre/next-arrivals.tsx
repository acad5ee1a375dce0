import type { Forecast } from '../../../../schemas/api/forecast.ts'
import { arrivalDays } from '../../../../schemas/api/work.ts'
import { daysAfter } from '../../../../schemas/values/clocks.ts'
import type { Messages } from '../../messages/messages.ts'
import { expectedDay } from '../../parts/arrivals.ts'
import { maskedPerson, type WorklistRow } from '../../parts/returns-table.tsx'
import { type ExpectedArrival, expectedIn } from './arrivals.tsx'

interface Props {
  messages: Messages
  forecast: Forecast
  /** The arrivals of "My work": the same returns and days stand here. */
  rows: readonly WorklistRow[]
  more: boolean
}

/** Somebody who is expected: which return, on which day if one is known, and the place. */
interface Line extends Pick<WorklistRow, 'ret' | 'reference' | 'label'> {
  day: string
  place: ExpectedArrival | undefined
}

/**
 * The arrivals of a week beside the beds: by day, with the room or that there is none yet. Somebody who is here already and
 * has no bed is no arrival any more; she stands below.
 */
export function NextArrivals({ messages, forecast, rows, more }: Props) {
  const expected = new Map(expectedIn(forecast).map((line) => [line.ret, line]))
  const others = withoutBed(forecast, rows)
  const today = forecast.days[0]?.day ?? ''
  const arriving = [...rows.map((row) => lineOf(row, expected.get(row.ret))), ...others]
    .filter(({ day, ret }) => day > today || rows.some((row) => row.ret === ret))
    .toSorted((line, other) => line.day.localeCompare(other.day))
  const here = others.filter(({ day }) => day <= today)
  return (
    <section class="arrivals" aria-labelledby="arrivals">
      <h2 class="govuk-heading-m" id="arrivals">
        {messages('work.arrivals')}
      </h2>
      {arriving.length === 0 ? <p class="govuk-body">{messages('board.noneSoon')}</p> : null}
      {[...Map.groupBy(arriving, ({ day }) => day)].map(([day, lines]) => (
        <Day
          messages={messages}
          head={day === '' ? messages('board.dayUnknown') : messages.day(day)}
          lines={lines}
        />
      ))}
      {more ? <p class="govuk-body">{messages('board.moreArrivals')}</p> : null}
      {here.length > 0 ? <Day messages={messages} head={messages('board.needPlace')} lines={here} /> : null}
    </section>
  )
}

const lineOf = (row: WorklistRow, place: ExpectedArrival | undefined): Line => ({
  ...row,
  day: row.label?.arrives ?? place?.arrivesOn ?? expectedDay(row) ?? '',
  place,
})

/** Who needs a bed within a week and does not stand among the arrivals of "My work". */
function withoutBed(forecast: Forecast, rows: readonly WorklistRow[]): Line[] {
  const last = daysAfter(forecast.days[0]?.day ?? '', arrivalDays)
  return expectedIn(forecast)
    .filter(({ ret, arrivesOn }) => arrivesOn <= last && !rows.some((row) => row.ret === ret))
    .map((place) => ({ ...place, day: place.arrivesOn, place }))
}

function Day({ messages, head, lines }: { messages: Messages; head: string; lines: readonly Line[] }) {
  return (
    <>
      <h3 class="govuk-heading-s">{head}</h3>
      <ul class="govuk-list">
        {lines.map((line) => (
          <Arrival messages={messages} line={line} />
        ))}
      </ul>
    </>
  )
}

function Arrival({ messages, line }: { messages: Messages; line: Line }) {
  const { place } = line
  return (
    <li>
      <a class="govuk-link reference" href={`/desk/returns/${line.ret}/intake`}>
        {line.reference}
      </a>{' '}
      {[
        maskedPerson(messages, line.label),
        ...(place
          ? [
              messages.count('board.beds', place.beds),
              messages(place.held ? 'board.held' : 'board.noPlace', { room: place.held ?? '' }),
            ]
          : [messages('board.noBed')]),
      ].join(', ')}
    </li>
  )
}
