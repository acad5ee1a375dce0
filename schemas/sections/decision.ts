import * as z from 'zod/mini'
import { currency, hundredths } from '../values/money.ts'
import { paperNumber, text } from '../values/texts.ts'
import { listOf, remarks } from './parts.ts'

/** Costs that HG 948/2008 pt 18¹ names, and those of any journey; in hundredths of the currency (bani, cents). */
const costLine = z.strictObject({
  cost: z.enum([
    'ticket',
    'document',
    'food',
    'clothing',
    'footwear',
    'medicine',
    'companion',
    'local-transport',
  ]),
  amount: hundredths,
  currency,
})

export const decisionSlots = {
  assessment: z.strictObject({
    recommendation: z.enum(['return', 'return-with-conditions', 'not-now', 'not-advised']),
    needs: listOf(z.enum(['companion', 'medical-escort', 'funding', 'reception', 'documents', 'none']), 6),
    remarks,
  }),
  /** Why the ministry decided as it did. */
  ruling: z.strictObject({ reason: text(2000) }),
  funding: z.strictObject({
    source: z.enum(['state-budget', 'iom', 'host-country', 'ngo', 'the-person', 'other']),
    lines: listOf(costLine, 20).check(z.minLength(1)),
  }),
} as const

export const noteSlots = {
  note: z.strictObject({ text: text(2000) }),
} as const

export const talkSlots = {
  question: z.strictObject({ text: text(2000) }),
  answer: z.strictObject({ text: text(2000) }),
  reason: z.strictObject({ text: text(2000) }),
  /** The legal act by which a recipient keeps data that it was asked to delete. */
  kept: z.strictObject({ act: paperNumber, article: z.optional(paperNumber) }),
} as const
