import { Hono } from 'hono'
import { alertedAnswer, worklistAnswer } from '../../../schemas/api/answers.ts'
import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import { isApiRefusal, type Problem } from '../api.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../context.ts'
import { errorsFrom } from '../form/errors.ts'
import { Fields } from '../form/fields.tsx'
import type { FormDataMap } from '../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../form/hidden-fields.tsx'
import { readSubmission } from '../form/submission.ts'
import { formShape, validate } from '../form/validate.ts'
import { errorPage } from '../parts/error-page.tsx'
import { mayRaise, seesAlerts } from '../parts/navigation.ts'
import { RefusalSummary, Warnings } from '../parts/notice.tsx'
import { page } from '../parts/page.tsx'
import { ReturnsTable } from '../parts/returns-table.tsx'

/** Somebody abroad needs help and nobody knows yet who she is: the alerts that are open, and the form that raises one. */
export const alerts = new Hono<DeskEnv>()
  .get('/alerts', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    if (!seesAlerts(me)) return errorPage(context, 'trouble.notFound', 404)
    // As many calls as an open alert has phases: two.
    const lists = await Promise.all(
      openAlert.map((phase) =>
        me.api.get(['returns'], worklistAnswer, { phase, cursor: context.req.query(phase) }),
      ),
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
        {openAlert.map((phase, index) => {
          const { returns = [], next } = lists[index] ?? {}
          return (
            <>
              {returns.length > 0 ? (
                <ReturnsTable
                  messages={messages}
                  me={me}
                  lines={returns}
                  caption={messages.code('phase', phase)}
                />
              ) : null}
              {next ? (
                <a class="govuk-link" href={`/desk/alerts?${phase}=${encodeURIComponent(next)}`} rel="next">
                  {messages('list.next-page')}
                </a>
              ) : null}
            </>
          )
        })}
      </>,
    )
  })
  .get('/alerts/new', (context) =>
    mayRaise(context.get('me')) ? form(context, {}) : errorPage(context, 'trouble.notFound', 404),
  )
  .post('/alerts/new', async (context) => {
    const [messages, me] = [context.get('messages').about('alert'), context.get('me')]
    if (!mayRaise(me)) return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, again } = await readSubmission(context)
    if (again) return form(context, { formData: again, idempotencyKey })
    const { content, errors } = validate(messages, bodyOf('alert', me.kind), formData)
    if (errors.length > 0) return form(context, { formData, errors, idempotencyKey })
    try {
      const { ret } = await me.api.post(['alerts'], alertedAnswer, { body: content, key: idempotencyKey })
      return context.redirect(`/desk/returns/${ret}?done=alert`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(context, { formData, problem, errors: errorsFrom(messages, problem.fields ?? []) })
    }
  })

interface Shown {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
}

function form(context: DeskContext, { formData = new Map(), errors = [], problem, idempotencyKey }: Shown) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const failed = errors.length > 0 || problem !== undefined
  const state = { messages: messages.about('alert'), formData, errors }
  return page(
    context,
    {
      title: messages('alerts.raise'),
      back: '/desk/alerts',
      failed,
      hasForm: true,
      status: failed ? 422 : 200,
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('alerts.raise')}</h1>
      <p class="govuk-inset-text">{messages('alerts.noName')}</p>
      <form id={pageFormId} method="post" action="/desk/alerts/new" novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} />
        <Warnings messages={state.messages} problem={problem} formData={formData} />
        <Fields state={state} shape={formShape(bodyOf('alert', me.kind))} path={[]} />
        <Button>{messages('form.send')}</Button>
      </form>
    </>,
  )
}
