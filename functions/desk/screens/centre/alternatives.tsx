import type { Choices } from '../../../../schemas/api/rooms.ts'
import type { Messages } from '../../messages/messages.ts'
import { partyName } from '../../parts/parties.ts'

/** If no room has a place: other rooms on the same days, the next days, and other centres to ask. */
export function Alternatives({
  messages,
  near: { rooms, days, centres },
}: {
  messages: Messages
  near: Choices
}) {
  if (rooms.length + days.length + centres.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {rooms.map((room) => (
        <li>{messages('board.otherRoom', { room })}</li>
      ))}
      {days.map(({ room, from }) => (
        <li>{messages('board.otherDay', { room, day: messages.day(from) })}</li>
      ))}
      {centres.map((centre) => (
        <li>{messages('board.otherCentre', { centre: partyName(messages, centre) })}</li>
      ))}
    </ul>
  )
}
