import type { Forecast } from '../../../../schemas/api/forecast.ts'
import { daysAfter } from '../../../../schemas/values/clocks.ts'
import type { Messages } from '../../messages/messages.ts'
import { maskedPerson } from '../../parts/returns-table.tsx'
import { type Expected, expectedIn } from './arrivals.tsx'

/** The days of "soon": the list of arrivals on "My work" has the same. */
const daysAhead = 7

/** Who is expected within a week, the nearest first. Somebody whose day has passed is still expected. */
export function arrivingSoon(forecast: Forecast): Expected[] {
  const last = daysAfter(forecast.days[0]?.day ?? '', daysAhead)
  return expectedIn(forecast).filter(({ arrivesOn }) => arrivesOn <= last)
}

/** The arrivals of a week beside the beds: by day, with the room or a way to hold one. */
export function NextArrivals({ messages, forecast }: { messages: Messages; forecast: Forecast }) {
  const days = Map.groupBy(arrivingSoon(forecast), ({ arrivesOn }) => arrivesOn)
  return (
    <section class="arrivals" aria-labelledby="arrivals">
      <h2 class="govuk-heading-m" id="arrivals">
        {messages('work.arrivals')}
      </h2>
      {days.size === 0 ? <p class="govuk-body">{messages('board.noneSoon')}</p> : null}
      {[...days].map(([day, arrivals]) => (
        <>
          <h3 class="govuk-heading-s">{messages.day(day)}</h3>
          <ul class="govuk-list">
            {arrivals.map((expected) => (
              <li>
                <a class="govuk-link" href={`/desk/returns/${expected.ret}/intake`}>
                  {expected.reference}
                </a>{' '}
                {[
                  maskedPerson(messages, expected.label),
                  messages.count('board.beds', expected.beds),
                  messages(expected.held ? 'board.held' : 'board.noPlace', { room: expected.held ?? '' }),
                ].join(', ')}
              </li>
            ))}
          </ul>
        </>
      ))}
    </section>
  )
}
