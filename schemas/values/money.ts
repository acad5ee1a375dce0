import * as z from 'zod/mini'

/** An amount in hundredths of its currency, whatever coins that has: 12.50 is 1250. */
export const hundredths = z.int().check(z.minimum(1), z.maximum(1_000_000_000))

const known = new Set(Intl.supportedValuesOf('currency'))

/** A currency by its code of ISO 4217; small letters become capitals. */
export const currency = z.string().check(
  z.trim(),
  z.toUpperCase(),
  z.regex(/^[A-Z]{3}$/, 'currency'),
  z.refine((code) => known.has(code), 'currency'),
)
