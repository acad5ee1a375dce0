import type * as z from 'zod/mini'
import type { htcds } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { openable } from '../../../schemas/api/routes.ts'
import { exportsFrom } from '../../../schemas/htcds/htcds.ts'
import { openingReason } from '../../../schemas/values/codes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { htcdsRecord } from '../../domain/reports/htcds.ts'
import { referenceOf } from '../../trail/ids.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import type { Session } from '../http/session.ts'
import { openFacts, readReturn } from './read-return.ts'
import { recordAccess } from './view-return.ts'

/**
 * `GET …/{ret}/htcds?reason=`: what the caller can open of a return, as a record of HTCDS 2.0. It leaves the system, so
 * everyone on the return sees which classes did, and the access record is written before. What is between two, and what
 * a party noted for itself, is not opened for it.
 */
export async function getHtcds(session: Session, ret: string, why: string | undefined): Promise<HttpAnswer> {
  const reason = openingReason.safeParse(why)
  if (!reason.success) throw refusal('bad-input', { fields: ['reason'] })
  const classes = openable(kindOf(session.by.party)).filter(exportsFrom)
  const reading = await readReturn(session, ret, { classes, wraps: 'own' })
  const facts = await openFacts(session, reading, classes)
  const told = classes.filter((cls) => facts.opened.some(({ section }) => section.cls === cls))
  await recordAccess(session, ret, {
    kind: 'export',
    classes: told,
    reason: reason.data,
    sections: facts.opened.map(({ section }) => section.sec),
  })
  const answer: z.infer<typeof htcds> = {
    format: 'htcds/2.0',
    ret,
    reference: referenceOf(ret),
    version: reading.trail.version,
    classes: told,
    record: htcdsRecord(facts, reading.state.phase),
  }
  return json(200, answer, reading.trail.version)
}
