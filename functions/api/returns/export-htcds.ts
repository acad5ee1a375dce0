import type * as z from 'zod/mini'
import type { htcdsAnswer } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { openable } from '../../../schemas/api/routes.ts'
import { exportsFrom } from '../../../schemas/htcds/htcds.ts'
import { openingReason } from '../../../schemas/values/codes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { htcdsRecord } from '../../domain/reports/htcds.ts'
import { referenceOf } from '../../trail/ids.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { openFacts, readReturn } from './read-return.ts'
import { recordAccess } from './record-access.ts'

/**
 * `GET …/{ret}/htcds?reason=`: what the caller can open of a return, as a record of HTCDS 2.0. The record leaves the system, so
 * the access record is written before, and everyone on the return sees which classes it holds. What is between two
 * parties, and what a party noted for itself, is not exported.
 */
export async function exportHtcds({ session, event, ret }: ReturnRequest): Promise<HttpAnswer> {
  const reason = openingReason.safeParse(queryOf(event).reason)
  if (!reason.success) throw refusal('bad-input', { fields: ['reason'] })
  const readable = openable(kindOf(session.by.party)).filter(exportsFrom)
  const reading = await readReturn(session, ret, { classes: readable, wraps: 'own' })
  const facts = await openFacts(session, reading, readable)
  const classes = readable.filter((cls) => facts.opened.some(({ section }) => section.cls === cls))
  await recordAccess(session, ret, {
    kind: 'export',
    classes,
    reason: reason.data,
    sections: facts.opened.map(({ section }) => section.sec),
  })
  const answer: z.infer<typeof htcdsAnswer> = {
    format: 'htcds/2.0',
    ret,
    reference: referenceOf(ret),
    version: reading.trail.version,
    classes,
    record: htcdsRecord(facts, reading.state.phase),
  }
  return json(200, answer, reading.trail.version)
}
