import type { AuditEntry } from '../../../schemas/api/audit.ts'

/** The act under which personal data is processed here, for `legal_basis`. */
const legalBasis = 'HG-948-2008'

/** The types of events that the state's log (HG 708/2014) has for personal data. */
const types = {
  open: 'System.PersonalData.Access',
  export: 'System.PersonalData.Export',
  search: 'System.PersonalData.Search',
} as const

/** An entry of the audit in MLog's terms. A refusal is of the type that was refused, and `result` says so. */
export function mlogOf({ kind, operation, at, by, ret, subject, n, classes, reason, problem }: AuditEntry) {
  const type = kind === 'refused' ? (operation === 'export' ? 'export' : 'open') : kind
  return {
    event_type: types[type],
    event_time: at,
    event_id: `${subject}/${n}`,
    event_source: by.party,
    user: by.user,
    user_role: by.role,
    legal_basis: legalBasis,
    ...(reason ? { legal_reason: reason } : {}),
    ...(ret ? { object: ret } : {}),
    ...(classes.length > 0 ? { data_classes: classes } : {}),
    result: problem ?? 'done',
  }
}

/** A record that is broken is a line that says so, and is not left out. */
export function brokenLine({ subject, n }: { subject: string; n: number }) {
  return { event_id: `${subject}/${n}`, result: 'broken' }
}
