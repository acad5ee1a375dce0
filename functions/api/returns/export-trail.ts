import type { Exported } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { exportFor } from '../../../schemas/api/requests.ts'
import { openable } from '../../../schemas/api/routes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { guardianSuspected } from '../../domain/access/legal-basis.ts'
import type { StoredRow } from '../../trail/read.ts'
import { sectionRowId } from '../../vault/stored.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import type { Session } from '../http/session.ts'
import { openFacts, openLogKey, type Reading, readReturn } from './read-return.ts'
import { recordAccess } from './record-access.ts'
import { isTaskHelper, visibleEvents } from './visible-events.ts'

/** The reason in the access record of an export. */
const exportReason = { party: 'export', person: 'for-the-person', guardian: 'for-the-guardian' } as const

/**
 * `GET …/{ret}/export?for=`: the trail as a file for `npm run verify`, with the ciphertexts that the caller can open. `for`: the
 * caller's own party, or the person or her guardian, who is handed the file. Throws guardian-suspected, not-readable
 * where the caller cannot know whether the guardian is, and not-yours for a party that is there for its tasks alone: a
 * chain with gaps proves nothing.
 */
export async function exportTrail({ session, event, ret }: ReturnRequest): Promise<HttpAnswer> {
  const reader = exportFor.safeParse(queryOf(event).for ?? 'party')
  if (!reader.success) throw refusal('bad-input', { fields: ['for'] })
  const { party } = session.by
  const wraps = party === 'oversight' ? 'none' : 'own'
  const reading = await readReturn(session, ret, { classes: openable(kindOf(party)), wraps }, true)
  if (isTaskHelper(party, reading)) throw refusal('not-yours')
  if (reader.data === 'guardian') await requireTrustedGuardian(session, reading)
  const rows = visibleEvents(party, reading)
  const sections = openableSections(session, reading, rows)
  const [logKey] = await Promise.all([
    openLogKey(session, reading),
    recordAccess(session, ret, {
      kind: 'export',
      classes: [],
      reason: exportReason[reader.data],
      sections: sections.map(({ sec }) => sec),
    }),
  ])
  const answer: Exported = {
    format: 'acasa/export/v1',
    ret,
    by: party,
    at: new Date().toISOString(),
    events: rows.map(({ bytes, tag }) => ({ bytes: base64(bytes), tag: base64(tag) })),
    sections,
    ...(logKey ? { logKey: base64(logKey) } : {}),
  }
  return json(200, answer, reading.trail.version)
}

async function requireTrustedGuardian(session: Session, reading: Reading): Promise<void> {
  const facts = await openFacts(session, reading, ['safety'])
  if (facts.unseen.length > 0 || !openable(kindOf(session.by.party)).includes('safety'))
    throw refusal('not-readable', { fields: ['safety'] })
  if (guardianSuspected(facts)) throw refusal('guardian-suspected')
}

/** The ciphertexts of the sections that the caller holds a wrap of. */
function openableSections(
  { by }: Session,
  { wraps, sealed }: Reading,
  rows: readonly StoredRow[],
): Exported['sections'] {
  const held = new Set(wraps.map(({ wrap }) => wrap.slice(by.party.length + 1)))
  return rows
    .flatMap(({ event }) => event.sections)
    .flatMap(({ sec, cls }) => {
      const id = sectionRowId({ cls, sec })
      const row = held.has(id) ? sealed.find(({ section }) => section === id) : undefined
      return row ? [{ sec, cls, jwe: row.jwe }] : []
    })
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
