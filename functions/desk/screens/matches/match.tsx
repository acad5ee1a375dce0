import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { match, matchDecision, matchHistory, matchId } from '../../../../schemas/api/matches.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { Fields } from '../../form/fields.tsx'
import type { FormDataMap } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { agreedIn, decides, pairOf } from './list.tsx'

type History = z.infer<typeof matchHistory>

/** Where a decision stands on the page: its words are those of no command. */
const path = ['match']

/** What can still be said of a match: anything but what stands; a link alone is taken back. */
const answersTo = ({ state, returns }: History) =>
  matchDecision.shape.answer.options.filter(
    (option) => option !== state && (option !== 'unlinked' || (state === 'same' && returns.length > 1)),
  )

/** One match: what agrees, who raised, linked and unlinked it, when and why; and what this desk says of it. */
export const matchScreen = new Hono<DeskEnv>()
  .get('/matches/:match', async (context) => {
    if (!decides(context.get('me').kind)) return errorPage(context, 'trouble.notFound', 404)
    return matchPage(context, {})
  })
  .post('/matches/:match', async (context) => {
    const [messages, me, id] = [context.get('messages'), context.get('me'), idIn(context)]
    if (!decides(me.kind)) return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, version } = await readSubmission(context)
    const { content, errors } = validate(messages, matchDecision, formData, path)
    if (errors.length > 0) return matchPage(context, { formData, errors, idempotencyKey })
    try {
      const body = content
      await me.api.post(['matches', id, 'decision'], match, { body, key: idempotencyKey, version })
      return context.redirect(`/desk/matches/${id}?done=decided`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      if (error.problem.code === 'not-found') throw error
      // Read anew: what somebody else decided meanwhile stands on the page, with what was typed here.
      return matchPage(context, { formData, problem: error.problem })
    }
  })

/** The match in the address; what cannot be one is answered by the API as any that is not known. */
const idIn = (context: DeskContext): string => matchId.safeParse(context.req.param('match')).data ?? 'none'

interface Told {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
}

async function matchPage(
  context: DeskContext,
  { formData = new Map(), errors = [], problem, idempotencyKey }: Told,
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const history = await me.api.get(['matches', idIn(context)], matchHistory)
  const failed = errors.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  const done =
    context.req.query('done') === 'decided' ? messages(`matches.state.${history.state}`) : undefined
  return page(
    context,
    {
      title: messages('matches.one'),
      back: '/desk/matches',
      failed,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <SuccessBanner messages={messages} text={done} />
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('matches.one')}</h1>
      <dl class="facts">
        <div>
          <dt>{messages('matches.returns')}</dt>
          <dd>
            {history.searchedBy ? pairOf(messages, history) : null}
            {history.searchedBy
              ? null
              : history.returns.map(({ ret, reference }, index) => (
                  <>
                    {index > 0 ? ', ' : ''}
                    <a class="govuk-link" href={`/desk/returns/${ret}`}>
                      {reference}
                    </a>
                  </>
                ))}
          </dd>
        </div>
        <div>
          <dt>{messages('search.agreed')}</dt>
          <dd>{agreedIn(messages, history)}</dd>
        </div>
        <div>
          <dt>{messages('list.phase')}</dt>
          <dd>{messages(`matches.state.${history.state}`)}</dd>
        </div>
      </dl>
      <h2 class="govuk-heading-m">{messages('matches.history')}</h2>
      <ol class="govuk-list govuk-list--number">
        {history.records.map((record) => (
          <li>{recorded(messages, record)}</li>
        ))}
      </ol>
      <DecisionForm
        context={context}
        history={history}
        formData={formData}
        errors={errors}
        idempotencyKey={idempotencyKey}
      />
    </>,
  )
}

function recorded(messages: Messages, { state, at, by, reason }: History['records'][number]): string {
  const who = by.party === 'matching' ? messages('matches.bySystem') : partyName(messages, by.party)
  const what = messages('matches.record', {
    at: messages.instant(at),
    what: messages(`matches.state.${state}`),
    who,
  })
  return reason
    ? `${what} ${messages('matches.because', { why: messages.value([...path, 'reason'], reason) })}`
    : what
}

function DecisionForm(props: {
  context: DeskContext
  history: History
  formData: FormDataMap
  errors: readonly FieldError[]
  idempotencyKey: string | undefined
}) {
  const { context, history, formData, errors, idempotencyKey } = props
  const [messages, me] = [context.get('messages'), context.get('me')]
  const answers = answersTo(history)
  if (history.decider !== me.kind || answers.length === 0) return null
  const asked = formShape(matchDecision)
  const values = answers.map((answer) => [answer, messages.value([...path, 'answer'], answer)] as const)
  return (
    <form method="post" action={currentAddress(context).split('?')[0] ?? ''} novalidate class="no-print">
      <h2 class="govuk-heading-m">{messages('matches.decide')}</h2>
      <p class="govuk-body">{messages('matches.effect')}</p>
      <HiddenFields me={me} idempotencyKey={idempotencyKey} version={history.version} />
      <Fields
        state={{
          messages,
          formData,
          errors,
          unframed: path.join('.'),
          choices: new Map([['match.answer', values]]),
        }}
        shape={asked}
        path={path}
      />
      <Button>{messages('form.save')}</Button>
    </form>
  )
}
