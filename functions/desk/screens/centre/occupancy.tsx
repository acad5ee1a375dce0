import type { Forecast, Use } from '../../../../schemas/api/forecast.ts'
import type { Messages } from '../../messages/messages.ts'
import { Table } from '../../parts/table.tsx'

const uses = ['all', 'occupied', 'held', 'blocked', 'free', 'short'] as const
/** The uses that a room shows, if they are not nought. */
const parts = ['free', 'occupied', 'held', 'blocked', 'short'] as const

/** The beds and cots of the whole house on each coming day, in numbers: the chart and the grid say the same. */
export function OccupancyTable({ messages, days }: { messages: Messages; days: Forecast['days'] }) {
  return (
    <>
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
export function usesInWords(messages: Messages, use: Use): string {
  const some = parts.filter((part) => use[part] > 0)
  return some.map((part) => `${messages.number(use[part])} ${messages(`board.use.${part}`)}`).join(', ')
}
