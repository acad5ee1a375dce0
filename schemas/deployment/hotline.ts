import * as z from 'zod/mini'

const number = z.string().check(z.regex(/^\+?[\d ]{3,20}$/))

/**
 * Telephones, as people dial them: the hotline's in Moldova, where it is free, and from anywhere else; and those of the duty
 * officers, who are called in danger.
 */
export const hotlineNumbers = z.strictObject({
  inside: number,
  abroad: number,
  duty: z.strictObject({ iom: number, centre: number }),
})
export type HotlineNumbers = z.infer<typeof hotlineNumbers>
