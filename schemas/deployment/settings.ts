import type { HolderKind, PartyKind } from '../values/parties.ts'
import type { TableName } from './tables.ts'

/**
 * The environment of the functions: `infra` sets these variables, functions read them, nobody else spells them.
 * A variable that a function needs and does not find is a fault of the deployment, named at start.
 */
export const variable = {
  /** The physical name of a table. */
  table: (name: TableName) => `TABLE_${name.toUpperCase()}`,
  /** The ARN of the key that wraps data keys for a kind of holder. */
  key: (kind: HolderKind | PartyKind) => `KEY_${kind.toUpperCase()}`,
  /** The ARN of the key that makes the tags by which returns are found. */
  tagKey: 'KEY_TAGS',
  /** The URL of the queue of a kind of party. */
  queue: (kind: string) => `QUEUE_${kind.toUpperCase()}`,
  /** The ARN of the role that a function assumes with the caller's tags. */
  sessionRole: 'SESSION_ROLE',
  /** The ids of the centres that a mission can name, with commas between. */
  centres: 'CENTRES',
  /** All posts by their codes, each with the countries that it answers for by itself (`postsText` in `posts.ts`). */
  countries: 'COUNTRIES',
  /** What the returns begin with that the one party of its kind files. */
  ownCode: 'OWN_CODE',
  /** The ids of all posts, with commas between. */
  missions: 'MISSIONS',
  /** The partners by what they are (`partnersText` in `tasks.ts`). */
  partners: 'PARTNERS',
  /** For how many days a section that nobody can read any more is kept before it is erased. */
  lockDays: 'LOCK_DAYS',
  /** JSON: the duties that one person does not do together on a return (`duties.ts`). */
  separations: 'SEPARATIONS',
  /** For how many days a draft stays that nobody saves. */
  draftDays: 'DRAFT_DAYS',
  /** JSON: the calendars of posts with a week or closed days of their own, by code. */
  posts: 'POSTS',
  /** JSON: whom call-outs and what is overdue go to, and when (`rota.ts`). */
  rota: 'ROTA',
  /** JSON: by centre, for how long somebody stays and whether a cot is a place. */
  centreConfig: 'CENTRE_CONFIG',
  /** JSON: the hours in which an arrival calls the Centre. */
  night: 'NIGHT',
  /** JSON: the smallest count that is shown, by scope (`figures.ts`). */
  thresholds: 'THRESHOLDS',
  /** The ARN of the topic by which people are called. */
  callTopic: 'CALL_TOPIC',
  /** The id of the user pool. */
  userPool: 'USER_POOL',
  /** Where the desk reaches the API. */
  apiUrl: 'API_URL',
  /** The OpenID Connect issuer, whose discovery document names the rest. */
  issuer: 'ISSUER',
  /** The desk's client at the issuer. */
  deskClient: 'DESK_CLIENT',
  /** Where the desk's pages are, as the browser sees them: `https://acasa.example`. */
  deskOrigin: 'DESK_ORIGIN',
  /** JSON: the numbers of the hotline (`hotline.ts`). */
  hotline: 'HOTLINE',
  /** JSON: what posts, centres and partners are called, by id. */
  partyNames: 'PARTY_NAMES',
  /** Where the issuer ends its own session; the desk adds its client and the page to come back to. */
  signOut: 'SIGN_OUT',
  /** `trial` on a developer's machine, else the name of the deployed stage. */
  stage: 'STAGE',
} as const

/** Reads one variable. Throws, naming it, when it is missing or empty. */
export function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`The environment lacks ${name}.`)
  return value
}
