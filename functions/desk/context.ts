import type { Context } from 'hono'
import type { AuthorRole, PartyId, PartyKind } from '../../schemas/values/parties.ts'
import type { Api } from './api.ts'
import type { Messages } from './messages/messages.ts'
import type { Waiting } from './waiting.ts'

/** The user who is signed in. */
export interface SignedIn {
  user: string
  party: PartyId
  role: AuthorRole
  kind: PartyKind
  /** The API, as this user may call it. */
  api: Api
  /** What the user's forms carry, so that they can be saved when the session is gone (`session/secret.ts`). */
  ticket: string
  /** Epoch seconds: the session ends then, unless the user asks for another page before. */
  idle: number
}

/** What every handler finds in its context. */
export interface DeskEnv {
  Variables: {
    /** The messages in the user's language. */
    messages: Messages
    /** The user who is signed in. */
    me: SignedIn
    /** How many returns wait for the user. It is asked for once, and may remain unknown. */
    waiting: () => Promise<Waiting | undefined>
  }
}
export type DeskContext = Context<DeskEnv>

/** The path and query of the request, as an address to come back to. */
export function currentAddress(context: DeskContext): string {
  const { pathname, search } = new URL(context.req.url)
  return pathname + search
}

/** No address of the desk is longer, with its cursor. */
export const longestAddress = 1000

/** An address if it is one of the desk's own; else its first page. So no link leads away from the desk. */
export function deskAddress(address: string | undefined): string {
  if (
    address === undefined ||
    address.length > longestAddress ||
    address.includes('//') ||
    !/^\/desk(?:[/?][\w\-./?=&%+~]*)?$/.test(address)
  )
    return '/desk'
  // A browser resolves `..` and `%2e%2e`, which may lead out of the desk.
  const { pathname } = new URL(address, 'https://desk.invalid')
  return /^\/desk(?:\/|$)/.test(pathname) ? address : '/desk'
}

/** The field with the user for whom a form was made. Nobody else can send it, and it is saved for nobody else. */
export const userField = 'who'
/** The field with the ticket of the session that a form was made for. */
export const ticketField = 'ticket'
/**
 * The field of a button that only shows the form again, with all that was typed: in another language, or after the screen
 * was hidden. Nothing is sent to the API.
 */
export const againField = 'again'
export const hideScreen = 'hidden'
export const isAgain = (body: string) => new URLSearchParams(body).has(againField)

/** The id of the form into which people type. A page has one at most. */
export const pageFormId = 'typed'

export const formType = 'application/x-www-form-urlencoded'
