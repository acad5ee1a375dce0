import { Hono } from 'hono'
import { returnAnswer } from '../../../schemas/api/answers.ts'
import { search, searchAnswer } from '../../../schemas/api/search.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { isRefusedWith } from '../api.ts'
import { type DeskContext, type DeskEnv, pageFormId, type SignedIn } from '../context.ts'
import { newDraftData, postDraft } from '../filing/draft.ts'
import { searchPath, searchShape } from '../filing/search-terms.ts'
import { Button } from '../form/button.tsx'
import { ErrorSummary } from '../form/error-summary.tsx'
import { Fields } from '../form/fields.tsx'
import type { FormDataMap } from '../form/form-data.ts'
import { HiddenFields } from '../form/hidden-fields.tsx'
import { type FormAttempt, submit, submitUnchecked } from '../form/submit.ts'
import { validate } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { notFound } from '../parts/error-page.tsx'
import { FindBox } from '../parts/find-box.tsx'
import { Found, type FoundReturns, SearchedTooOften } from '../parts/found-returns.tsx'
import { maySearch } from '../parts/navigation.ts'
import { page } from '../parts/page.tsx'
import { returnIdIn } from '../return/read-return.ts'

/**
 * Screen 2, before a filing begins: is she known here already? What is typed goes in the body and is shown with the answer
 * alone, so no address holds it. Whatever is found, a filing can begin.
 */
export const searchScreen = new Hono<DeskEnv>()
  .get('/search', (context) => (maySearch(context.var.me.kind) ? searchPage(context) : notFound(context)))
  .post('/search', (context) => {
    const { messages, me } = context.var
    if (!maySearch(me.kind)) return notFound(context)
    return submit(context, {
      messages,
      validate: (formData) => validate(messages, search, formData, searchPath),
      send: (body, { key }) => me.api.post(['search'], searchAnswer, { body, key }),
      done: (answer, { formData }) => searchPage(context, { formData, answer }),
      show: (attempt) => searchPage(context, attempt),
      onRefusal: (refusal, { formData }) => {
        if (!isRefusedWith(refusal, 'too-many-requests')) throw refusal
        const retryAt = new Date(Date.now() + (refusal.retryAfter ?? 60) * 1000).toISOString()
        return searchPage(context, { formData, retryAt })
      },
    })
  })
  /** Somebody who belongs to a person who was found: another person of the same request. */
  .post('/search/:ret/add', (context) => {
    const { me } = context.var
    const ret = returnIdIn(context)
    if (!takesMore(me, ret)) return notFound(context)
    return submitUnchecked(context, {
      send: async ({ key }) => {
        const { request } = await me.api.get(['returns', ret], returnAnswer)
        return postDraft(me, newDraftData(new Map(), { request }), key)
      },
      done: (draft) => `/desk/filing/${draft}/0/situation`,
    })
  })

/** Only the post that filed a request adds persons to it. The ids of its returns begin with the code of the post. */
const takesMore = ({ kind, party }: { kind: string; party: PartyId }, ret: string) =>
  kind === 'mission' && party === `mission:${ret.slice(0, 4)}`

interface SearchView extends FormAttempt {
  answer?: FoundReturns
  /** There were too many searches: the next one is answered from this time on. */
  retryAt?: string
}

function searchPage(context: DeskContext, view: SearchView = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [], answer, retryAt } = view
  const failed = errors.length > 0 || retryAt !== undefined
  return page(
    context,
    {
      title: messages('search.title'),
      back: '/desk/filing',
      failed,
      hasForm: true,
      status: retryAt ? 429 : failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      {retryAt ? <SearchedTooOften messages={messages} retryAt={retryAt} /> : null}
      <h1 class="govuk-heading-l">{messages('search.title')}</h1>
      {answer ? null : <FindBox messages={messages} me={me} />}
      {answer ? <Answer messages={messages} me={me} answer={answer} /> : null}
      {answer ? <BeginFiling messages={messages} me={me} formData={formData} answered /> : null}
      <form id={pageFormId} method="post" action="/desk/search" novalidate>
        <HiddenFields me={me} />
        <p class="govuk-body">{messages('search.why')}</p>
        <Fields state={{ messages, formData, errors }} shape={searchShape} path={searchPath} />
        <Button {...(answer ? { kind: 'secondary' } : {})}>{messages('search.search')}</Button>
      </form>
      {answer ? null : <BeginFiling messages={messages} me={me} formData={formData} />}
    </>,
  )
}

/** What was found, and what can be done with it. */
function Answer({ messages, me, answer }: { messages: Messages; me: SignedIn; answer: FoundReturns }) {
  if (answer.found.length === 0)
    return (
      <p class="govuk-inset-text" role="status">
        {messages('search.nobody')}
      </p>
    )
  return (
    <Found
      messages={messages}
      answer={answer}
      caption={messages('search.maybe')}
      goOn={{
        head: messages('search.goOn'),
        cell: ({ ret, reference }) => (
          <>
            <a class="govuk-link" href={`/desk/returns/${ret}`}>
              {messages('search.goOnWith', { reference })}
            </a>
            {takesMore(me, ret) ? (
              <form method="post" action={`/desk/search/${ret}/add`}>
                <HiddenFields me={me} />
                <button type="submit" class="as-link">
                  {messages('search.add', { reference })}
                </button>
              </form>
            ) : null}
          </>
        ),
      }}
    />
  )
}

/** A filing can always begin. It takes over what was typed in the search. */
function BeginFiling(props: { messages: Messages; me: SignedIn; formData: FormDataMap; answered?: boolean }) {
  const { messages, me, formData, answered = false } = props
  return (
    <form method="post" action="/desk/filing">
      <HiddenFields me={me} />
      {answered
        ? [...formData].flatMap(([name, values]) =>
            name.startsWith(`${searchPath[0]}.`)
              ? values.map((value) => <input type="hidden" name={name} value={value} />)
              : [],
          )
        : null}
      {answered ? null : <h2 class="govuk-heading-m">{messages('search.nothingKnown')}</h2>}
      <Button {...(answered ? {} : { kind: 'secondary' })}>
        {messages(answered ? 'search.begin' : 'search.beginUnknown')}
      </Button>{' '}
      {me.kind === 'mission' ? (
        <a class="govuk-button govuk-button--warning" href="/desk/danger">
          {messages('filing.dangerBegin')}
        </a>
      ) : null}
    </form>
  )
}
