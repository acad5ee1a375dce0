import { userId } from '../../../schemas/values/texts.ts'
import { againField, currentAddress, type DeskContext, ticketField, userField } from '../context.ts'
import { giveSecret, secretIn } from './cookies.ts'
import { newEntry } from './issuer.ts'
import { formTicketOf, newSecret, ticketIn } from './secret.ts'
import { maySavePost, type SavedPost, savedPostSeconds, store } from './store.ts'

/** Stores an entry for the way to the issuer and back, and gives the browser its secret. */
export async function entryFor(context: DeskContext, to: string, savedPost: SavedPost | undefined) {
  const entry = newEntry({ to, ...(savedPost ? { savedPost } : {}) })
  const secret = newSecret()
  await store(secret, entry)
  giveSecret(context, 'entry', secret)
  return entry
}

const seconds = () => Math.floor(Date.now() / 1000)

/** A saved form, if its time is not over. */
export const inTime = (savedPost: SavedPost | undefined) =>
  savedPost && savedPost.until > seconds() ? savedPost : undefined

/** A larger form is not saved: a row of the table holds 400 kB. */
const maxSavedBytes = 96 * 1024

/** The form of the request, as it can be saved. */
async function savablePost(context: DeskContext): Promise<SavedPost | undefined> {
  const body = await context.req.text()
  const user = userId.safeParse(new URLSearchParams(body).get(userField)).data
  if (!user || body.length > maxSavedBytes) return undefined
  return { path: currentAddress(context), body, user, until: seconds() + savedPostSeconds }
}

/**
 * The form of a request whose session had ended, or whose cookie was gone. Nothing is saved for a stranger: the form carries
 * a ticket of the session that it was made for, or the browser still has the session's secret.
 */
export async function savablePostOfKnown(context: DeskContext): Promise<SavedPost | undefined> {
  const [savedPost, before] = [await savablePost(context), secretIn(context, 'session')]
  const carried = ticketIn(new URLSearchParams(await context.req.text()).get(ticketField))
  const ticket = carried ?? (before && formTicketOf(before))
  return savedPost && ticket && (await maySavePost(ticket)) ? savedPost : undefined
}

/** Saves what was typed until the hidden screen is shown again. A form that is too large is not saved. */
export async function putAside(context: DeskContext): Promise<void> {
  const savedPost = await savablePost(context)
  if (!savedPost) return
  const body = new URLSearchParams(savedPost.body)
  // The next time the form is shown, and not hidden once more.
  body.set(againField, 'shown')
  await entryFor(context, '/desk', { ...savedPost, body: body.toString() })
}
