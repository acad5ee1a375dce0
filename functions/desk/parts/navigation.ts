import { isOwner } from '../../../schemas/commands/commands.ts'
import { readingRota } from '../../../schemas/deployment/rota.ts'
import { mayAlert, waysOf } from '../../../schemas/procedure/ways.ts'
import type { PartyKind } from '../../../schemas/values/parties.ts'
import type { SignedIn } from '../context.ts'
import type { TextKey } from '../messages/messages.ts'
import { partnerKindOf } from './parties.ts'

/** A place in the head of every page: where it leads, and what it is called. */
export interface NavigationItem {
  href: string
  text: TextKey
}

const work: NavigationItem = { href: '/desk', text: 'places.work' }
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

/** What each kind of party finds in the head of its pages, as far as the single party of the kind has it. */
const places: Readonly<Record<PartyKind, readonly NavigationItem[]>> = {
  mission: [work, search, filing, returns, alerts, settings],
  consular: [work, returns, alerts, matches, figures, settings],
  iom: [work, travel, search, filing, returns, alerts, matches, settings],
  centre: [work, board, search, filing, returns, settings],
  ministry: [work, decisions, returns, figures, settings],
  partner: [work, returns, alerts, filing, settings],
  oversight: [work, audit, figures, returns, settings],
}

/** Whether somebody may begin a filing: a mission, and whoever registers people who are home already. */
export const mayFile = ({ kind, party }: Pick<SignedIn, 'kind' | 'party'>) =>
  kind === 'mission' || waysOf(kind, partnerKindOf(party)).length > 0

/** Whether somebody may raise an alert. */
export const mayRaise = ({ kind, party }: Pick<SignedIn, 'kind' | 'party'>) =>
  isOwner(kind, 'alert') && mayAlert(kind, partnerKindOf(party))

/** Who raises alerts or gets them: a post, and where none covers the country the consular department. */
export const seesAlerts = (me: Pick<SignedIn, 'kind' | 'party'>) => mayRaise(me) || me.kind === 'consular'

/** What somebody finds in the head: nothing that the own party cannot do. */
export function navigationOf(me: Pick<SignedIn, 'kind' | 'party'>): readonly NavigationItem[] {
  return places[me.kind].filter(
    (place) => (place !== filing || mayFile(me)) && (place !== alerts || seesAlerts(me)),
  )
}

/** A page below "Settings", and what somebody finds there. */
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

/** Who sees all posts: who keeps them, and who sees that it does. */
export const seesPosts = (kind: PartyKind) => kind === 'consular' || kind === 'oversight'

/** What somebody finds below "Settings": what the own party keeps, and what was settled for it. */
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
