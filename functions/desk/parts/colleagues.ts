import { type People, peopleAnswer } from '../../../schemas/api/people.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

export type Colleague = People['people'][number]

/** The colleagues who can be given work, as pairs of id and name. A party that has not begun its list has none. */
export async function colleaguesOf({ api, user }: SignedIn): Promise<(readonly [string, string])[]> {
  const list = await api.get(['people'], peopleAnswer)
  return list.people
    .filter((person) => person.enabled && person.user !== user)
    .map((person) => [person.user, person.name ?? person.user] as const)
}

/** The beginning of an id. It tells people apart whose names are not shown or not known any more. */
export const idStart = (user: string) => user.slice(0, 8)

/** The name of a person on a list of people. */
export function colleagueName(messages: Messages, { name, user }: Colleague): string {
  return name ?? messages('people.nameless', { id: idStart(user) })
}
