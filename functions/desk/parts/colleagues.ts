import { people } from '../../../schemas/people.ts'
import type { Me } from '../visit.ts'

/** Who else works for the own party and can be given work: by id, each by name. Nobody where the list was not begun. */
export async function colleaguesOf({ api, user }: Me): Promise<(readonly [string, string])[]> {
  const list = await api.get(['people'], people)
  return list.people
    .filter((one) => one.enabled && one.user !== user)
    .map((one) => [one.user, one.name ?? one.user] as const)
}
