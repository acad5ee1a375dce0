import { type People, peopleAnswer } from '../../../../schemas/api/people.ts'
import { kindOf, type PartyId, partyId } from '../../../../schemas/values/parties.ts'
import type { DeskContext } from '../../context.ts'

/** Where the people of a party are kept: of the own one, or of a post, by the consular department. */
export const rosterPaths = ['/settings/people', '/settings/posts/:post/people'] as const

/** Whose people a page is about. */
export interface Roster {
  party: PartyId
  /** Where they are in the API, and where on the desk. */
  path: readonly string[]
  address: string
}

/** Whose people an address names; nothing where they are not for who asks. */
export function rosterIn(context: DeskContext): Roster | undefined {
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

export const readPeople = (context: DeskContext, { path }: Roster): Promise<People> =>
  context.var.me.api.get(path, peopleAnswer)

/** Whether somebody is the one administrator that a party has left. */
export function isLastAdministrator({ people: all }: People, user: string): boolean {
  const left = all.filter(({ role, enabled }) => enabled && role === 'administrator')
  return left.length === 1 && left[0]?.user === user
}
