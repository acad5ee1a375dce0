import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { match, matchDecision, matchHistory, matchId } from '../../../../schemas/api/matches.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { exceptFor, type FormAttempt, outcomeWithConflict, submit } from '../../form/submit.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { agreedIn, decides, pairOf } from './list.tsx'

type History = z.infer<typeof matchHistory>

/** The path of the decision on the page: it is the body of no command. */
const path = ['match']

/** The answers that are possible: any but the present one. Only a link can be taken back. */
const answersTo = ({ state, returns }: History) =>
  matchDecision.shape.answer.options.filter(
    (option) => option !== state && (option !== 'unlinked' || (state === 'same' && returns.length > 1)),
  )

/** One match: what agrees, who raised, linked and unlinked it, when and why; and the form for this desk's decision. */
export const matchScreen = new Hono<DeskEnv>()
  .get('/matches/:match', (context) =>
    decides(context.var.me.kind) ? matchPage(context) : notFound(context),
  )
  .post('/matches/:match', (context) => {
    const { messages, me } = context.var
    const id = idIn(context)
    if (!decides(me.kind)) return notFound(context)
    return submit(context, {
      messages,
      validate: (formData) => validate(messages, matchDecision, formData, path),
      send: (body, { key, version }) =>
        me.api.post(['matches', id, 'decision'], match, { body, key, version }),
      done: () => `/desk/matches/${id}?done=decided`,
      // The match is read anew: what somebody else decided meanwhile stands above the form.
      show: (attempt) => matchPage(context, attempt),
      onRefusal: exceptFor('not-found'),
      fieldOnPage: (field) => [...path, field].join('.'),
    })
  })

/** The id of the match in the address. The API answers one that cannot exist like one that it does not know. */
const idIn = (context: DeskContext): string => matchId.safeParse(context.req.param('match')).data ?? 'none'

async function matchPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { errors = [], problem } = attempt
  const history = await me.api.get(['matches', idIn(context)], matchHistory)
  const done =
    context.req.query('done') === 'decided' ? messages(`matches.state.${history.state}`) : undefined
  return page(
    context,
    { title: messages('matches.one'), back: '/desk/matches', ...outcomeWithConflict(attempt) },
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
      <DecisionForm context={context} history={history} attempt={attempt} />
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

function DecisionForm(props: { context: DeskContext; history: History; attempt: FormAttempt }) {
  const { context, history, attempt } = props
  const { formData = new Map(), errors = [], idempotencyKey } = attempt
  const { messages, me } = context.var
  const answers = answersTo(history)
  if (history.decider !== me.kind || answers.length === 0) return null
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
        shape={formShape(matchDecision)}
        path={path}
      />
      <Button>{messages('form.save')}</Button>
    </form>
  )
}
