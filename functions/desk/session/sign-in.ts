import { Hono } from 'hono'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { userId } from '../../../schemas/values/texts.ts'
import { apiOf } from '../api.ts'
import {
  againField,
  currentAddress,
  type DeskContext,
  type DeskEnv,
  deskAddress,
  formType,
  isAgain,
  type SignedIn,
  userField,
} from '../context.ts'
import { errorPage } from '../parts/error-page.tsx'
import { giveSecret, secretIn, takeSecret } from './cookies.ts'
import { authorizationAddress, newEntry, refreshed, revoke, signedFrom, signOutAddress } from './issuer.ts'
import { newSecret, type Secret } from './secret.ts'
import {
  forget,
  maySavePost,
  readSession,
  renew,
  type SavedPost,
  type Session,
  savedPostSeconds,
  store,
  takeEntry,
} from './store.ts'

/** Renewed so long before its end, in ms: a page takes less. */
const early = 60_000

/** Who is signed in at a visit, or nobody. */
export async function signedInUser(context: DeskContext): Promise<SignedIn | undefined> {
  const secret = secretIn(context, 'session')
  const live = secret && (await readSession(secret))
  return live ? meFrom(secret, live.content, live.idle) : undefined
}

function meFrom(secret: Secret, signed: Session, idle: number): SignedIn {
  let current = signed
  let renewing: Promise<string> | undefined
  const another = async () => {
    const next = await refreshed(current)
    // The API then says 401, and whoever asked is sent to sign in.
    if (!next || next.user !== signed.user || next.party !== signed.party) return current.access
    current = next
    await renew(secret, next)
    return next.access
  }
  // Calls of one page run side by side, and share one renewal.
  const token = async (fresh: boolean) => {
    if (!fresh && current.accessUntil - Date.now() > early) return current.access
    renewing ??= another()
    return renewing
  }
  const { user, party, role } = signed
  const kind = kindOf(party)
  return { user, party, role, kind, idle, api: apiOf(kind, token) }
}

/** Sends a visit to the issuer; it comes back to where it was, with what was typed. */
export async function redirectToSignIn(context: DeskContext): Promise<Response> {
  // Of a sign-in that was begun before and came to nothing, what was typed goes along.
  const before = secretIn(context, 'entry')
  const waiting = before ? (await takeEntry(before))?.savedPost : undefined
  const savedPost =
    (context.req.method === 'POST' ? await savablePostOfKnown(context) : undefined) ?? inTime(waiting)
  const entry = await entryFor(context, savedPost ? '/desk' : deskAddress(currentAddress(context)), savedPost)
  return context.redirect(await authorizationAddress(entry), 303)
}

/**
 * The API takes nothing from this session any more: the account was disabled, or has to sign in anew. It ends here. What was
 * typed waits for the next sign-in, which the visitor asks for: who is disabled would be sent to and fro for ever.
 */
export async function endSession(context: DeskContext): Promise<void> {
  const savedPost = context.req.method === 'POST' ? await savablePostOfKnown(context) : undefined
  if (savedPost) await entryFor(context, '/desk', savedPost)
  const secret = secretIn(context, 'session')
  if (secret) await forget(secret)
  takeSecret(context, 'session')
}

/** Begins a way to the issuer and back, and gives the browser the secret that opens it. */
async function entryFor(context: DeskContext, to: string, savedPost: SavedPost | undefined) {
  const entry = newEntry({ to, ...(savedPost ? { savedPost } : {}) })
  const secret = newSecret()
  await store(secret, entry)
  giveSecret(context, 'entry', secret)
  return entry
}

const seconds = () => Math.floor(Date.now() / 1000)

const inTime = (savedPost: SavedPost | undefined) =>
  savedPost && savedPost.until > seconds() ? savedPost : undefined

/** What fits into a row beside the rest: an item holds 400 kB. */
const maxSavedBytes = 96 * 1024

async function savablePost(context: DeskContext): Promise<SavedPost | undefined> {
  const body = await context.req.text()
  const user = userId.safeParse(new URLSearchParams(body).get(userField)).data
  if (!user || body.length > maxSavedBytes) return undefined
  return { path: currentAddress(context), body, user, until: seconds() + savedPostSeconds }
}

