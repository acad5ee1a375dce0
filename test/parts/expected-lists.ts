import { arrivalDays, type WorkList } from '../../schemas/api/work.ts'
import { openAlert, overPhases, type Phase } from '../../schemas/procedure/phases.ts'
import { daysAfter } from '../../schemas/values/clocks.ts'
import type { Desk } from './desk.ts'

export type Line = Awaited<ReturnType<Desk['list']>>['returns'][number]

/** The list that a return stands in once, by what its row says: made anew here, from the words of the contract. */
function waitingListOf(line: Line, { party, user }: { party: string; user: string }, today: string) {
  const own = line.items.filter((item) => item.party === party)
  const days = own.flatMap(({ day }) => day ?? [])
  const isOver = overPhases.includes(line.phase) || line.membership === 'ended'
  const rules: readonly [WorkList, boolean][] = [
    ['calls', own.some(({ what }) => what === 'answer-call')],
    ['alerts', openAlert.some((phase) => phase === line.phase)],
    ['late', days.some((day) => day < today) || (!isOver && line.overdue.length > 0)],
    ['concern', !isOver && line.flags.some((flag) => flag === 'contact-lost' || flag === 'in-hospital')],
    ['danger', !isOver && line.urgency === 2],
    ['today', days.includes(today)],
    ['asked', own.some(({ what }) => what === 'answer-question')],
    ['waits', own.length > 0],
    ['assigned', !isOver && (line.assignee === user || line.standIn === user)],
  ]
  return rules.find(([, belongs]) => belongs)?.[0]
}

const journeys: readonly Phase[] = ['planned', 'confirmed', 'travelling']

/** Whether an arrival is expected within a week, by the label where the party reads it. */
function isArriving(line: Line, today: string): boolean {
  const day = line.label?.arrives ?? line.arriving
  return (
    line.membership === 'on' &&
    journeys.includes(line.phase) &&
    day !== undefined &&
    day <= daysAfter(today, arrivalDays)
  )
}

/** The returns of each list, by all rows of the party. */
export function expectedLists(
  lines: readonly Line[],
  who: { party: string; user: string },
  today: string,
): ReadonlyMap<WorkList, string[]> {
  const byList = Map.groupBy(lines, (line) => waitingListOf(line, who, today))
  const decides = (line: Line) =>
    line.items.some(({ what, party }) => party === who.party && (what === 'decide' || what === 'fund'))
  const idsOf = (some: readonly Line[]) => some.map(({ ret }) => ret).sort()
  return new Map<WorkList, string[]>([
    ...[...byList].flatMap(([list, some]): [WorkList, string[]][] => (list ? [[list, idsOf(some)]] : [])),
    ['arrivals', idsOf(lines.filter((line) => isArriving(line, today)))],
    ['decisions', idsOf(lines.filter(decides))],
  ])
}
