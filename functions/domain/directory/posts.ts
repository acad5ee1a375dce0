import type { PlacedPost, PostChange } from '../../../schemas/api/posts.ts'
import { countries } from '../../../schemas/values/codes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** The home country: nobody has to be brought home from it. */
const home = 'MD'

/** What of a post decides which countries it answers for. */
type Answering = Pick<PlacedPost, 'post' | 'countries' | 'covers' | 'open'>

const answersFor = ({ countries: own, covers }: Answering) => [...own, ...covers]

/** The countries abroad that no open post answers for. */
export function uncovered(posts: readonly PlacedPost[]): string[] {
  const covered = new Set(posts.filter(({ open }) => open).flatMap(answersFor))
  return countries.filter((country) => country !== home && !covered.has(country))
}

/**
 * The open post that answers for a country: `own` if it does, or else the first in the order of the deployment. Undefined
 * where no post answers for it, and for the home country.
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
 * The fields of a change of a post that cannot stand: countries that it answers for anyway, or that another open post
 * answers for. Countries that it covered before are not checked, so that another post which opens again in its own country
 * does not keep this one from changing its staff.
 */
export function takenCovers(
  posts: readonly PlacedPost[],
  before: PlacedPost,
  { covers, open }: PostChange,
): string[] {
  const others = posts.filter((post) => post.post !== before.post && post.open)
  const taken = new Set([...before.countries, ...(open ? others.flatMap(answersFor) : [])])
  const coveredBefore = before.open ? before.covers : []
  return covers.flatMap((country, index) =>
    taken.has(country) && !coveredBefore.includes(country) ? [`covers.${index}`] : [],
  )
}
