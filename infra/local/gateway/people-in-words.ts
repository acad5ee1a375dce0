import deployment from '../../../cdk.json' with { type: 'json' }
import { kindOf, type PartyKind, partyId, partyKindNames } from '../../../schemas/values/parties.ts'
import type { SeededUser } from '../emulators/user-pool.ts'
import type { PageLanguage } from './page-language.ts'
import { pageTexts } from './page-texts.ts'

export type SignInUser = Pick<SeededUser, 'name' | 'fullName' | 'party' | 'groups'>

/** Who can sign in, by kind of party: each with a made-up name, and the mission or partner and the role in words. */
export interface PeopleOfKind {
  heading: string
  people: readonly { name: string; fullName: string; post: string }[]
}

const { missions, partners } = deployment.context
const placeOf = new Map<string, string>([
  ...missions.map(({ code, city }) => [`mission:${code}`, city] as const),
  ...partners.map(({ code, name }) => [`partner:${code}`, name] as const),
])

/** People by kind of party, in the order of the kinds. Whoever belongs to no party comes last. */
export function peopleInWords(people: readonly SignInUser[], language: PageLanguage): PeopleOfKind[] {
  const { kinds, roles, invited } = pageTexts[language]
  const kindIn = (party: string): PartyKind | 'none' => {
    const parsed = partyId.safeParse(party)
    return parsed.success ? kindOf(parsed.data) : 'none'
  }
  const byKind = Map.groupBy(people, ({ party }) => kindIn(party))
  return [...partyKindNames, 'none' as const].flatMap((kind) => {
    const own = byKind.get(kind)
    if (!own) return []
    const inWords = own.map(({ name, fullName, party, groups }) => {
      const role = groups.find((group) => group.startsWith('role:'))?.slice('role:'.length) ?? ''
      const post = [placeOf.get(party), roles[role] ?? invited]
        .filter((word) => word !== undefined)
        .join(', ')
      return { name, fullName: fullName || name, post }
    })
    return [{ heading: kinds[kind], people: inWords }]
  })
}
