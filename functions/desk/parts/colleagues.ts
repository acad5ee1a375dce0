import { type People, peopleAnswer } from '../../../schemas/api/people.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

export type Colleague = People['people'][number]

/** The colleagues who can be given work, as pairs of id and name. A party that has not begun its list has none. */
export async function colleaguesOf(
  messages: Messages,
  { api, user }: SignedIn,
): Promise<(readonly [string, string])[]> {
  const { people } = await api.get(['people'], peopleAnswer)
  const names = distinctNames(messages, people)
  return people
    .filter((person) => person.enabled && person.user !== user)
    .map((person) => [person.user, names.get(person.user) ?? person.user] as const)
}

/**
 * The names of people, by id. Colleagues of one name differ by the name that they sign in with, which only an
 * administrator sees; else by the role, if it differs; else by the beginning of the id.
 */
export function distinctNames(messages: Messages, people: readonly Colleague[]): ReadonlyMap<string, string> {
  const known = people.flatMap(({ name, ...person }) => (name ? [{ ...person, name }] : []))
  const named = Map.groupBy(known, ({ name }) => name.toLocaleLowerCase())
  return new Map(
    [...named.values()].flatMap((namesakes) =>
      namesakes.map(({ user, name, signIn, role }): [string, string] => {
        if (namesakes.length === 1) return [user, name]
        const isOfOneRole = namesakes.filter((other) => other.role === role).length === 1
        const mark = signIn ?? (isOfOneRole ? messages.code('role', role) : idStart(user))
        return [user, `${name} (${mark})`]
      }),
    ),
  )
}

/** The beginning of an id. It tells people apart whose names are not shown or not known any more. */
export const idStart = (user: string) => user.slice(0, 8)

/** The name of a person on a list of people. `all`: that list, which shows whether others have the same name. */
export function colleagueName(
  messages: Messages,
  { name, user }: Colleague,
  all: readonly Colleague[] = [],
): string {
  return distinctNames(messages, all).get(user) ?? name ?? messages('people.nameless', { id: idStart(user) })
}
