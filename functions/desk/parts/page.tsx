import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { scriptAddress, styleAddress } from '../assets.ts'
import {
  againField,
  currentAddress,
  type DeskContext,
  hideScreen,
  pageFormId,
  type SignedIn,
} from '../context.ts'
import { type Language, languages, ownNames } from '../messages/languages.ts'
import type { Messages } from '../messages/messages.ts'
import type { Waiting } from '../waiting.ts'
import { navigationOf } from './navigation.ts'
import { Imprint } from './paper.tsx'

export interface Page {
  /** A neutral text: no name, no category, no reference of a person. */
  title: string
  /** The address that "Back" leads to. */
  back?: string | undefined
  /** The form was not accepted. The title says so first, for users who hear it. */
  failed?: boolean | undefined
  /** The page is a paper, which has a foot of its own, or leads to one. */
  isPaper?: boolean | undefined
  /**
   * People type into a form of this page. The form has the id `pageFormId` and can be shown again, so the buttons of the
   * head take along what was typed.
   */
  hasForm?: boolean | undefined
  /** How many returns wait for the user, on the page that has counted them itself. */
  waiting?: Waiting | undefined
  status?: 200 | 400 | 403 | 404 | 409 | 422 | 429 | 500 | 503
}

/** A whole page for a user who is signed in. Its title and address say nothing about a person. */
export function page(context: DeskContext, options: Page, body: Child) {
  return document(context, options, context.var.me, body)
}

/** A page for a user who is not signed in, or that shows nothing of the work. */
export function plainPage(context: DeskContext, options: Page, body: Child) {
  return document(context, options, undefined, body)
}

function document(
  context: DeskContext,
  { title, back, failed, isPaper = false, hasForm = false, status = 200, waiting }: Page,
  me: SignedIn | undefined,
  body: Child,
) {
  const { messages } = context.var
  const full = `${failed ? `${messages('page.failed')}: ` : ''}${title} – ${messages('page.product')}`
  const ends = me && messages.clock(new Date(me.idle * 1000).toISOString())
  context.status(status)
  return context.html(
    html`<!doctype html>${(
      <html lang={messages.language} class="govuk-template">
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
            ? { 'data-until': String(me.idle), 'data-warning': messages('page.endsSoon', { at: ends ?? '' }) }
            : {})}
        >
          <a href="#main" class="govuk-skip-link">
            {messages('page.skip')}
          </a>
          <Head
            messages={messages}
            here={currentAddress(context)}
            me={me}
            hasForm={hasForm}
            waiting={me && (waiting ?? context.var.waiting())}
          />
          <div class="govuk-width-container">
            {back ? (
              <a href={back} class="govuk-back-link">
                {messages('page.back')}
              </a>
            ) : null}
            <div id="session-warning" class="govuk-inset-text" role="alert" hidden />
            <main class="govuk-main-wrapper" id="main" tabindex={-1}>
              {body}
              {me && !isPaper && isOfReturn(context) ? (
                <div class="only-print">
                  <Imprint messages={messages} me={me} />
                </div>
              ) : null}
            </main>
          </div>
          <footer class="foot">
            <div class="govuk-width-container">
              {ends ? <p>{messages('page.endsAt', { at: ends })}</p> : null}
              <p>
                {messages('page.foot')} {me ? <a href="/desk/guide">{messages('guide.link')}</a> : null}
              </p>
            </div>
          </footer>
        </body>
      </html>
    )}`,
  )
}

/** A printed page of a return says when and by whom it was printed. The return and its hash stand in its head. */
const isOfReturn = (context: DeskContext) => /^\/desk\/returns\/[^/?]/.test(currentAddress(context))

interface HeadProps {
  messages: Messages
  here: string
  me: SignedIn | undefined
  hasForm: boolean
  waiting?: Waiting | Promise<Waiting | undefined> | undefined
}

