import * as z from 'zod/mini'
import { type AuditEntry, type AuditQuery, type auditAnswer, auditQuery } from '../../../schemas/api/audit.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { chisinau, daysAfter, instantOf } from '../../domain/calendar/days.ts'
import { type AuditRecord, returnOf } from '../../trail/access-record.ts'
import { type AuditFilter, readAudit } from '../../trail/audit.ts'
import { parseReference, referenceIn } from '../../trail/ids.ts'
import { cursorOf, placeIn } from '../http/cursor.ts'
import { type HttpAnswer, json, lines, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'
import { brokenLine, mlogOf } from './mlog.ts'

/** An instant, and the place among the records of that instant. */
const auditPlace = z.strictObject({
  moment: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\x21-\x7e]{1,300}$/)),
})

/**
 * `GET /v1/oversight/audit`: who opened, exported, searched or was refused, over all returns, newest first. Throws
 * bad-input naming the filter, and bad-cursor.
 */
export async function listAudit({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const query = auditQuery.safeParse(queryOf(event))
  if (!query.success) throw refusal('bad-input', { fields: fieldsIn(query.error.issues, queryOf(event)) })
  const filter = filterOf(query.data)
  const cursor = query.data.cursor === undefined ? undefined : momentIn(query.data.cursor, filter)
  const { records, broken, next } = await readAudit(session.db, tableName('access'), filter, cursor)
  const following = next === undefined ? undefined : cursorOf({ moment: next })
  const entries = records.map(entryOf)
  if (query.data.as === 'mlog') return lines([...entries.map(mlogOf), ...broken.map(brokenLine)], following)
  const answer: z.infer<typeof auditAnswer> = { entries, broken, ...(following ? { next: following } : {}) }
  return json(200, answer)
}

/** The names of known filters that are wrong. An unknown name is a value too, and is not repeated. */
function fieldsIn(issues: readonly { path: PropertyKey[] }[], sent: object): string[] {
  const wrong = issues.map(({ path }) => String(path[0] ?? 'query'))
  const known = Object.keys(auditQuery.shape).filter((name) => name in sent)
  return [...new Set(wrong.map((name) => (known.includes(name) ? name : 'query')))]
}

function filterOf({ from, to, kind, party, user, reference }: AuditQuery): AuditFilter {
  if (from && to && from > to) throw refusal('bad-input', { fields: ['from', 'to'] })
  const midnight = (day: string) => new Date(instantOf(`${day}T00:00`, chisinau)).toISOString()
  return {
    from: from && midnight(from),
    before: to && midnight(daysAfter(to, 1)),
    kind,
    party,
    user,
    reference: reference && parseReference(reference),
  }
}

/** The moment behind which a page begins; a moment outside the filter was not issued for it. */
function momentIn(cursor: string, { from = '', before = '9' }: AuditFilter): string {
  const place = placeIn(auditPlace, cursor)?.moment ?? ''
  if (place < from || place >= before) throw refusal('bad-cursor')
  return place
}

function entryOf(record: AuditRecord): AuditEntry {
  const { subject, n, at, by, kind, classes } = record
  const ret = returnOf(record)
  const reference = ret && referenceIn(ret)
  return {
    ...{ subject, n, at, by, kind, classes },
    ...(ret ? { ret } : {}),
    ...(reference ? { reference } : {}),
    ...(record.reason ? { reason: record.reason } : {}),
    ...(record.kind === 'refused' ? { operation: record.operation, problem: record.problem } : {}),
  }
}
