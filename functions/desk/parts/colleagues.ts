import { type People, peopleAnswer } from '../../../schemas/api/people.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

export type Colleague = People['people'][number]

/** Who else works for the own party and can be given work: by id, each by name. Nobody where the list was not begun. */
export async function colleaguesOf({ api, user }: SignedIn): Promise<(readonly [string, string])[]> {
  const list = await api.get(['people'], peopleAnswer)
  return list.people
    .filter((person) => person.enabled && person.user !== user)
    .map((person) => [person.user, person.name ?? person.user] as const)
}

/** The beginning of an id: enough to tell people apart whose names are not told, or are no more. */
export const idStart = (user: string) => user.slice(0, 8)

/** What somebody is called on a list of people. */
export function colleagueName(messages: Messages, { name, user }: Colleague): string {
  return name ?? messages('people.nameless', { id: idStart(user) })
}
