import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { isApiRefusal, isNowhere, isRefusedWith, isSignedOut } from './api.ts'
import { assets } from './assets.ts'
import { brotli } from './brotli.ts'
import { againField, type DeskEnv, hiding, ownPlace, whoField } from './context.ts'
import { logFailure } from './failures.ts'
import { isLanguage } from './messages/languages.ts'
import { wordsIn } from './messages/messages.ts'
import { refused, signedOut, trouble } from './parts/error-page.tsx'
import { plainPage } from './parts/page.tsx'
import { screens } from './screens/screens.ts'
import { keepLanguage, languageOf } from './session/cookies.ts'
import { issuerOrigins } from './session/issuer.ts'
import { endSession, putAside, signing, toSignIn, whoIs } from './session/signing.ts'

/** The pages: everything below `/desk`. */
export const app = new Hono<DeskEnv>()

app.use(compress(), brotli)

app.use(async (visit, next) => {
  visit.set('words', await wordsIn(languageOf(visit)))
  await next()
  // Personal pages stay with who asked for them; assets say otherwise themselves.
  if (!visit.res.headers.has('cache-control')) visit.header('cache-control', 'no-store')
  visit.header('x-content-type-options', 'nosniff')
  visit.header('referrer-policy', 'same-origin')
  visit.header('cross-origin-opener-policy', 'same-origin')
  visit.header('strict-transport-security', 'max-age=63072000')
  visit.header('content-security-policy', await policy())
})

/** Nothing from elsewhere, nothing inline; forms lead here, and by way of sign-in and sign-out to the issuer. */
async function policy(): Promise<string> {
  const issuer = await issuerOrigins().catch(() => [])
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    'img-src data:',
    `form-action 'self' ${issuer.join(' ')}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

app.route('/', assets)

app.get('/desk/language/:language', (visit) => {
  const { language } = visit.req.param()
  if (isLanguage(language)) keepLanguage(visit, language)
  return visit.redirect(ownPlace(visit.req.query('to')), 303)
})

app.get('/desk/hidden', (visit) => {
  const words = visit.get('words')
  return plainPage(
    visit,
    { title: words('hidden.title') },
    <>
      <h1 class="govuk-heading-l">{words('hidden.title')}</h1>
      <p class="govuk-body">{words('hidden.text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={ownPlace(visit.req.query('to'))}>
          {words('hidden.show')}
        </a>
      </p>
    </>,
  )
})

app.get('/desk/signed-out', (visit) => {
  const words = visit.get('words')
  return plainPage(
    visit,
    { title: words('signedOut.title') },
    <>
      <h1 class="govuk-heading-l">{words('signedOut.title')}</h1>
      <p class="govuk-body">{words('signedOut.text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/desk">
          {words('signedOut.again')}
        </a>
      </p>
    </>,
  )
})

/** A POST comes from a page of ours, or it is none of ours (RFC 6454; Fetch standard, `Sec-Fetch-Site`). */
app.use(async (visit, next) => {
  if (visit.req.method !== 'POST') return next()
  const origin = visit.req.header('origin')
  const ours =
    origin === undefined
      ? visit.req.header('sec-fetch-site') === 'same-origin'
      : origin === setting(variable.deskOrigin)
  return ours ? next() : trouble(visit, 'trouble.foreign', 403)
})

app.route(
  '/desk',
  signing((request) => app.fetch(request)),
)

app.use('/desk/*', async (visit, next) => {
  const me = await whoIs(visit)
  if (!me) return toSignIn(visit)
  visit.set('me', me)
  const sent = new URLSearchParams(visit.req.method === 'POST' ? await visit.req.text() : '')
  if (visit.req.method === 'POST' && sent.get(whoField) !== me.user)
    return trouble(visit, 'trouble.other', 409)
  const again = sent.get(againField) ?? undefined
  if (isLanguage(again)) {
    keepLanguage(visit, again)
    visit.set('words', await wordsIn(again))
  }
  await next()
  // A page that saves has saved, and leads to the hidden screen by itself.
  if (again === hiding && visit.res.status !== 303) {
    await putAside(visit)
    visit.res = visit.redirect('/desk/hidden?to=/desk/shown', 303)
  }
  visit.header('server-timing', `api;dur=${me.api.spent.ms.toFixed(1)};desc="${me.api.spent.calls}"`)
  return undefined
})

app.route('/desk', screens)

app.notFound((visit) => trouble(visit, 'trouble.notFound', 404))

app.onError(async (error, visit) => {
  // Back to a filing that was sent leads to the request that came of it.
  if (isRefusedWith(error, 'draft-sent') && error.problem.request && visit.req.method === 'GET')
    return visit.redirect(`/desk/requests/${error.problem.request}?sent=`, 303)
  if (isRefusedWith(error, 'signed-out')) {
    await endSession(visit)
    return signedOut(visit, error)
  }
  if (isApiRefusal(error)) return refused(visit, error)
  if (isNowhere(error)) return trouble(visit, 'trouble.notFound', 404)
  // Signed out elsewhere, or disabled: the issuer gives no more tokens.
  if (isSignedOut(error)) return toSignIn(visit)
  logFailure(error)
  return trouble(visit, 'trouble.failed', 500)
})
