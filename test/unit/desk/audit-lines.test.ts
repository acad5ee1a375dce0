import { beforeAll, expect, test } from 'vitest'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { auditCsv, auditLines } from '../../../functions/desk/screens/oversight/audit-lines.ts'
import type { AuditEntry } from '../../../schemas/api/audit.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { partyId } from '../../../schemas/values/parties.ts'

beforeAll(() => {
  process.env[variable.partyNames] = '{}'
})

const messages = await messagesIn('en')
const at = '2026-11-28T10:00:00.000Z'
const base: AuditEntry = {
  subject: 'TR01AAAA',
  n: 0,
  at,
  by: { party: partyId.parse('iom'), user: 'officer-1', role: 'officer' },
  kind: 'open',
  classes: ['case'],
  reason: 'prepare-arrival',
}
const looks = Array.from({ length: 25 }, (_, n) => ({ ...base, n, reference: `RET-${n}` }))

test('one look at the board is one line, however many returns it showed', () => {
  const lines = auditLines(looks)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.returns.map(({ reference }) => reference)).toEqual(looks.map(({ reference }) => reference))
})

test.each<[string, Partial<AuditEntry>]>([
  ['another person', { by: { ...base.by, user: 'officer-2' } }],
  ['another instant', { at: '2026-11-28T10:00:00.001Z' }],
  ['another reason', { reason: 'review' }],
  ['other classes', { classes: ['identity'] }],
  ['a refusal', { kind: 'refused', operation: 'open', problem: 'not-found' }],
])('%s is a line of its own', (_, change) => {
  expect(auditLines([base, { ...base, ...change }])).toHaveLength(2)
})

test('the table for a spreadsheet has a line for each entry, quotes what it holds, and says where it ends early', () => {
  const rows = (hasMore: boolean) => auditCsv(messages, looks, hasMore).trim().split('\r\n')
  expect(rows(false)).toHaveLength(26)
  expect(rows(false).every((row) => /^(\uFEFF)?"/.test(row) && row.endsWith('"'))).toBe(true)
  expect(rows(true).at(-1)).toContain('25')
})
