import { daysAfter } from '../../../../schemas/values/clocks.ts'
import type { DeskContext } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { expectedDay, fetchArrivals } from '../../parts/arrivals.ts'
import { Flags, type WorklistRow } from '../../parts/returns-table.tsx'

/** The days of the calendar, from today on. */
const days = 7

/** Who leaves and who arrives on each of the coming days, of the journeys that end within a week. */
export async function WeekCalendar({ context }: { context: DeskContext }) {
  const { messages, me } = context.var
  const { rows, more } = await fetchArrivals(me.api)
  const today = messages.dayOf(new Date().toISOString())
  const week = Array.from({ length: days }, (_, index) => daysAfter(today, index))
  const caption = messages('travel.week')
  return (
    <section class="wide" tabindex={0} aria-label={caption}>
      <table class="govuk-table week">
        <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <thead>
          <tr>
            <td />
            {week.map((day) => (
              <th scope="col">{messages.shortDay(day)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row
            messages={messages}
            head={messages('travel.leaving')}
            week={week}
            rows={rows}
            dayOf={leavesOn}
          />
          <Row
            messages={messages}
            head={messages('travel.arriving')}
            week={week}
            rows={rows}
            dayOf={expectedDay}
          />
        </tbody>
      </table>
      {more ? <p class="govuk-body">{messages('travel.weekMore')}</p> : null}
    </section>
  )
}

const leavesOn = ({ label }: WorklistRow) => label?.leaves

function Row(props: {
  messages: Messages
  head: string
  week: readonly string[]
  rows: readonly WorklistRow[]
  dayOf: (row: WorklistRow) => string | undefined
}) {
  const { messages, head, week, rows, dayOf } = props
  return (
    <tr>
      <th scope="row">{head}</th>
      {week.map((day) => {
        const own = rows.filter((row) => dayOf(row) === day)
        return (
          <td>
            {own.length === 0 ? (
              <span class="govuk-visually-hidden">{messages('travel.nobody')}</span>
            ) : (
              <ul class="steps">
                {own.map((row) => (
                  <li>
                    <a class="govuk-link reference" href={`/desk/returns/${row.ret}/itinerary`}>
                      {row.reference}
                    </a>{' '}
                    {row.label?.initials} <Flags messages={messages} line={row} />
                  </li>
                ))}
              </ul>
            )}
          </td>
        )
      })}
    </tr>
  )
}
