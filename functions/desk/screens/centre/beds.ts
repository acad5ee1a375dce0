import type { Use } from '../../../../schemas/api/forecast.ts'

/** What a bed can be on a day, in the order in which a cell of the board shows its beds. */
export const bedStates = ['occupied', 'held', 'blocked', 'free', 'short'] as const
export type BedState = (typeof bedStates)[number]

/** The beds of a room on a day, one by one; `short` are those that are wanted beyond what there is. */
export function bedsOf(use: Use): BedState[] {
  return bedStates.flatMap((state) => Array.from({ length: use[state] }, () => state))
}
