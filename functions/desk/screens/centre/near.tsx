import type { Choices } from '../../../../schemas/api/rooms.ts'
import type { Words } from '../../messages/messages.ts'
import { partyName } from '../../parts/parties.ts'

/** Where no room has a place: other rooms on the same days, the next days, and other centres to ask. */
export function Near({ words, near: { rooms, days, centres } }: { words: Words; near: Choices }) {
  if (rooms.length + days.length + centres.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {rooms.map((room) => (
        <li>{words('board.otherRoom', { room })}</li>
      ))}
      {days.map(({ room, from }) => (
        <li>{words('board.otherDay', { room, day: words.day(from) })}</li>
      ))}
      {centres.map((centre) => (
        <li>{words('board.otherCentre', { centre: partyName(words, centre) })}</li>
      ))}
    </ul>
  )
}
