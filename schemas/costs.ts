import * as z from 'zod/mini'

/** Costs that HG 948/2008 pt 18¹ names, and those of any journey; in the currency's minor unit (bani, cents). */
export const costLine = z.strictObject({
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
  amount: z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
  /** ISO 4217. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
})