function Head({ messages, here, me, hasForm, waiting }: HeadProps) {
  const trial = setting(variable.stage) === 'trial'
  return (
    <header>
      {trial ? (
        <p class="trial">
          <span class="govuk-width-container">{messages('page.trial')}</span>
        </p>
      ) : null}
      <div class="head">
        <div class="govuk-width-container head__row">
          {hasForm ? <EnterButton /> : null}
          <a class="head__name" href="/desk">
            {messages('page.product')}
          </a>
          <ul class="head__end">
            {/* First, so that a narrow window always shows how to hide the screen. */}
            {me ? <SignedInItems messages={messages} me={me} here={here} hasForm={hasForm} /> : null}
            {languages
              .filter((language) => language !== messages.language)
              .map((language) => (
                <li>
                  {hasForm ? (
                    <AgainButton value={language} language={language}>
                      {ownNames[language]}
                    </AgainButton>
                  ) : (
                    <a lang={language} href={`/desk/language/${language}?to=${inQuery(here)}`}>
                      {ownNames[language]}
                    </a>
                  )}
                </li>
              ))}
          </ul>
        </div>
      </div>
      {me ? (
        <nav class="govuk-service-navigation no-print" aria-label={messages('page.places')}>
          <div class="govuk-width-container">
            <ul class="govuk-service-navigation__list">
              {navigationOf(me).map(({ href, text }) => {
                const current = currentness(here, href)
                return (
                  <li
                    class={`govuk-service-navigation__item${current ? ' govuk-service-navigation__item--active' : ''}`}
                  >
                    <a
                      class="govuk-service-navigation__link"
                      href={href}
                      {...(current ? { 'aria-current': current } : {})}
                    >
                      {messages(text)}
                    </a>
                    {href === '/desk' ? <Badge messages={messages} waiting={waiting} /> : null}
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

/** Whether a link of the navigation leads to this page, or to the list from which this page was reached. */
function currentness(here: string, href: string): 'page' | 'true' | undefined {
  const [path = ''] = here.split('?')
  if (path === href) return 'page'
  const below = href === '/desk' ? '/desk/work/' : `${href}/`
  return path.startsWith(below) ? 'true' : undefined
}

/** How many returns wait for the user, beside the link to "My work". Where nobody could count, the page stands without it. */
async function Badge({ messages, waiting }: Pick<HeadProps, 'messages' | 'waiting'>) {
  const counted = await waiting
  if (!counted || counted.total === 0) return null
  const { total, bounded } = counted
  return (
    <span class="badge">
      <span aria-hidden="true">{bounded ? `${messages.number(total)}+` : messages.number(total)}</span>
      <span class="govuk-visually-hidden">
        {bounded
          ? messages('page.badgeOrMore', { n: messages.number(total) })
          : messages.count('page.badge', total)}
      </span>
    </span>
  )
}

/** A path in a query (RFC 3986 3.4). A slash needs no escape there, and escaped it would take three letters. */
const inQuery = (path: string) => encodeURIComponent(path).replaceAll('%2F', '/')

/** A button that only shows the form of the page again, with what was typed. */
function AgainButton({
  value,
  language,
  children,
}: {
  value: string
  language?: Language
  children?: Child
}) {
  return (
    <button type="submit" form={pageFormId} name={againField} value={value} lang={language}>
      {children}
    </button>
  )
}

/** Enter in a field presses the first button of its form: this one, which saves or sends. Else it could take a row away. */
function EnterButton() {
  return (
    <div class="enter" aria-hidden="true">
      <button type="submit" form={pageFormId} tabindex={-1} />
    </div>
  )
}

function SignedInItems({ messages, me, here, hasForm }: HeadProps & { me: SignedIn }) {
  return (
    <>
      <li class="head__who">
        {messages.code('party', me.kind)}, {messages.code('role', me.role)}
      </li>
      <li>
        {hasForm ? (
          <AgainButton value={hideScreen}>{messages('page.hide')}</AgainButton>
        ) : (
          <a href={`/desk/hidden?to=${inQuery(here)}`}>{messages('page.hide')}</a>
        )}
      </li>
      <li>
        <form method="post" action="/desk/sign-out">
          <button type="submit">{messages('page.signOut')}</button>
        </form>
      </li>
    </>
  )
}
