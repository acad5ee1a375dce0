import type { Forecast, Use } from '../../../../schemas/api/forecast.ts'
import type { Messages } from '../../messages/messages.ts'
import { type BedState, bedStates, bedsOf } from './beds.ts'
import { usesInWords } from './occupancy.tsx'

/** Two weeks stand side by side in a window of a desk. */
export const gridDays = 14

/**
 * Rooms by days, each bed a sign with its own shape, letter and colour. A screen reader reads the numbers in words, with
 * the room and the day.
 */
export function BedGrid({ messages, rooms }: { messages: Messages; rooms: Forecast['rooms'] }) {
  const caption = messages('board.grid')
  const days = rooms[0]?.days.slice(0, gridDays) ?? []
  return (
    <section class="wide" tabindex={0} aria-label={caption}>
      <table class="govuk-table bed-grid">
        <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{messages('board.room')}</th>
            {days.map(({ day }) => (
              <th scope="col">{messages.shortDay(day)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <tr>
              <th scope="row">
                <RoomLink messages={messages} room={room} />
              </th>
              {room.days.slice(0, gridDays).map(({ beds }) => (
                <td>
                  <Beds messages={messages} use={beds} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A room with what it offers, as a link to its own page. */
function RoomLink({
  messages,
  room: { room, tags },
}: {
  messages: Messages
  room: Forecast['rooms'][number]
}) {
  return (
    <>
      <a class="govuk-link" href={`/desk/rooms/${room}`}>
        {messages('board.otherRoom', { room })}
      </a>
      {tags.length > 0 ? `, ${tags.map((tag) => messages.value(['tags'], tag)).join(', ')}` : ''}
    </>
  )
}

function Beds({ messages, use }: { messages: Messages; use: Use }) {
  return (
    <>
      <span aria-hidden="true">
        {bedsOf(use).map((state) => (
          <Bed messages={messages} state={state} />
        ))}
      </span>
      <span class="govuk-visually-hidden">{usesInWords(messages, use)}</span>
    </>
  )
}

function Bed({ messages, state }: { messages: Messages; state: BedState }) {
  return <i class={state === 'free' ? 'bed' : `bed bed--${state}`}>{messages(`board.letter.${state}`)}</i>
}

/** What the signs of the grid mean. */
export function BedLegend({ messages }: { messages: Messages }) {
  return (
    <ul class="legend">
      {bedStates.map((state) => (
        <li>
          <Bed messages={messages} state={state} /> {messages(`board.use.${state}`)}
        </li>
      ))}
    </ul>
  )
}
