import { refusal } from '../../../schemas/api/problems.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { changeDraft, type DraftRow, deleteParts, readDraft } from '../../vault/drafts.ts'
import { type Session, tableName } from '../http/session.ts'
import { sentAlready } from './drafts.ts'

/** A filing that sends a draft: which, as of which version, what it becomes, and by which filing. */
export interface Sending {
  draft: string
  version: number
  request: string
  /** The same for every repetition of the filing, and for no other. */
  filing: string
}

/**
 * How a draft changes with a person's return, in the transaction of that return. With the first of several persons it is
 * marked as sent, so that nobody changes or sends it meanwhile. With the last person its ciphertext and wrap are deleted;
 * the mark stays until the draft would have expired, so that an open page can show what the draft became. No statement
 * where that was done before, or where somebody deleted the draft between two persons. `begun`: a person of this filing
 * has a return. Throws not-found, draft-sent, version-stale.
 */
export async function draftStatements(
  session: Session,
  sending: Sending,
  at: string,
  { begun, last }: { begun: boolean; last: boolean },
): Promise<Statement[]> {
  const { draft, request, filing } = sending
  const row = await readDraft(
    session.db,
    tableName('drafts'),
    { party: session.by.party, draft },
    Date.parse(at),
  )
  if (!row) {
    if (begun) return []
    throw refusal('not-found', { fields: ['draft'] })
  }
  const ours = row.sent?.filing === filing
  if (!ours && row.sent) throw sentAlready(row.sent)
  if (!ours && row.version !== sending.version) throw refusal('version-stale', { version: row.version })
  if (ours && !(last && row.cipher)) return []
  const { cipher, ...rest } = row
  const left: DraftRow = {
    ...rest,
    version: row.version + 1,
    at,
    by: session.by.user,
    sent: { request, filing },
    ...(last || !cipher ? {} : { cipher }),
  }
  return [changeDraft(tableName('drafts'), left, row.version)]
}

/** Deletes the parts of a draft that was sent. They could not be opened since its wrap went with the last return. */
export async function deleteSentParts(session: Session, { draft }: Sending): Promise<void> {
  const place = { party: session.by.party, draft }
  const row = await readDraft(session.db, tableName('drafts'), place, Date.now())
  if (row?.sent && !row.cipher) await deleteParts(session.db, tableName('drafts'), place, row.parts)
}
