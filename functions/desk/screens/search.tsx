import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { seen } from '../../../schemas/api/answers.ts'
import { found, search } from '../../../schemas/api/search.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { isRefusedWith } from '../api.ts'
import { type DeskContext, type DeskEnv, pageFormId, type SignedIn } from '../context.ts'
import { beginDraft, newDraftData } from '../filing/draft.ts'
import { maySearch, searchPath, searchShape, shortField } from '../filing/search-terms.ts'
import { Fields } from '../form/fields.tsx'
import type { FormDataMap } from '../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../form/hidden-fields.tsx'
import { readSubmission } from '../form/submission.ts'
import { validate } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { errorPage } from '../parts/error-page.tsx'
import { page } from '../parts/page.tsx'
import { maskedPerson } from '../parts/returns-table.tsx'
import { Table } from '../parts/table.tsx'
import { returnIdIn } from '../return/read-return.ts'

type Found = z.infer<typeof found>

/**
 * Screen 2, before a filing begins: is she known here already? What is typed goes in the body and is shown on the answer
 * alone: no address holds it. Whatever is found, a filing can begin.
 */
export const searchScreen = new Hono<DeskEnv>()
  .get('/search', (context) =>
    maySearch(context.get('me').kind) ? searchPage(context, {}) : errorPage(context, 'trouble.notFound', 404),
  )
  .post('/search', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    if (!maySearch(me.kind)) return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, again } = await readSubmission(context)
    if (again) return searchPage(context, { formData: again })
    const { content, errors } = validate(messages, search, formData, searchPath)
    if (errors.length > 0) return searchPage(context, { formData, errors })
    try {
      const answer = await me.api.post(['search'], found, { body: content, key: idempotencyKey })
      return searchPage(context, { formData, answer })
    } catch (error) {
      if (!isRefusedWith(error, 'too-many-requests')) throw error
      const again = new Date(Date.now() + (error.retryAfter ?? 60) * 1000).toISOString()
      return searchPage(context, { formData, again })
    }
  })
  /** Somebody who belongs to one who was found: another person of the same request. */
  .post('/search/:ret/add', async (context) => {
    const me = context.get('me')
    if (!takesMore(me, returnIdIn(context))) return errorPage(context, 'trouble.notFound', 404)
    const { idempotencyKey } = await readSubmission(context)
    const { request } = await me.api.get(['returns', returnIdIn(context)], seen)
    const draft = await beginDraft(me, newDraftData(new Map(), { request }), idempotencyKey)
    return context.redirect(`/desk/filing/${draft}/0/situation`, 303)
  })

/** A request takes more persons from the post that filed it, with whose code the ids of its returns begin. */
const takesMore = ({ kind, party }: { kind: string; party: PartyId }, ret: string) =>
  kind === 'mission' && party === `mission:${ret.slice(0, 4)}`

interface Asked {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  answer?: Found
  /** Too many searches: when the next one is answered. */
  again?: string
}

function searchPage(context: DeskContext, { formData = new Map(), errors = [], answer, again }: Asked) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const failed = errors.length > 0 || again !== undefined
  return page(
    context,
    {
      title: messages('search.title'),
      back: '/desk/filing',
      failed,
      hasForm: true,
      status: again ? 429 : failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      {again ? (
        <div class="govuk-error-summary" tabindex={-1}>
          <h2 class="govuk-error-summary__title" role="alert">
            {messages('search.tooMany', { at: messages.clock(again) })}
          </h2>
        </div>
      ) : null}
      <h1 class="govuk-heading-l">{messages('search.title')}</h1>
      {answer ? <Answer messages={messages} me={me} answer={answer} /> : null}
      {answer ? <Begin messages={messages} me={me} formData={formData} answered /> : null}
      <form id={pageFormId} method="post" action="/desk/search" novalidate>
        <HiddenFields me={me} />
        <p class="govuk-body">{messages('search.why')}</p>
        <Fields state={{ messages, formData, errors }} shape={searchShape} path={searchPath} />
        <Button {...(answer ? { kind: 'secondary' } : {})}>{messages('search.search')}</Button>
      </form>
      {answer ? null : <Begin messages={messages} me={me} formData={formData} />}
    </>,
  )
}

/** What was found, masked. Nothing here says that it is the same person: who looks at the paper says so. */
function Answer({
  messages,
  me,
  answer: { found: lines, more },
}: {
  messages: Messages
  me: SignedIn
  answer: Found
}) {
  if (lines.length === 0)
    return (
      <p class="govuk-inset-text" role="status">
        {messages('search.nobody')}
      </p>
    )
  const heads = ['list.reference', 'list.label', 'list.phase', 'search.agreed', 'search.goOn'] as const
  return (
    <>
      <Table
        caption={messages('search.maybe')}
        heads={heads.map((head) => messages(head))}
        rows={lines.map(({ ret, reference, phase, traits, label }) => [
          reference,
          maskedPerson(messages, label),
          messages.code('phase', phase),
          traits.map((trait) => messages(`search.trait.${trait}`)).join(', '),
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
          </>,
        ])}
      />
      {more ? <p class="govuk-body">{messages('search.more')}</p> : null}
    </>
  )
}

/** A filing can always begin; it takes along what was typed to look for somebody. */
function Begin(props: { messages: Messages; me: SignedIn; formData: FormDataMap; answered?: boolean }) {
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
        <Button kind="warning" name={shortField} value="yes">
          {messages('filing.dangerBegin')}
        </Button>
      ) : null}
    </form>
  )
}