/** What was typed when a session had ended: of a stranger nothing is kept. */
async function savablePostOfKnown(context: DeskContext): Promise<SavedPost | undefined> {
  const [savedPost, before] = [await savablePost(context), secretIn(context, 'session')]
  return savedPost && before && (await maySavePost(before)) ? savedPost : undefined
}

/** What was typed, put aside until the screen is shown again; where it has no room, the page is shown as it was. */
export async function putAside(context: DeskContext): Promise<void> {
  const savedPost = await savablePost(context)
  if (!savedPost) return
  const body = new URLSearchParams(savedPost.body)
  // Shown the next time, and not hidden once more.
  body.set(againField, 'shown')
  await entryFor(context, '/desk', { ...savedPost, body: body.toString() })
}

/**
 * `callback`: the way back from the issuer. The session gets a new secret; what was typed before is sent by whoever
 * typed it, and dropped where somebody else has signed in. `replay` answers a request of this browser's own.
 */
export function signIn(replay: (request: Request) => Response | Promise<Response>) {
  return (
    new Hono<DeskEnv>()
      .get('/callback', async (context) => {
        const before = secretIn(context, 'entry')
        const entry = before && (await takeEntry(before))
        if (!entry) {
          takeSecret(context, 'entry')
          return context.redirect('/desk', 303)
        }
        const address = new URL(context.req.url)
        const signed = await signedFrom(
          entry,
          new URL(address.search, `${setting(variable.deskOrigin)}/desk/callback`),
        )
        const savedPost = inTime(entry.savedPost)
        // The next try finds what was typed.
        if (!signed && savedPost) await entryFor(context, '/desk', savedPost)
        else takeSecret(context, 'entry')
        if (!signed) return errorPage(context, 'trouble.signIn', 403)
        const old = secretIn(context, 'session')
        if (old) await forget(old)
        const secret = newSecret()
        await store(secret, signed)
        giveSecret(context, 'session', secret)
        if (savedPost?.user !== signed.user) return context.redirect(entry.to, 303)
        return replayed(context, savedPost, secret, replay)
      })
      /** The screen is shown again, with what was typed before it was hidden. */
      .get('/shown', async (context) => {
        const [secret, me] = [secretIn(context, 'session'), await signedInUser(context)]
        if (!secret || !me) return redirectToSignIn(context)
        const before = secretIn(context, 'entry')
        const savedPost = before ? inTime((await takeEntry(before))?.savedPost) : undefined
        takeSecret(context, 'entry')
        // Looking sends nothing: what was to be sent is sent after a sign-in alone.
        if (!savedPost || savedPost.user !== me.user || !isAgain(savedPost.body))
          return context.redirect('/desk', 303)
        return replayed(context, savedPost, secret, replay)
      })
      .post('/sign-out', async (context) => {
        const secret = secretIn(context, 'session')
        const live = secret && (await readSession(secret))
        if (secret) await forget(secret)
        takeSecret(context, 'session')
        // What was put aside is not there for whoever comes next.
        const aside = secretIn(context, 'entry')
        if (aside) await forget(aside)
        takeSecret(context, 'entry')
        if (live) await revoke(live.content).catch(() => undefined)
        return context.redirect(signOutAddress(), 303)
      })
  )
}

/** Does what was typed before the sign-in, as if it came now, and gives its answer with the new session's cookie. */
async function replayed(
  context: DeskContext,
  { path, body }: SavedPost,
  secret: Secret,
  replay: (request: Request) => Response | Promise<Response>,
): Promise<Response> {
  const origin = setting(variable.deskOrigin)
  const language = context.req.header('cookie')?.match(/acasa-language=\w+/)?.[0]
  const cookie = [`__Host-acasa=${secret}`, ...(language ? [language] : [])].join('; ')
  const answer = await replay(
    new Request(`${origin}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': formType, origin, cookie },
    }),
  )
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') context.header(name, value)
  return context.body(
    await answer.arrayBuffer(),
    answer.status === 303 ? 303 : answer.status === 200 ? 200 : 422,
  )
}
