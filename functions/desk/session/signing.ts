import { Hono } from 'hono'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { userId } from '../../../schemas/values/texts.ts'
import { apiOf } from '../api.ts'
import {
  againField,
  type DeskEnv,
  formType,
  isAgain,
  type Me,
  ownPlace,
  placeOf,
  type Visit,
  whoField,
} from '../context.ts'
import { trouble } from '../parts/error-page.tsx'
import { giveSecret, secretIn, takeSecret } from './cookies.ts'
import { authorizationAddress, newEntry, refreshed, revoke, signedFrom, signOutAddress } from './issuer.ts'
import { newSecret, type Secret } from './secret.ts'
import {
  forget,
  type KeptPost,
  keptSeconds,
  mayKeep,
  readSession,
  renew,
  type Signed,
  store,
  takeEntry,
} from './store.ts'

/** Renewed so long before its end, in ms: a page takes less. */
const early = 60_000

/** Who is signed in at a visit, or nobody. */
export async function whoIs(visit: Visit): Promise<Me | undefined> {
  const secret = secretIn(visit, 'session')
  const live = secret && (await readSession(secret))
  return live ? meFrom(secret, live.content, live.idle) : undefined
}

function meFrom(secret: Secret, signed: Signed, idle: number): Me {
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
export async function toSignIn(visit: Visit): Promise<Response> {
  // Of a sign-in that was begun before and came to nothing, what was typed goes along.
  const before = secretIn(visit, 'entry')
  const waiting = before ? (await takeEntry(before))?.kept : undefined
  const kept = (visit.req.method === 'POST' ? await keptOfKnown(visit) : undefined) ?? inTime(waiting)
  const entry = await entryFor(visit, kept ? '/desk' : ownPlace(placeOf(visit)), kept)
  return visit.redirect(await authorizationAddress(entry), 303)
}

/**
 * The API takes nothing from this session any more: the account was disabled, or has to sign in anew. It ends here. What was
 * typed waits for the next sign-in, which the visitor asks for: who is disabled would be sent to and fro for ever.
 */
export async function endSession(visit: Visit): Promise<void> {
  const kept = visit.req.method === 'POST' ? await keptOfKnown(visit) : undefined
  if (kept) await entryFor(visit, '/desk', kept)
  const secret = secretIn(visit, 'session')
  if (secret) await forget(secret)
  takeSecret(visit, 'session')
}

/** Begins a way to the issuer and back, and gives the browser the secret that opens it. */
async function entryFor(visit: Visit, to: string, kept: KeptPost | undefined) {
  const entry = newEntry({ to, ...(kept ? { kept } : {}) })
  const secret = newSecret()
  await store(secret, entry)
  giveSecret(visit, 'entry', secret)
  return entry
}

const seconds = () => Math.floor(Date.now() / 1000)

const inTime = (kept: KeptPost | undefined) => (kept && kept.until > seconds() ? kept : undefined)

/** What fits into a row beside the rest: an item holds 400 kB. */
const mostKept = 96 * 1024

async function keptFrom(visit: Visit): Promise<KeptPost | undefined> {
  const body = await visit.req.text()
  const user = userId.safeParse(new URLSearchParams(body).get(whoField)).data
  if (!user || body.length > mostKept) return undefined
  return { path: placeOf(visit), body, user, until: seconds() + keptSeconds }
}

/** What was typed when a session had ended: of a stranger nothing is kept. */
async function keptOfKnown(visit: Visit): Promise<KeptPost | undefined> {
  const [kept, before] = [await keptFrom(visit), secretIn(visit, 'session')]
  return kept && before && (await mayKeep(before)) ? kept : undefined
}

/** What was typed, put aside until the screen is shown again; where it has no room, the page is shown as it was. */
export async function putAside(visit: Visit): Promise<void> {
  const kept = await keptFrom(visit)
  if (!kept) return
  const body = new URLSearchParams(kept.body)
  // Shown the next time, and not hidden once more.
  body.set(againField, 'shown')
  await entryFor(visit, '/desk', { ...kept, body: body.toString() })
}

/**
 * `callback`: the way back from the issuer. The session gets a new secret; what was typed before is sent by whoever
 * typed it, and dropped where somebody else has signed in. `replay` answers a request of this browser's own.
 */
export function signing(replay: (request: Request) => Response | Promise<Response>) {
  return (
    new Hono<DeskEnv>()
      .get('/callback', async (visit) => {
        const before = secretIn(visit, 'entry')
        const entry = before && (await takeEntry(before))
        if (!entry) {
          takeSecret(visit, 'entry')
          return visit.redirect('/desk', 303)
        }
        const address = new URL(visit.req.url)
        const signed = await signedFrom(
          entry,
          new URL(address.search, `${setting(variable.deskOrigin)}/desk/callback`),
        )
        const kept = inTime(entry.kept)
        // The next try finds what was typed.
        if (!signed && kept) await entryFor(visit, '/desk', kept)
        else takeSecret(visit, 'entry')
        if (!signed) return trouble(visit, 'trouble.signIn', 403)
        const old = secretIn(visit, 'session')
        if (old) await forget(old)
        const secret = newSecret()
        await store(secret, signed)
        giveSecret(visit, 'session', secret)
        if (kept?.user !== signed.user) return visit.redirect(entry.to, 303)
        return replayed(visit, kept, secret, replay)
      })
      /** The screen is shown again, with what was typed before it was hidden. */
      .get('/shown', async (visit) => {
        const [secret, me] = [secretIn(visit, 'session'), await whoIs(visit)]
        if (!secret || !me) return toSignIn(visit)
        const before = secretIn(visit, 'entry')
        const kept = before ? inTime((await takeEntry(before))?.kept) : undefined
        takeSecret(visit, 'entry')
        // Looking sends nothing: what was to be sent is sent after a sign-in alone.
        if (!kept || kept.user !== me.user || !isAgain(kept.body)) return visit.redirect('/desk', 303)
        return replayed(visit, kept, secret, replay)
      })
      .post('/sign-out', async (visit) => {
        const secret = secretIn(visit, 'session')
        const live = secret && (await readSession(secret))
        if (secret) await forget(secret)
        takeSecret(visit, 'session')
        // What was put aside is not there for whoever comes next.
        const aside = secretIn(visit, 'entry')
        if (aside) await forget(aside)
        takeSecret(visit, 'entry')
        if (live) await revoke(live.content).catch(() => undefined)
        return visit.redirect(signOutAddress(), 303)
      })
  )
}

/** Does what was typed before the sign-in, as if it came now, and gives its answer with the new session's cookie. */
async function replayed(
  visit: Visit,
  { path, body }: KeptPost,
  secret: Secret,
  replay: (request: Request) => Response | Promise<Response>,
): Promise<Response> {
  const origin = setting(variable.deskOrigin)
  const language = visit.req.header('cookie')?.match(/acasa-language=\w+/)?.[0]
  const cookie = [`__Host-acasa=${secret}`, ...(language ? [language] : [])].join('; ')
  const answer = await replay(
    new Request(`${origin}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': formType, origin, cookie },
    }),
  )
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') visit.header(name, value)
  return visit.body(
    await answer.arrayBuffer(),
    answer.status === 303 ? 303 : answer.status === 200 ? 200 : 422,
  )
}
