import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { scriptAddress, styleAddress } from '../assets.ts'
import { againField, hiding, type Me, placeOf, typedForm, type Visit } from '../context.ts'
import { type Language, languages, ownNames } from '../messages/languages.ts'
import type { Words } from '../messages/messages.ts'
import { placesOf } from '../navigation.ts'
import { Imprint } from './paper.tsx'

export interface Page {
  /** Neutral: no name, no category, no reference of a person. */
  title: string
  /** Where "Back" leads. */
  back?: string | undefined
  /** Something is wrong with what was typed: the title says so first, for who hears it. */
  failed?: boolean | undefined
  /** It is a paper, which has a foot of its own, or leads to one. */
  isPaper?: boolean | undefined
  /**
   * People type into a form of this page: it has the id `typedForm`, and answers `Posted.rows`. The buttons of the head
   * then take along what was typed.
   */
  typed?: boolean | undefined
  status?: 200 | 400 | 403 | 404 | 409 | 422 | 429 | 500 | 503
}

/** A whole page for who is signed in; `<title>` and address tell nothing of a person. */
export function page(visit: Visit, told: Page, body: Child) {
  return document(visit, told, visit.get('me'), body)
}

/** A page for who is not signed in, or that shows nothing of the work. */
export function plainPage(visit: Visit, told: Page, body: Child) {
  return document(visit, told, undefined, body)
}

function document(
  visit: Visit,
  { title, back, failed, isPaper = false, typed = false, status = 200 }: Page,
  me: Me | undefined,
  body: Child,
) {
  const words = visit.get('words')
  const full = `${failed ? `${words('page.failed')}: ` : ''}${title} – ${words('page.product')}`
  const ends = me && words.clock(new Date(me.idle * 1000).toISOString())
  visit.status(status)
  return visit.html(
    html`<!doctype html>${(
      <html lang={words.language} class="govuk-template">
        <head>
          <meta charset="utf-8" />
          <title>{full}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={styleAddress} />
          <script type="module" src={scriptAddress} />
        </head>
        <body
          class="govuk-template__body"
          {...(me
            ? { 'data-until': String(me.idle), 'data-warning': words('page.endsSoon', { at: ends ?? '' }) }
            : {})}
        >
          <a href="#main" class="govuk-skip-link">
            {words('page.skip')}
          </a>
          <Head words={words} here={placeOf(visit)} me={me} typed={typed} />
          <div class="govuk-width-container">
            {back ? (
              <a href={back} class="govuk-back-link">
                {words('page.back')}
              </a>
            ) : null}
            <div id="session-warning" class="govuk-inset-text" role="alert" hidden />
            <main class="govuk-main-wrapper" id="main" tabindex={-1}>
              {body}
              {me && !isPaper && isOfReturn(visit) ? (
                <div class="only-print">
                  <Imprint words={words} me={me} />
                </div>
              ) : null}
            </main>
          </div>
          <footer class="foot">
            <div class="govuk-width-container">
              {ends ? <p>{words('page.endsAt', { at: ends })}</p> : null}
              <p>
                {words('page.foot')} {me ? <a href="/desk/guide">{words('guide.link')}</a> : null}
              </p>
            </div>
          </footer>
        </body>
      </html>
    )}`,
  )
}

/** A page of one return is printed with when and by whom; which return, and its hash, stand in its head. */
const isOfReturn = (visit: Visit) => /^\/desk\/returns\/[^/?]/.test(placeOf(visit))

interface HeadOf {
  words: Words
  here: string
  me: Me | undefined
  typed: boolean
}

function Head({ words, here, me, typed }: HeadOf) {
  const trial = setting(variable.stage) === 'trial'
  return (
    <header>
      {trial ? (
        <p class="trial">
          <span class="govuk-width-container">{words('page.trial')}</span>
        </p>
      ) : null}
      <div class="head">
        <div class="govuk-width-container head__row">
          {typed ? <OnEnter /> : null}
          <a class="head__name" href="/desk">
            {words('page.product')}
          </a>
          <ul class="head__end">
            {languages
              .filter((language) => language !== words.language)
              .map((language) => (
                <li>
                  {typed ? (
                    <Again value={language} language={language}>
                      {ownNames[language]}
                    </Again>
                  ) : (
                    <a lang={language} href={`/desk/language/${language}?to=${inQuery(here)}`}>
                      {ownNames[language]}
                    </a>
                  )}
                </li>
              ))}
            {me ? <SignedIn words={words} me={me} here={here} typed={typed} /> : null}
          </ul>
        </div>
      </div>
      {me ? (
        <nav class="govuk-service-navigation no-print" aria-label={words('page.places')}>
          <div class="govuk-width-container">
            <ul class="govuk-service-navigation__list">
              {placesOf(me).map(({ href, text }) => {
                const current = here.split('?')[0] === href
                return (
                  <li
                    class={`govuk-service-navigation__item${current ? ' govuk-service-navigation__item--active' : ''}`}
                  >
                    <a
                      class="govuk-service-navigation__link"
                      href={href}
                      {...(current ? { 'aria-current': 'page' } : {})}
                    >
                      {words(text)}
                    </a>
                  </li>
                )
              })}
            </ul>
          </div>
        </nav>
      ) : null}
    </header>
  )
}

/** A path as it may stand in a query (RFC 3986 3.4): a slash says nothing there, and spelled out it is three letters. */
const inQuery = (path: string) => encodeURIComponent(path).replaceAll('%2F', '/')

/** Sends the form of the page only to see it again, with what was typed. */
function Again({ value, language, children }: { value: string; language?: Language; children?: Child }) {
  return (
    <button type="submit" form={typedForm} name={againField} value={value} lang={language}>
      {children}
    </button>
  )
}

/** Enter in a field presses the first button of its form: this one, which saves or sends, and none that takes a row away. */
function OnEnter() {
  return (
    <div class="enter" aria-hidden="true">
      <button type="submit" form={typedForm} tabindex={-1} />
    </div>
  )
}

function SignedIn({ words, me, here, typed }: HeadOf & { me: Me }) {
  return (
    <>
      <li>
        {words.code('party', me.kind)}, {words.code('role', me.role)}
      </li>
      <li>
        {typed ? (
          <Again value={hiding}>{words('page.hide')}</Again>
        ) : (
          <a href={`/desk/hidden?to=${inQuery(here)}`}>{words('page.hide')}</a>
        )}
      </li>
      <li>
        <form method="post" action="/desk/sign-out">
          <button type="submit">{words('page.signOut')}</button>
        </form>
      </li>
    </>
  )
}
