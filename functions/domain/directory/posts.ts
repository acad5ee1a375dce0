import type { PlacedPost, PostChange } from '../../../schemas/api/posts.ts'
import { countries } from '../../../schemas/values/codes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** Where nobody has to be brought home from. */
const home = 'MD'

/** Of a post, what tells which countries it answers for. */
type Answering = Pick<PlacedPost, 'post' | 'countries' | 'covers' | 'open'>

const answersFor = ({ countries: own, covers }: Answering) => [...own, ...covers]

/** The countries abroad that no open post answers for. */
export function uncovered(posts: readonly PlacedPost[]): string[] {
  const covered = new Set(posts.filter(({ open }) => open).flatMap(answersFor))
  return countries.filter((country) => country !== home && !covered.has(country))
}

/**
 * The open post that answers for a country: one of several that is `own`, else the first in the deployment's order. Nothing
 * where there is none, and for our own country, where nobody has to be brought home from.
 */
export function answeringFor(
  posts: readonly Answering[],
  country: string,
  own: PartyId,
): PartyId | undefined {
  const answering = posts.filter(
    (post) => post.open && country !== home && answersFor(post).includes(country),
  )
  return (answering.find(({ post }) => post === own) ?? answering[0])?.post
}

/**
 * The fields that stand in the way of a change of a post: countries that it answers for by itself, or that another
 * open post answers for. Only what it takes on is looked at: a post that opens again in its own country does not keep
 * another from changing its staff.
 */
export function takenCovers(
  posts: readonly PlacedPost[],
  before: PlacedPost,
  { covers, open }: PostChange,
): string[] {
  const others = posts.filter((post) => post.post !== before.post && post.open)
  const taken = new Set([...before.countries, ...(open ? others.flatMap(answersFor) : [])])
  const kept = before.open ? before.covers : []
  return covers.flatMap((country, index) =>
    taken.has(country) && !kept.includes(country) ? [`covers.${index}`] : [],
  )
}
