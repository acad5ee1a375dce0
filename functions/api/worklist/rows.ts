import type * as z from 'zod/mini'
import type { listedReturn } from '../../../schemas/api/work-answers.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import { readLinesOf, type StoredLine } from '../../exchange/worklist.ts'
import { type Session, tableName } from '../http/session.ts'
import { openLabels } from './open-labels.ts'

export type AnsweredRow = z.infer<typeof listedReturn>

/** Whose rows a caller reads: its own party's; oversight those of the consular department. */
export function listing({ by: { party } }: Session): PartyId {
  return party === 'oversight' ? partyId.parse('consular') : party
}

/** The party's lines of some returns, in the order of their ids. */
export function readOwnLines(session: Session, rets: readonly string[]): Promise<StoredLine[]> {
  return readLinesOf(session.db, tableName('worklists'), listing(session), rets)
}

/** Lines as they are answered: with the assignee of today, and the label where the party reads it. */
export async function answeredRows(session: Session, lines: readonly StoredLine[]): Promise<AnsweredRow[]> {
  const [labels, roster] = await Promise.all([openLabels(session, lines), session.roster])
  const now = new Date().toISOString()
  return lines.map(({ labels: _, assignee, ...row }) => {
    const label = labels.get(row.ret)
    // Oversight reads another party's rows, and knows the roster of its own party alone.
    const assigned =
      session.by.party === 'oversight'
        ? { ...(assignee ? { assignee } : {}) }
        : assignedTo(roster, assignee, now)
    return { ...row, ...assigned, ...(label ? { label } : {}) }
  })
}
