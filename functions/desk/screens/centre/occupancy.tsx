import type { Forecast, Use } from '../../../../schemas/api/forecast.ts'
import type { Messages } from '../../messages/messages.ts'
import { Table } from '../../parts/table.tsx'

const uses = ['all', 'occupied', 'held', 'blocked', 'free', 'short'] as const
/** The uses that a room shows, if they are not nought. */
const parts = ['free', 'occupied', 'held', 'blocked', 'short'] as const
/** The number of days that a page has space for in each room. The table of the house shows all. */
const roomDays = 7

/** The beds on each coming day, in the whole house and room by room. */
export function OccupancyTable({
  messages,
  forecast: { days, rooms },
}: {
  messages: Messages
  forecast: Forecast
}) {
  if (rooms.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{messages('board.bedsBy')}</h2>
        <p class="govuk-inset-text">{messages('board.noRooms')}</p>
      </>
    )
  const shownDays = days.slice(0, roomDays)
  return (
    <>
      <Table
        caption={messages('board.roomsBy')}
        heads={[messages('board.room'), ...shownDays.map(({ day }) => messages.day(day))]}
        rows={rooms.map(({ room, tags, days: own }) => [
          <a class="govuk-link" href={`/desk/rooms/${room}`}>
            {[
              messages('board.otherRoom', { room }),
              ...tags.map((tag) => messages.value(['tags'], tag)),
            ].join(', ')}
          </a>,
          ...own.slice(0, roomDays).map(({ beds }) => usesInWords(messages, beds)),
        ])}
      />
      {(['beds', 'cots'] as const)
        .filter((kind) => days.some((day) => day[kind].all + day[kind].short > 0))
        .map((kind) => (
          <Table
            caption={messages(`board.${kind}By`)}
            heads={[messages('board.day'), ...uses.map((use) => messages(`board.use.${use}`))]}
            rows={days.map((day) => [
              messages.day(day.day),
              ...uses.map((use) => messages.number(day[kind][use])),
            ])}
            numbers
          />
        ))}
    </>
  )
}

/** The use of a room's beds: `1 free, 2 occupied`. */
function usesInWords(messages: Messages, use: Use): string {
  const some = parts.filter((part) => use[part] > 0)
  return some.map((part) => `${messages.number(use[part])} ${messages(`board.use.${part}`)}`).join(', ')
}
