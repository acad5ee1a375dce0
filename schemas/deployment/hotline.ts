import * as z from 'zod/mini'

const number = z.string().check(z.regex(/^\+?[\d ]{3,20}$/))

/** The telephone of the hotline, as people dial it: in Moldova, where it is free, and from anywhere else. */
export const hotlineNumbers = z.strictObject({ inside: number, abroad: number })
export type HotlineNumbers = z.infer<typeof hotlineNumbers>
