import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { partyName } from '../parts/parties.ts'

/** Who did something: an author of the trail, or the watch. */
interface Author {
  party: string
  role: string
  user: string
}

/** How much of the names of the own organisation's people a page shows. */
export type NameForm = 'initials' | 'full'

/** The first letters of a name: `Doina Exemplescu` is `D. E.` */
export function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]}.`)
    .join(' ')
}

/**
 * Names the authors of a record: the user as "you", people of the own organisation by their initials or their name, and all
 * others by role and organisation. Two people with one role in one organisation get numbers, in the order in which they
 * first appear among `authors`. No id is shown.
 */
export function peopleNamer(
  {
    messages,
    me,
    names,
    form,
  }: { messages: Messages; me: Pick<SignedIn, 'user'>; names: ReadonlyMap<string, string>; form: NameForm },
  authors: readonly Author[],
): (author: Author) => string {
  const groups = Map.groupBy(
    authors.filter(({ user, party }) => party !== 'watch' && user !== me.user && !names.has(user)),
    ({ party, role }) => `${party} ${role}`,
  )
  return ({ party, role, user }) => {
    if (party === 'watch') return partyName(messages, party)
    const fill = { role: messages.code('role', role), party: partyName(messages, party) }
    if (user === me.user) return messages('timeline.person', { ...fill, who: messages('list.you') })
    const name = names.get(user)
    if (name) return messages('timeline.person', { ...fill, who: form === 'full' ? name : initialsOf(name) })
    const alike = [...new Set(groups.get(`${party} ${role}`)?.map((author) => author.user))]
    return alike.length < 2
      ? messages('timeline.unnamed', fill)
      : messages('timeline.numbered', { ...fill, n: alike.indexOf(user) + 1 })
  }
}
