import type * as z from 'zod/mini'
import type { withdrawalPreview } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { holderId } from '../../../schemas/values/parties.ts'
import { mayGive } from '../../domain/access/rights.ts'
import { previewWithdrawal } from '../../domain/reports/withdrawal-preview.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { openFacts, readReturn } from './read-return.ts'

/** `GET …/{ret}/withdrawal-preview?recipient=`: what a withdrawal from a recipient would stop, before it is given. */
export async function getWithdrawalPreview({ session, event, ret }: ReturnRequest): Promise<HttpAnswer> {
  const recipient = holderId.safeParse(queryOf(event).recipient)
  if (!recipient.success) throw refusal('bad-input', { fields: ['recipient'] })
  const reading = await readReturn(session, ret, { classes: ['case'] })
  // The preview shows what other parties do, so it is for a party that may give the withdrawal.
  if (!mayGive(reading.state, session.by.party, 'withdraw')) throw refusal('not-yours')
  const facts = await openFacts(session, reading, ['case'])
  const answer: z.infer<typeof withdrawalPreview> = previewWithdrawal(reading.state, facts, recipient.data)
  return json(200, answer, reading.trail.version)
}
