import * as z from 'zod/mini'
import { type FirstPeople, firstPeople } from '../../../schemas/api/people.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import type { SeededUser } from '../emulators/user-pool.ts'
import type { LocalFunctions } from '../lambda/functions.ts'

/**
 * Creates the first roster of each party through the people function, as an operator does by hand for a deployment. A
 * roster that exists already stays. Throws where the function fails.
 */
export async function createFirstRosters(
  functions: LocalFunctions,
  users: readonly SeededUser[],
): Promise<void> {
  const name = functions.specs.find((spec) => spec.name.endsWith('-people'))?.name ?? 'people'
  // In sequence, because the changes of all parties are one chain.
  for (const [party, people] of Map.groupBy(users, ({ party }) => party)) {
    const outcome = await functions.invoke(name, firstRoster(party, people))
    if (outcome.kind === 'failed')
      throw new Error(`The roster of ${party} could not be created: ${outcome.message}`)
    z.strictObject({ begun: z.boolean() }).parse(outcome.payload)
  }
}

function firstRoster(party: string, users: readonly SeededUser[]): FirstPeople {
  return firstPeople.parse({
    begin: {
      party: partyId.parse(party),
      people: users.map(({ sub, fullName, name, groups }) => ({
        user: sub,
        name: fullName,
        signIn: name,
        role: groups.find((group) => group.startsWith('role:'))?.slice('role:'.length),
      })),
    },
  })
}
