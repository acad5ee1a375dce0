import { decodeJwt } from 'jose'
import * as z from 'zod/mini'
import { type Desk, deskOf } from '../parts/desk.ts'

/** The seeded users who give the commands, and `oversight`, which watches. */
export const officers = [
  'istanbul',
  'istanbul-duty',
  'iom',
  'iom-duty',
  'centre',
  'ministry',
  'consular',
  'madrid',
  'guardianship',
  'la-strada',
  'oversight',
] as const
export type Officer = (typeof officers)[number]

/** The desk of an officer, with a token that is good for a while yet. */
export type Desks = (name: Officer) => Promise<Desk>

const claims = z.object({ party: z.string(), iat: z.number(), exp: z.number() })

/**
 * Signs officers in when they are first needed, and again when half of a token's life is over: a measurement may take
 * longer than a token lasts, and what is done with one desk takes less than the other half.
 */
export function desksAt(url: string, signIn: (name: Officer) => Promise<string>): Desks {
  const signedIn = new Map<Officer, { desk: Desk; renewAt: number }>()
  return async (name) => {
    const known = signedIn.get(name)
    if (known && Date.now() < known.renewAt) return known.desk
    const token = await signIn(name)
    const { party, iat, exp } = claims.parse(decodeJwt(token))
    const desk = deskOf(url, token, { name, party })
    signedIn.set(name, { desk, renewAt: ((iat + exp) / 2) * 1000 })
    return desk
  }
}
