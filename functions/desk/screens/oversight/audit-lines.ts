import type { AuditEntry } from '../../../../schemas/api/audit.ts'
import type { Messages } from '../../messages/messages.ts'
import { partyName } from '../../parts/parties.ts'

/** A line of the audit: one act of a person, at one return or at many at once, as a look at the board is. */
export interface AuditLine extends AuditEntry {
  returns: { ret?: string | undefined; reference?: string | undefined }[]
}

/** The entries of a page as lines: entries of one person, of one instant and with one reason are one act. */
export function auditLines(entries: readonly AuditEntry[]): AuditLine[] {
  const acts = Map.groupBy(entries, ({ at, by, kind, operation, problem, reason, classes }) =>
    JSON.stringify([at, by.user, kind, operation, problem, reason, classes]),
  )
  return [...acts.values()].flatMap(([first, ...others]) =>
    first
      ? [{ ...first, returns: [first, ...others].map(({ ret, reference }) => ({ ret, reference })) }]
      : [],
  )
}

/** The operation and its classes, never what was seen. */
export function whatOf(messages: Messages, { kind, operation, classes }: AuditEntry): string {
  const done = operation
    ? `${messages.code('access', kind)}: ${messages.code('operation', operation)}`
    : messages.code('access', kind)
  return [done, ...classes.map((cls) => messages.code('class', cls))].join(', ')
}

/** The reason that was given, or why it was refused. */
export function whyOf(messages: Messages, { reason, problem }: AuditEntry): string {
  if (problem) return messages.code('problem', problem)
  return reason ? messages.code('reason', reason) : ''
}

/**
 * The audit as a table for a spreadsheet (RFC 4180): a line for each entry, times in UTC, people by their ids. `hasMore`: the
 * last line says that the file ends early, so that nobody takes it for all.
 */
export function auditCsv(messages: Messages, entries: readonly AuditEntry[], hasMore: boolean): string {
  const heads = ['when', 'who', 'person', 'what', 'of', 'why'] as const
  const rows = entries.map((entry) => [
    entry.at,
    `${partyName(messages, entry.by.party)}, ${messages.code('role', entry.by.role)}`,
    entry.by.user,
    whatOf(messages, entry),
    entry.reference ?? '',
    whyOf(messages, entry),
  ])
  const more = hasMore ? [[messages('audit.csvMore', { n: messages.number(rows.length) })]] : []
  const lines = [heads.map((head) => messages(`audit.${head}`)), ...rows, ...more]
  // A spreadsheet takes it for UTF-8 by the mark at its beginning.
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
