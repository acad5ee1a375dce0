import type { Context } from 'hono'
import type { PartyId, PartyKind } from '../../schemas/values/parties.ts'
import type { Api } from './api.ts'
import type { Messages } from './messages/messages.ts'
import type { Session } from './session/store.ts'

/** Who is signed in, and what they can reach. */
export interface SignedIn extends Pick<Session, 'user' | 'party' | 'role'> {
  kind: PartyKind
  party: PartyId
  api: Api
  /** Epoch seconds: when the session ends unless another page is asked for. */
  idle: number
}

/** What every handler finds in its context: the words of the visitor's language, and who is signed in. */
export interface DeskEnv {
  Variables: { messages: Messages; me: SignedIn }
}
export type DeskContext = Context<DeskEnv>

/** The path and query that a visit asked for, as a place to come back to. */
export function currentAddress(context: DeskContext): string {
  const { pathname, search } = new URL(context.req.url)
  return pathname + search
}

/** Longer than any address of ours, with its cursor. */
const longestAddress = 1000

/** A place to go to, if it is one of the desk's own; else its first page. An address elsewhere leads nobody away. */
export function deskAddress(place: string | undefined): string {
  if (
    place === undefined ||
    place.length > longestAddress ||
    place.includes('//') ||
    !/^\/desk(?:[/?][\w\-./?=&%+~]*)?$/.test(place)
  )
    return '/desk'
  // As a browser reads it: `..`, and `%2e%2e` too, lead up and out.
  const { pathname } = new URL(place, 'https://desk.invalid')
  return /^\/desk(?:\/|$)/.test(pathname) ? place : '/desk'
}

/** Every form names who it was made for: nobody else's hand sends it, and what was typed is kept for nobody else. */
export const userField = 'who'
/**
 * The field of a button that sends a form only to see it again with all that was typed: in another language, or after the
 * screen was hidden. Nothing is done.
 */
export const againField = 'again'
export const hideScreen = 'hidden'
export const isAgain = (body: string) => new URLSearchParams(body).has(againField)

/** The id of the form of a page into which people type: there is one. */
export const pageFormId = 'typed'

export const formType = 'application/x-www-form-urlencoded'
