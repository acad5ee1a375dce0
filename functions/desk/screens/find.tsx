import { Hono } from 'hono'
import { searchAnswer } from '../../../schemas/api/search.ts'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { isRefusedWith } from '../api.ts'
import type { DeskContext, DeskEnv, SignedIn } from '../context.ts'
import { ErrorSummary } from '../form/error-summary.tsx'
import { fieldValue } from '../form/form-data.ts'
import { type FormAttempt, submit } from '../form/submit.ts'
import type { Validation } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { exampleReference, FindBox, findField } from '../parts/find-box.tsx'
import { type FindTerm, findTermsOf } from '../parts/find-terms.ts'
import { Found, type FoundReturns, SearchedTooOften } from '../parts/found-returns.tsx'
import { maySearch } from '../parts/navigation.ts'
import { page } from '../parts/page.tsx'

/**
 * One box for a return: by its reference, a family name, an IDNP or a paper. What is typed goes in the body and is shown
 * with the answer alone. A reference opens its return directly.
 */
export const find = new Hono<DeskEnv>()
  .get('/find', (context) => findPage(context))
  .post('/find', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate(formData): Validation<FindTerm[]> {
        const terms = findTermsOf(fieldValue(formData, findField)).filter((term) => mayFindBy(me, term))
        const text = messages(maySearch(me.kind) ? 'find.short' : 'find.shortReference', {
          example: exampleReference,
        })
        return terms.length > 0 ? { content: terms, errors: [] } : { errors: [{ id: findField, text }] }
      },
      send: (terms, { key }) => findFirst(me, terms, key),
      done: (found, { formData }) =>
        'ret' in found ? `/desk/returns/${found.ret}` : findPage(context, { formData, found }),
      show: (attempt) => findPage(context, attempt),
      onRefusal(refusal, { formData }) {
        if (!isRefusedWith(refusal, 'too-many-requests')) throw refusal
        const retryAt = new Date(Date.now() + (refusal.retryAfter ?? 60) * 1000).toISOString()
        return findPage(context, { formData, retryAt })
      },
    })
  })

/** Kinds of party that read no name find by the reference alone. */
const mayFindBy = ({ kind }: SignedIn, term: FindTerm) => 'reference' in term || maySearch(kind)

/** What the first of the terms that finds something finds: the return of a reference, or a list. */
async function findFirst(
  me: SignedIn,
  terms: readonly FindTerm[],
  key: string,
): Promise<{ ret: string } | FoundReturns> {
  const [term, ...others] = terms
  if (term === undefined) return { found: [], more: false }
  if (!('reference' in term)) return me.api.post(['search'], searchAnswer, { body: term, key })
  const found = await returnByReference(me, term.reference)
  return found ?? findFirst(me, others, key)
}

/** The return of a reference, if the party is on it. */
export async function returnByReference(
  me: SignedIn,
  reference: string,
): Promise<{ ret: string } | undefined> {
  const { returns } = await me.api.get(['returns'], worklistAnswer, { reference })
  return returns[0]
}

interface FindView extends FormAttempt {
  found?: FoundReturns
  /** There were too many searches: the next one is answered from this time on. */
  retryAt?: string
}

function findPage(context: DeskContext, view: FindView = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [], found, retryAt } = view
  const failed = errors.length > 0 || retryAt !== undefined
  return page(
    context,
    {
      title: messages('find.title'),
      back: '/desk',
      failed,
      hasForm: true,
      status: retryAt ? 429 : failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      {retryAt ? <SearchedTooOften messages={messages} retryAt={retryAt} /> : null}
      <h1 class="govuk-heading-l">{messages('find.title')}</h1>
      <FindBox
        messages={messages}
        me={me}
        typed={fieldValue(formData, findField)}
        error={errors.find(({ id }) => id === findField)}
        isMain
      />
      {found ? <Answer messages={messages} me={me} found={found} /> : null}
      {maySearch(me.kind) ? <p class="govuk-body">{messages('find.recorded')}</p> : null}
    </>,
  )
}

function Answer({ messages, me, found }: { messages: Messages; me: SignedIn; found: FoundReturns }) {
  if (found.found.length > 0)
    return <Found messages={messages} answer={found} caption={messages('find.found')} />
  return (
    <p class="govuk-inset-text" role="status">
      {messages(maySearch(me.kind) ? 'find.none' : 'find.noneReference')}
    </p>
  )
}
