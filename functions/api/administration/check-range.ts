import { type CheckedRange, rangeQuery } from '../../../schemas/api/check.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { readAccessRange } from '../../trail/access.ts'
import { accessFlaw, walkAccess } from '../../trail/access-record.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'

/** Records in a range that is checked at once: less than what one query reads (1 MB). */
const mostRecords = 500

/**
 * `GET /v1/oversight/audit/check?subject=&from=`: whether a range of the records of a subject is unchanged: the accesses to a
 * return, the refusals of a user, the searches of a party. Throws bad-input, and not-found where there is no such record.
 */
export async function checkRange({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const query = rangeQuery.safeParse(queryOf(event))
  if (!query.success) throw refusal('bad-input', { fields: ['subject', 'from'] })
  const { subject } = query.data
  const from = Number(query.data.from ?? '0')
  const rows = await readAccessRange(session.db, tableName('access'), subject, { from, limit: mostRecords })
  const first = Math.max(0, from - 1)
  const to = first + rows.length - 1
  if (to < from) throw refusal('not-found')
  const broken = accessFlaw(walkAccess(subject, rows, first))
  const answer: CheckedRange = {
    subject,
    at: new Date().toISOString(),
    unchanged: broken === undefined,
    from,
    to,
    ...(broken ? { broken } : {}),
    ...(to - from + 1 === mostRecords ? { next: to + 1 } : {}),
  }
  return json(200, answer)
}
