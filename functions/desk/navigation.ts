import type { PartyKind } from '../../schemas/parties.ts'
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
const figures: Place = { href: '/desk/figures', text: 'places.figures' }
const audit: Place = { href: '/desk/audit', text: 'places.audit' }
const travel: Place = { href: '/desk/travel', text: 'places.travel' }

/** What each kind of party finds in the head of its pages. */
export const places: Readonly<Record<PartyKind, readonly Place[]>> = {
  mission: [work, search, filing, returns],
  consular: [work, returns, figures],
  iom: [work, travel, search, filing, returns],
  centre: [work, board, search, filing, returns],
  ministry: [work, returns, figures],
  partner: [work, returns],
  oversight: [work, audit, figures, returns],
}
