import { appendAccess } from '../../trail/access.ts'
import type { AccessRecord } from '../../trail/access-record.ts'
import { type Session, tableName } from '../http/session.ts'

/** Writes that the caller sees something of a return, before anything leaves. */
export function recordAccess(
  { db, by }: Session,
  ret: string,
  access: Pick<AccessRecord, 'kind' | 'classes' | 'reason' | 'sections'>,
): Promise<AccessRecord> {
  return appendAccess(db, tableName('access'), { subject: ret, at: new Date().toISOString(), by, ...access })
}
