import type { Forecast, Use } from '../../../../schemas/api/forecast.ts'
import type { Words } from '../../messages/messages.ts'
import { Table } from '../../parts/table.tsx'

const uses = ['all', 'occupied', 'held', 'blocked', 'free', 'short'] as const
/** In a room there is space for what is not nought alone. */
const parts = ['free', 'occupied', 'held', 'blocked', 'short'] as const
/** As many days of each room as a page has space for; the house shows all. */
const roomDays = 7

/** What there is on each coming day: in the whole house, and room by room. */
export function House({ words, told: { days, rooms } }: { words: Words; told: Forecast }) {
  if (rooms.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{words('board.bedsBy')}</h2>
        <p class="govuk-inset-text">{words('board.noRooms')}</p>
      </>
    )
  const shown = days.slice(0, roomDays)
  return (
    <>
      <Table
        caption={words('board.roomsBy')}
        heads={[words('board.room'), ...shown.map(({ day }) => words.day(day))]}
        rows={rooms.map(({ room, tags, days: own }) => [
          <a class="govuk-link" href={`/desk/rooms/${room}`}>
            {[words('board.otherRoom', { room }), ...tags.map((tag) => words.value(['tags'], tag))].join(
              ', ',
            )}
          </a>,
          ...own.slice(0, roomDays).map(({ beds }) => told(words, beds)),
        ])}
      />
      {(['beds', 'cots'] as const)
        .filter((kind) => days.some((day) => day[kind].all + day[kind].short > 0))
        .map((kind) => (
          <Table
            caption={words(`board.${kind}By`)}
            heads={[words('board.day'), ...uses.map((use) => words(`board.use.${use}`))]}
            rows={days.map((day) => [words.day(day.day), ...uses.map((use) => words.number(day[kind][use]))])}
            numbers
          />
        ))}
    </>
  )
}

/** `1 free, 2 occupied`: how many beds of a room are what. */
function told(words: Words, use: Use): string {
  const some = parts.filter((part) => use[part] > 0)
  return some.map((part) => `${words.number(use[part])} ${words(`board.use.${part}`)}`).join(', ')
}
