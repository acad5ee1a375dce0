import { kindOf } from '../../../schemas/values/parties.ts'
import { apiOf } from '../api.ts'
import { currentAddress, type DeskContext, deskAddress, type SignedIn, userField } from '../context.ts'
import { secretIn, takeSecret } from './cookies.ts'
import { authorizationAddress, refreshed } from './issuer.ts'
import { entryFor, inTime, savablePostOfKnown } from './saved-post.ts'
import { formTicketOf, type Secret, ticketText } from './secret.ts'
import { forget, readSession, renew, type StoredSession, takeEntry } from './store.ts'

/** An access token is renewed so long before its end, in ms. A page takes less. */
const early = 60_000

/** The user of the request's session, if somebody is signed in. */
export async function signedInUser(context: DeskContext): Promise<SignedIn | undefined> {
  const secret = secretIn(context, 'session')
  const live = secret && (await readSession(secret))
  return live ? meFrom(secret, live.content, live.idle) : undefined
}

function meFrom(secret: Secret, signed: StoredSession, idle: number): SignedIn {
  let current = signed
  let renewing: Promise<string> | undefined
  const another = async () => {
    const next = await refreshed(current)
    // The API then answers 401, and the user is sent to sign in.
    if (!next || next.user !== signed.user || next.party !== signed.party) return current.access
    current = next
    await renew(secret, next)
    return next.access
  }
  // The calls of one page run side by side and share one renewal.
  const token = async (fresh: boolean) => {
    if (!fresh && current.accessUntil - Date.now() > early) return current.access
    renewing ??= another()
    return renewing
  }
  const { user, party, role } = signed
  const kind = kindOf(party)
  const ticket = ticketText(formTicketOf(secret))
  return { user, party, role, kind, ticket, idle, api: apiOf(kind, token) }
}

/**
 * Sends the browser to the issuer. It comes back to the same page, with what was typed. `notSaved` answers a form of the desk
 * that cannot be saved.
 */
export async function redirectToSignIn(
  context: DeskContext,
  notSaved?: (sent: URLSearchParams) => Response | Promise<Response>,
): Promise<Response> {
  // A sign-in that was begun before and not finished may still hold what was typed.
  const before = secretIn(context, 'entry')
  const waiting = before ? (await takeEntry(before))?.savedPost : undefined
  const typed = context.req.method === 'POST' ? await savablePostOfKnown(context) : undefined
  const sent = new URLSearchParams(context.req.method === 'POST' ? await context.req.text() : '')
  if (notSaved && !typed && sent.has(userField)) return notSaved(sent)
  const savedPost = typed ?? inTime(waiting)
  const entry = await entryFor(context, savedPost ? '/desk' : deskAddress(currentAddress(context)), savedPost)
  return context.redirect(await authorizationAddress(entry), 303)
}

/**
 * Ends a session that the API refuses: the account was disabled, or has to sign in anew. What was typed waits for the next
 * sign-in, which the user has to ask for. Otherwise a disabled user would be redirected for ever.
 */
export async function endSession(context: DeskContext): Promise<void> {
  const savedPost = context.req.method === 'POST' ? await savablePostOfKnown(context) : undefined
  if (savedPost) await entryFor(context, '/desk', savedPost)
  const secret = secretIn(context, 'session')
  if (secret) await forget(secret)
  takeSecret(context, 'session')
}
