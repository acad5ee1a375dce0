import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { isApiRefusal, isBadPath, isRefusedWith, isSignedOut } from './api.ts'
import { assets } from './assets.ts'
import { brotli } from './brotli.ts'
import { againField, type DeskEnv, deskAddress, hideScreen, userField } from './context.ts'
import { logFailure } from './failures.ts'
import { isLanguage } from './messages/languages.ts'
import { messagesIn } from './messages/messages.ts'
import { errorPage, notFound, refusalPage, signedOutPage } from './parts/error-page.tsx'
import { notSentPage } from './parts/not-sent.tsx'
import { plainPage } from './parts/page.tsx'
import { screens } from './screens/screens.ts'
import { signIn } from './screens/sign-in.ts'
import { securityHeaders } from './security-headers.ts'
import { keepLanguage, languageOf } from './session/cookies.ts'
import { putAside } from './session/saved-post.ts'
import { answerShown, redirectToAnswer } from './session/shown-page.ts'
import { endSession, redirectToSignIn, signedInUser } from './session/sign-in.ts'
import { countWaiting } from './waiting.ts'

/** The pages: everything below `/desk`. */
export const app = new Hono<DeskEnv>()

app.use(compress(), brotli)

app.use(securityHeaders)

app.use(async (context, next) => {
  context.set('messages', await messagesIn(languageOf(context)))
  await next()
  // Only the user who asked for a personal page may keep it. Assets say otherwise themselves.
  if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store')
})

app.route('/', assets)

app.get('/desk/language/:language', (context) => {
  const { language } = context.req.param()
  if (isLanguage(language)) keepLanguage(context, language)
  return context.redirect(deskAddress(context.req.query('to')), 303)
})

app.get('/desk/hidden', (context) => {
  const { messages } = context.var
  return plainPage(
    context,
    { title: messages('hidden.title') },
    <>
      <h1 class="govuk-heading-l">{messages('hidden.title')}</h1>
      <p class="govuk-body">{messages('hidden.text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={deskAddress(context.req.query('to'))}>
          {messages('hidden.show')}
        </a>
      </p>
    </>,
  )
})

app.get('/desk/signed-out', (context) => {
  const { messages } = context.var
  return plainPage(
    context,
    { title: messages('signedOut.title') },
    <>
      <h1 class="govuk-heading-l">{messages('signedOut.title')}</h1>
      <p class="govuk-body">{messages('signedOut.text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/desk">
          {messages('signedOut.again')}
        </a>
      </p>
    </>,
  )
})

/** A POST has to come from a page of the desk (RFC 6454; Fetch standard, `Sec-Fetch-Site`). */
app.use(async (context, next) => {
  if (context.req.method !== 'POST') return next()
  const origin = context.req.header('origin')
  const ours =
    origin === undefined
      ? context.req.header('sec-fetch-site') === 'same-origin'
      : origin === setting(variable.deskOrigin)
  return ours ? next() : errorPage(context, 'trouble.foreign', 403)
})

app.route(
  '/desk',
  signIn((request) => app.fetch(request)),
)

app.use('/desk/*', async (context, next) => {
  await next()
  await redirectToAnswer(context)
})

app.use('/desk/*', async (context, next) => {
  const me = await signedInUser(context)
  if (!me) return redirectToSignIn(context, (sent) => notSentPage(context, sent))
  context.set('me', me)
  const waiting = countWaiting(me.api)
  context.set('waiting', waiting)
  const shown = await answerShown(context)
  if (shown) return shown
  // It is counted while the page asks for its own. My work counts by itself, and a form mostly leads to another address.
  if (context.req.method === 'GET' && context.req.path !== '/desk') void waiting()
  const sent = new URLSearchParams(context.req.method === 'POST' ? await context.req.text() : '')
  if (context.req.method === 'POST' && sent.get(userField) !== me.user)
    return errorPage(context, 'trouble.other', 409)
  const again = sent.get(againField) ?? undefined
  if (isLanguage(again)) {
    keepLanguage(context, again)
    context.set('messages', await messagesIn(again))
  }
  await next()
  // A page that saves leads to the hidden screen by itself, when it has saved.
  if (again === hideScreen && context.res.status !== 303) {
    await putAside(context)
    context.res = context.redirect('/desk/hidden?to=/desk/shown', 303)
  }
  context.header('server-timing', `api;dur=${me.api.spent.ms.toFixed(1)};desc="${me.api.spent.calls}"`)
  return undefined
})

app.route('/desk', screens)

app.notFound((context) => notFound(context))

app.onError(async (error, context) => {
  // The address of a filing that was sent leads to the request that came of it.
  if (isRefusedWith(error, 'draft-sent') && error.problem.request && context.req.method === 'GET')
    return context.redirect(`/desk/requests/${error.problem.request}?sent=`, 303)
  if (isRefusedWith(error, 'signed-out')) {
    await endSession(context)
    return signedOutPage(context, error)
  }
  if (isApiRefusal(error)) return refusalPage(context, error)
  if (isBadPath(error)) return notFound(context)
  // The user signed out elsewhere or was disabled: the issuer gives no more tokens.
  if (isSignedOut(error)) return redirectToSignIn(context, (sent) => notSentPage(context, sent))
  logFailure(error)
  return errorPage(context, 'trouble.failed', 500)
})
