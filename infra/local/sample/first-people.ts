import * as z from 'zod/mini'
import { type FirstPeople, firstPeople } from '../../../schemas/api/people.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import type { SeededUser } from '../emulators/user-pool.ts'
import type { Functions } from '../lambda/functions.ts'

/**
 * Tells the function of people who works for each party at first, as whoever sets a deployment up does by hand; what a
 * party has made of that since stays. Throws where it is not written.
 */
export async function beginParties(functions: Functions, users: readonly SeededUser[]): Promise<void> {
  const name = functions.specs.find((spec) => spec.name.endsWith('-people'))?.name ?? 'people'
  // One after the other: all parties' changes are one chain.
  for (const [party, people] of Map.groupBy(users, ({ party: of }) => of)) {
    const outcome = await functions.invoke(name, beginningOf(party, people))
    if (outcome.kind === 'failed') throw new Error(`${party} has no people: ${outcome.message}`)
    z.strictObject({ begun: z.boolean() }).parse(outcome.payload)
  }
}

function beginningOf(party: string, users: readonly SeededUser[]): FirstPeople {
  return firstPeople.parse({
    begin: {
      party: partyId.parse(party),
      people: users.map(({ sub, called, name, groups }) => ({
        user: sub,
        name: called,
        signIn: name,
        role: groups.find((group) => group.startsWith('role:'))?.slice('role:'.length),
      })),
    },
  })
}
