import * as z from 'zod/mini'
import { type AuditEntry, type AuditQuery, type audit, auditQuery } from '../../../schemas/api/audit.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { chisinau, daysAfter, instantOf } from '../../domain/calendar/days.ts'
import { type KeptRecord, returnOf } from '../../trail/access.ts'
import { readAudit, type Wanted } from '../../trail/audit.ts'
import { parseReference, referenceIn } from '../../trail/ids.ts'
import { type HttpAnswer, type HttpEvent, json, lines } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'
import { brokenLine, mlogOf } from '../returns/mlog.ts'

/** An instant, and the place among the records of that instant. */
const moment = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\x21-\x7e]{1,300}$/))

/**
 * `GET /v1/oversight/audit`: who looked, exported, searched or was refused, over all returns, newest first. Throws
 * bad-input naming the filter, and bad-cursor.
 */
export async function listAudit(session: Session, event: HttpEvent): Promise<HttpAnswer> {
  const asked = auditQuery.safeParse(event.queryStringParameters ?? {})
  if (!asked.success)
    throw refusal('bad-input', { fields: fieldsIn(asked.error.issues, event.queryStringParameters ?? {}) })
  const wanted = wantedBy(asked.data)
  const cursor = asked.data.cursor === undefined ? undefined : placeIn(asked.data.cursor, wanted)
  const { records, broken, next } = await readAudit(session.db, table('access'), wanted, cursor)
  const following = next === undefined ? undefined : Buffer.from(next).toString('base64url')
  const entries = records.map(entryOf)
  if (asked.data.as === 'mlog') return lines([...entries.map(mlogOf), ...broken.map(brokenLine)], following)
  const answer: z.infer<typeof audit> = { entries, broken, ...(following ? { next: following } : {}) }
  return json(200, answer)
}

/** The names of filters that we know; another's name is a value too. */
function fieldsIn(issues: readonly { path: PropertyKey[] }[], sent: object): string[] {
  const wrong = issues.map(({ path }) => String(path[0] ?? 'query'))
  const known = Object.keys(auditQuery.shape).filter((name) => name in sent)
  return [...new Set(wrong.map((name) => (known.includes(name) ? name : 'query')))]
}

function wantedBy({ from, to, kind, party, user, reference }: AuditQuery): Wanted {
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

/** The moment behind which a page begins; one that the filters leave out was not issued for them. */
function placeIn(cursor: string, { from = '', before = '9' }: Wanted): string {
  const place = moment.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (!place.success || place.data < from || place.data >= before) throw refusal('bad-cursor')
  return place.data
}

function entryOf(record: KeptRecord): AuditEntry {
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
