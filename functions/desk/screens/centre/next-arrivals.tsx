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

/** The arrivals of a week beside the beds: by day, with the room or that there is none yet. */
export function NextArrivals({ messages, forecast, rows, more }: Props) {
  const expected = new Map(expectedIn(forecast).map((line) => [line.ret, line]))
  const days = Map.groupBy(rows, (row) => expectedDay(row) ?? '')
  const others = needingPlace(forecast, rows)
  return (
    <section class="arrivals" aria-labelledby="arrivals">
      <h2 class="govuk-heading-m" id="arrivals">
        {messages('work.arrivals')}
      </h2>
      {rows.length === 0 ? <p class="govuk-body">{messages('board.noneSoon')}</p> : null}
      {[...days].map(([day, arrivals]) => (
        <>
          <h3 class="govuk-heading-s">{day === '' ? messages('board.dayUnknown') : messages.day(day)}</h3>
          <ul class="govuk-list">
            {arrivals.map((row) => (
              <Arrival messages={messages} line={row} place={expected.get(row.ret)} />
            ))}
          </ul>
        </>
      ))}
      {more ? <p class="govuk-body">{messages('board.moreArrivals')}</p> : null}
      {others.length > 0 ? (
        <>
          <h3 class="govuk-heading-s">{messages('board.needPlace')}</h3>
          <ul class="govuk-list">
            {others.map((line) => (
              <Arrival messages={messages} line={line} place={line} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

/** Who needs a bed within a week and is no arrival any more: somebody who is here without one. */
function needingPlace(forecast: Forecast, rows: readonly WorklistRow[]): ExpectedArrival[] {
  const last = daysAfter(forecast.days[0]?.day ?? '', arrivalDays)
  return expectedIn(forecast).filter(
    ({ ret, arrivesOn }) => arrivesOn <= last && !rows.some((row) => row.ret === ret),
  )
}

function Arrival(props: {
  messages: Messages
  line: Pick<WorklistRow, 'ret' | 'reference' | 'label'>
  place: ExpectedArrival | undefined
}) {
  const { messages, line, place } = props
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
