import type { WorklistQuery } from '../../../schemas/api/requests.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import { type Listed, referenceRows, type Stretch } from '../../exchange/work.ts'
import { referenceOf } from '../../trail/ids.ts'
import type { Session } from '../http/session.ts'

/** What a filter lets through: by what a row says, and which rows alone are looked at. */
export interface Filter {
  passes: (row: Listed) => boolean
  /** Only what is late, or only the return of a reference. */
  only?: 'late' | Stretch
}

/** The filter of a query; undefined where it names none. */
export async function filterOf(session: Session, query: WorklistQuery): Promise<Filter | undefined> {
  if (Object.values(query).every((value) => value === undefined)) return undefined
  const { phase, post, arrivingFrom, arrivingTo, overdue, text, reference: typed } = query
  const isAssigned = await assignmentOf(session, query)
  const sought = text === undefined ? undefined : referenceKey(text)
  const passes = (row: Listed) =>
    (phase === undefined || row.phase === phase) &&
    (post === undefined || row.post === post) &&
    isWithin(row.arriving, arrivingFrom, arrivingTo) &&
    (sought === undefined || referenceKey(referenceOf(row.ret)).includes(sought)) &&
    isAssigned(row)
  if (typed !== undefined) return { passes, only: referenceRows(writtenReference(typed)) }
  return { passes, ...(overdue === undefined ? {} : { only: 'late' }) }
}

function isWithin(day: string | undefined, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true
  return day !== undefined && (from === undefined || from <= day) && (to === undefined || day <= to)
}

/** Whether a row is assigned to whom the query asks for. */
async function assignmentOf(
  session: Session,
  { assigned }: WorklistQuery,
): Promise<(row: Listed) => boolean> {
  if (assigned === undefined) return () => true
  const roster = await session.roster
  const now = new Date().toISOString()
  const { party, user } = session.by
  // Oversight reads another party's rows, and is assigned to none of them.
  if (party === 'oversight') return (row) => assigned === 'to-nobody' && row.assignee === undefined
  return (row) => {
    const { assignee, standIn } = assignedTo(roster, row.assignee, now)
    return assigned === 'to-me' ? assignee === user || standIn === user : assignee === undefined
  }
}

/** A reference as it is written, from what somebody typed. */
function writtenReference(typed: string): string {
  const key = referenceKey(typed)
  return `RET-${key.slice(0, 4)}-${key.slice(4)}`
}

/**
 * A reference, or a part of one, without what people type differently: capitals, spaces and hyphens, O for 0, I and L
 * for 1. `RET` at its beginning is left out.
 */
export function referenceKey(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^RET/, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}
