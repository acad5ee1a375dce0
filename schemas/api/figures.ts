import * as z from 'zod/mini'
import type { PartyKind } from '../values/parties.ts'
import { instant } from '../values/texts.ts'

/** What returns are counted by, each by itself in each year of filing; never two of them together. */
export const dimensions = ['country', 'age', 'sex', 'category', 'days', 'places'] as const
export type Dimension = (typeof dimensions)[number]

/** Days from filing to arrival. */
export const dayBands = ['0-7', '8-14', '15-30', '31-60', '61-90', '91+', 'not-arrived'] as const
/** Places at the Centre that a return took: the person's, and those of children who came along. */
export const placeBands = ['0', '1', '2', '3', '4+'] as const

/** For whom: those who work here, or everybody else. What is hidden within is hidden outside. */
export const figureScopes = ['internal', 'outside'] as const
export type FigureScope = (typeof figureScopes)[number]
export const figureScope = z.enum(figureScopes)

/** `cdk.json`, `figures`: the smallest count that is shown, by scope. */
export const thresholds = z.strictObject({
  internal: z.int().check(z.minimum(2), z.maximum(100)),
  outside: z.int().check(z.minimum(2), z.maximum(100)),
})
export type Thresholds = z.infer<typeof thresholds>

/** A count: of one value of a dimension or of all returns, in one year or in all. */
export const figure = z.strictObject({
  dimension: z.optional(z.enum(dimensions)),
  value: z.optional(z.string().check(z.maxLength(20))),
  year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
  count: z.int().check(z.minimum(1)),
})
export type Figure = z.infer<typeof figure>

/**
 * The figures of a scope as they were last made. A count that is not here is nought or too small to tell, or would give
 * away another that is.
 */
export const figuresAnswer = z.strictObject({
  scope: figureScope,
  /** When they were made, and the smallest count that was shown; not there before the first time. */
  at: z.optional(instant),
  threshold: z.optional(z.int()),
  figures: z.array(figure),
})
export type Figures = z.infer<typeof figuresAnswer>

/** Kinds of party that read them. */
export const readingFigures = ['consular', 'ministry', 'oversight'] as const satisfies readonly PartyKind[]
