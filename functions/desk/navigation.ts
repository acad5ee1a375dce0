import { isOwner } from '../../schemas/commands.ts'
import type { PartyKind } from '../../schemas/parties.ts'
import { mayAlert, waysOf } from '../../schemas/ways.ts'
import { partnerKindOf } from './parts/parties.ts'
import type { Me } from './visit.ts'
import type { TextKey } from './words/words.ts'

/** A place in the head of every page: where it leads, and what it is called. */
export interface Place {
  href: string
  text: TextKey
}

const work: Place = { href: '/desk', text: 'places.work' }
const filing: Place = { href: '/desk/filing', text: 'places.filing' }
const returns: Place = { href: '/desk/returns', text: 'places.returns' }
const board: Place = { href: '/desk/board', text: 'places.board' }
const search: Place = { href: '/desk/search', text: 'places.search' }
const alerts: Place = { href: '/desk/alerts', text: 'places.alerts' }
const matches: Place = { href: '/desk/matches', text: 'places.matches' }
const figures: Place = { href: '/desk/figures', text: 'places.figures' }
const audit: Place = { href: '/desk/audit', text: 'places.audit' }
const travel: Place = { href: '/desk/travel', text: 'places.travel' }

/** What each kind of party finds in the head of its pages, as far as the single party of the kind has it. */
const places: Readonly<Record<PartyKind, readonly Place[]>> = {
  mission: [work, search, filing, returns, alerts],
  consular: [work, returns, alerts, matches, figures],
  iom: [work, travel, search, filing, returns, alerts, matches],
  centre: [work, board, search, filing, returns],
  ministry: [work, returns, figures],
  partner: [work, returns, alerts, filing],
  oversight: [work, audit, figures, returns],
}

/** Whether somebody may begin a filing: a mission, and whoever registers people who are home already. */
export const mayFile = ({ kind, party }: Pick<Me, 'kind' | 'party'>) =>
  kind === 'mission' || waysOf(kind, partnerKindOf(party)).length > 0

/** Whether somebody may raise an alert. */
export const mayRaise = ({ kind, party }: Pick<Me, 'kind' | 'party'>) =>
  isOwner(kind, 'alert') && mayAlert(kind, partnerKindOf(party))

/** What somebody finds in the head: nothing that the own party cannot do. */
export function placesOf(me: Pick<Me, 'kind' | 'party'>): readonly Place[] {
  return places[me.kind].filter(
    (place) =>
      (place !== filing || mayFile(me)) && (place !== alerts || me.kind === 'consular' || mayRaise(me)),
  )
}
