import { type People, peopleAnswer } from '../../../../schemas/api/people.ts'
import { kindOf, type PartyId, partyId } from '../../../../schemas/values/parties.ts'
import type { DeskContext } from '../../context.ts'

/** The paths of lists of people: of the own party, or of a post for the consular department. */
export const rosterPaths = ['/settings/people', '/settings/posts/:post/people'] as const

/** The list of people that a page is about. */
export interface RosterPages {
  party: PartyId
  /** The path in the API, and the address on the desk. */
  path: readonly string[]
  address: string
}

/** The list of people that an address names; nothing if it is not for this user. */
export function rosterIn(context: DeskContext): RosterPages | undefined {
  const { me } = context.var
  const named = context.req.param('post')
  if (named === undefined) return { party: me.party, path: ['people'], address: '/desk/settings/people' }
  const post = partyId.safeParse(named)
  if (me.kind !== 'consular' || !post.success || kindOf(post.data) !== 'mission') return undefined
  return {
    party: post.data,
    path: ['posts', post.data, 'people'],
    address: `/desk/settings/posts/${post.data}/people`,
  }
}

export const readPeople = (context: DeskContext, { path }: RosterPages): Promise<People> =>
  context.var.me.api.get(path, peopleAnswer)

/** Whether a user is the last administrator of a party. */
export function isLastAdministrator({ people: all }: People, user: string): boolean {
  const left = all.filter(({ role, enabled }) => enabled && role === 'administrator')
  return left.length === 1 && left[0]?.user === user
}
