import { workListAnswer } from '../../../schemas/api/work-answers.ts'
import type { Api } from '../api.ts'
import type { WorklistRow } from './returns-table.tsx'

/** Pages that are read at most: as many as the API looks at journeys for. */
const mostPages = 4

/** Everybody who is expected within a week, as "My work" lists them; `more`: there are more journeys than are looked at. */
export async function fetchArrivals(api: Api): Promise<{ rows: WorklistRow[]; more: boolean }> {
  const rows: WorklistRow[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { returns, next, bounded } = await api.get(['work', 'arrivals'], workListAnswer, { cursor })
    rows.push(...returns)
    if (next === undefined) return { rows, more: bounded }
    cursor = next
  }
  return { rows, more: true }
}

/** The day on which somebody is expected, for a list: the planned one, else the last one that is known in clear. */
export const expectedDay = ({ label, arriving }: WorklistRow): string | undefined =>
  label?.arrives ?? arriving
