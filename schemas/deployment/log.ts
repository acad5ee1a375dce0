/**
 * Every line that a function may log: the code, its level, and the fields it may carry. Ids and codes only;
 * nothing free-form can reach a log, so nothing personal can.
 */
export const logLines = {
  answered: { level: 'info', fields: ['operation', 'command', 'action', 'status', 'problem'] },
  failed: { level: 'error', fields: ['operation', 'command', 'error'] },
  /** A refusal was given, but its access record could not be written. */
  'refusal-not-recorded': { level: 'error', fields: ['operation', 'error'] },
  retried: { level: 'warn', fields: ['operation', 'reason'] },
  sent: { level: 'info', fields: ['ret', 'seq', 'party'] },
  received: { level: 'info', fields: ['ret', 'seq', 'party'] },
  'message-rejected': { level: 'error', fields: ['message', 'problem'] },
  'return-failed': { level: 'error', fields: ['operation', 'ret', 'error'] },
  'delivery-overdue': { level: 'warn', fields: ['ret', 'seq'] },
  /** `line` is the name of the rota's line; `seq` the event that people are called for. */
  'called-out': { level: 'info', fields: ['ret', 'seq', 'party', 'line'] },
  /** Watch appended an event of its own: `type`, and for what is overdue its item and level. */
  'watch-event-written': { level: 'info', fields: ['ret', 'type', 'item', 'level'] },
  'watch-done': { level: 'info', fields: ['overdue', 'sent', 'evaluated', 'written'] },
  'matching-done': { level: 'info', fields: ['compared', 'raised'] },
  'figures-done': { level: 'info', fields: ['returns', 'counted'] },
  'token-without-party': { level: 'warn', fields: ['groups'] },
} as const satisfies Record<string, { level: 'info' | 'warn' | 'error'; fields: readonly string[] }>

export type LogCode = keyof typeof logLines
export type LogFields<C extends LogCode> = { [F in (typeof logLines)[C]['fields'][number]]?: string | number }
