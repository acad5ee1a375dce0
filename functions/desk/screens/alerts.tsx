import { Hono } from 'hono'
import { alertedAnswer } from '../../../schemas/api/answers.ts'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../context.ts'
import { Button } from '../form/button.tsx'
import { ErrorSummary } from '../form/error-summary.tsx'
import { Fields } from '../form/fields.tsx'
import { HiddenFields } from '../form/hidden-fields.tsx'
import { type FormAttempt, outcomeOf, submit } from '../form/submit.ts'
import { formShape, validate } from '../form/validate.ts'
import { notFound } from '../parts/error-page.tsx'
import { mayRaise, seesAlerts } from '../parts/navigation.ts'
import { RefusalSummary, Warnings } from '../parts/notice.tsx'
import { page } from '../parts/page.tsx'
import { PagingLinks, pagingIn } from '../parts/paging.tsx'
import { ReturnsTable } from '../parts/returns-table.tsx'

/** Alerts: somebody abroad needs help, and nobody knows yet who she is. The open alerts, and the form that raises one. */
export const alerts = new Hono<DeskEnv>()
  .get('/alerts', async (context) => {
    const { messages, me } = context.var
    if (!seesAlerts(me)) return notFound(context)
    // One call for each of the two phases in which an alert is open.
    const lists = await Promise.all(
      openAlert.map(async (phase) => {
        const paging = pagingIn(context, phase)
        const answer = await me.api.get(['returns'], worklistAnswer, { phase, cursor: paging.cursor })
        return { phase, paging, ...answer }
      }),
    )
    const none = lists.every(({ returns, next }) => returns.length === 0 && !next)
    return page(
      context,
      { title: messages('alerts.title') },
      <>
        <h1 class="govuk-heading-l">{messages('alerts.title')}</h1>
        {mayRaise(me) ? (
          <a class="govuk-button" href="/desk/alerts/new">
            {messages('alerts.raise')}
          </a>
        ) : null}
        {none ? (
          <p class="govuk-inset-text">
            {messages(me.kind === 'consular' ? 'alerts.emptyConsular' : 'alerts.empty')}
          </p>
        ) : null}
        {me.kind === 'consular' ? <p class="govuk-body">{messages('alerts.uncovered')}</p> : null}
        {lists.map(({ phase, paging, returns, next, looked }) => (
          <>
            {returns.length > 0 ? (
              <ReturnsTable
                messages={messages}
                me={me}
                lines={returns}
                caption={messages.code('phase', phase)}
              />
            ) : null}
            <PagingLinks
              context={context}
              paging={paging}
              rows={returns.length}
              next={next}
              looked={looked}
              list={messages.code('phase', phase)}
            />
          </>
        ))}
      </>,
    )
  })
  .get('/alerts/new', (context) => (mayRaise(context.var.me) ? alertForm(context) : notFound(context)))
  .post('/alerts/new', (context) => {
    const { me } = context.var
    if (!mayRaise(me)) return notFound(context)
    const messages = context.var.messages.about('alert')
    return submit(context, {
      messages,
      validate: (formData) => validate(messages, bodyOf('alert', me.kind), formData),
      send: (body, { key }) => me.api.post(['alerts'], alertedAnswer, { body, key }),
      done: ({ ret }) => `/desk/returns/${ret}?done=alert`,
      show: (attempt) => alertForm(context, attempt),
    })
  })

function alertForm(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [], problem, idempotencyKey } = attempt
  const about = messages.about('alert')
  return page(
    context,
    { title: messages('alerts.raise'), back: '/desk/alerts', hasForm: true, ...outcomeOf(attempt) },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('alerts.raise')}</h1>
      <p class="govuk-inset-text">{messages('alerts.noName')}</p>
      <form id={pageFormId} method="post" action="/desk/alerts/new" novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} />
        <Warnings messages={about} problem={problem} formData={formData} />
        <Fields
          state={{ messages: about, formData, errors }}
          shape={formShape(bodyOf('alert', me.kind))}
          path={[]}
        />
        <Button>{messages('form.send')}</Button>
      </form>
    </>,
  )
}
