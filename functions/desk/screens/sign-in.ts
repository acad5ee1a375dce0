import { Hono } from 'hono'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { type DeskContext, type DeskEnv, formType, isAgain } from '../context.ts'
import { errorPage } from '../parts/error-page.tsx'
import { giveSecret, secretIn, takeSecret } from '../session/cookies.ts'
import { revoke, signedFrom, signOutAddress } from '../session/issuer.ts'
import { entryFor, inTime } from '../session/saved-post.ts'
import { newSecret, type Secret } from '../session/secret.ts'
import { redirectToSignIn, signedInUser } from '../session/sign-in.ts'
import { forget, readSession, type SavedPost, store, takeEntry } from '../session/store.ts'

/**
 * The addresses of signing in and out. After a sign-in the session gets a new secret. What was typed before is sent if the
 * same user has signed in, else it is dropped. `replay` answers a request as if this browser had sent it.
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
        // What was typed waits for the next try.
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
      /** Shows the hidden screen again, with what was typed before. */
      .get('/shown', async (context) => {
        const [secret, me] = [secretIn(context, 'session'), await signedInUser(context)]
        if (!secret || !me) return redirectToSignIn(context)
        const before = secretIn(context, 'entry')
        const savedPost = before ? inTime((await takeEntry(before))?.savedPost) : undefined
        takeSecret(context, 'entry')
        // Showing a screen sends nothing. What was to be sent is only sent after a sign-in.
        if (!savedPost || savedPost.user !== me.user || !isAgain(savedPost.body))
          return context.redirect('/desk', 303)
        return replayed(context, savedPost, secret, replay)
      })
      .post('/sign-out', async (context) => {
        const secret = secretIn(context, 'session')
        const live = secret && (await readSession(secret))
        if (secret) await forget(secret)
        takeSecret(context, 'session')
        // What was saved is not there for the next user.
        const aside = secretIn(context, 'entry')
        if (aside) await forget(aside)
        takeSecret(context, 'entry')
        if (live) await revoke(live.content).catch(() => undefined)
        return context.redirect(signOutAddress(), 303)
      })
  )
}

/** Sends the saved form as if it came now, and gives the answer with the new session's cookie. */
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
  const location = answer.headers.get('location')
  if (answer.status === 303 && location) return context.redirect(location, 303)
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') context.header(name, value)
  return context.body(await answer.arrayBuffer(), answer.status === 200 ? 200 : 422)
}
