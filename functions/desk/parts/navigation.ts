import { searchingKinds } from '../../../schemas/api/search.ts'
import { isOwner } from '../../../schemas/commands/commands.ts'
import { readingRota } from '../../../schemas/deployment/rota.ts'
import { mayAlert, waysOf } from '../../../schemas/procedure/ways.ts'
import type { PartyKind } from '../../../schemas/values/parties.ts'
import type { SignedIn } from '../context.ts'
import type { TextKey } from '../messages/messages.ts'
import { partnerKindOf } from './parties.ts'

/** A link in the head of every page: its address and its text. */
export interface NavigationItem {
  href: string
  text: TextKey
}

const work: NavigationItem = { href: '/desk', text: 'places.work' }
/** Danger today: from every page of who may file. */
const danger: NavigationItem = { href: '/desk/danger', text: 'places.danger' }
const filing: NavigationItem = { href: '/desk/filing', text: 'places.filing' }
const returns: NavigationItem = { href: '/desk/returns', text: 'places.returns' }
const board: NavigationItem = { href: '/desk/board', text: 'places.board' }
const search: NavigationItem = { href: '/desk/search', text: 'places.search' }
const alerts: NavigationItem = { href: '/desk/alerts', text: 'places.alerts' }
const matches: NavigationItem = { href: '/desk/matches', text: 'places.matches' }
const figures: NavigationItem = { href: '/desk/figures', text: 'places.figures' }
const audit: NavigationItem = { href: '/desk/audit', text: 'places.audit' }
const travel: NavigationItem = { href: '/desk/travel', text: 'places.travel' }
const decisions: NavigationItem = { href: '/desk/decisions', text: 'places.decisions' }
const settings: NavigationItem = { href: '/desk/settings', text: 'places.settings' }

/** The links in the head of pages for each kind of party. A single party may have fewer. */
const places: Readonly<Record<PartyKind, readonly NavigationItem[]>> = {
  mission: [work, danger, search, filing, returns, alerts, settings],
  consular: [work, returns, alerts, matches, figures, settings],
  iom: [work, danger, travel, search, filing, returns, alerts, matches, settings],
  centre: [work, danger, board, search, filing, returns, settings],
  ministry: [work, decisions, returns, figures, settings],
  partner: [work, danger, returns, alerts, filing, settings],
  oversight: [work, audit, figures, returns, settings],
}

/** Whether a user may begin a filing: a mission may, and parties that register people who are home already. */
export const mayFile = ({ kind, party }: Pick<SignedIn, 'kind' | 'party'>) =>
  kind === 'mission' || waysOf(kind, partnerKindOf(party)).length > 0

/** Whether a kind of party searches by person before it begins a filing, and to find a return. */
export const maySearch = (kind: PartyKind) => (searchingKinds as readonly PartyKind[]).includes(kind)

/** Whether a user may raise an alert. */
export const mayRaise = ({ kind, party }: Pick<SignedIn, 'kind' | 'party'>) =>
  isOwner(kind, 'alert') && mayAlert(kind, partnerKindOf(party))

/** Whether a user raises or receives alerts: the posts do, and the consular department for countries without a post. */
export const seesAlerts = (me: Pick<SignedIn, 'kind' | 'party'>) => mayRaise(me) || me.kind === 'consular'

/** The links in the head for a user: only what the own party can do. */
export function navigationOf(me: Pick<SignedIn, 'kind' | 'party'>): readonly NavigationItem[] {
  return places[me.kind].filter(
    (place) =>
      (mayFile(me) || (place !== filing && place !== danger)) && (place !== alerts || seesAlerts(me)),
  )
}

/** A page below "Settings", with a text about it. */
export interface Setting extends NavigationItem {
  about: TextKey
}

const inSettings = {
  people: {
    href: '/desk/settings/people',
    text: 'settings.people',
    about: 'settings.peopleAbout',
  },
  posts: { href: '/desk/settings/posts', text: 'settings.posts', about: 'settings.postsAbout' },
  post: { href: '/desk/settings/post', text: 'settings.post', about: 'settings.postAbout' },
  rooms: { href: '/desk/rooms', text: 'settings.rooms', about: 'settings.roomsAbout' },
  deadlines: {
    href: '/desk/settings/deadlines',
    text: 'settings.deadlines',
    about: 'settings.deadlinesAbout',
  },
  rota: { href: '/desk/settings/rota', text: 'settings.rota', about: 'settings.rotaAbout' },
} as const satisfies Record<string, Setting>

/** Whether a kind of party sees all posts: the consular department keeps them, and oversight watches. */
export const seesPosts = (kind: PartyKind) => kind === 'consular' || kind === 'oversight'

/** The pages below "Settings" for a user: what the own party keeps, and what was decided for it. */
export function settingsOf({ kind }: Pick<SignedIn, 'kind'>): readonly Setting[] {
  const { people, posts, post, rooms, deadlines, rota } = inSettings
  return [
    people,
    ...(seesPosts(kind) ? [posts] : []),
    ...(kind === 'mission' ? [post] : []),
    ...(kind === 'centre' ? [rooms] : []),
    deadlines,
    ...(readingRota.includes(kind) ? [rota] : []),
  ]
}
