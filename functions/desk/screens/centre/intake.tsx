import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { commandAnswer, openedAnswer } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { Phase } from '../../../../schemas/procedure/phases.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { OpeningReason, reasonField } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { readReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { answeredServices, Checklist, currentServices, ServiceFields, serviceFormData } from './checklist.tsx'

/** What may have happened at the door, and what comes after; each is asked by its own form. */
const doorCommands: readonly CommandName[] = [
  'arrive',
  'hand-over',
  'confirm-handover',
  'record-choice',
  'admit',
  'refer-home',
  'end-otherwise',
  'plan-stay',
  'leave-centre',
  'follow-up',
]

/** Phases in which she is to come: that she does not is recorded by whoever travels with her, or sends her. */
const arrivalPhases: readonly Phase[] = ['planned', 'confirmed', 'travelling']

/** Which of two forms was sent: the one that says why it opens, or the checklist. */
const saveField = 'save'
const command = 'offer-services'

/** Screen 11: she comes, or comes not; what was offered to her, whose it is and by when. */
export const intake = new Hono<DeskEnv>()
  .get('/returns/:ret/intake', async (context) => {
    if (context.get('me').kind !== 'centre') return errorPage(context, 'trouble.notFound', 404)
    return closed(context, await readReturn(context), {})
  })
  .post('/returns/:ret/intake', async (context) => {
    const me = context.get('me')
    if (me.kind !== 'centre') return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, version, again } = await readSubmission(context)
    if (again) return showAgain(context, again, { idempotencyKey, version })
    if (fieldValue(formData, saveField) !== '') return saved(context, formData, idempotencyKey, version)
    const messages = context.get('messages')
    const asked = opening.safeParse({ classes: ['care'], reason: fieldValue(formData, reasonField) })
    if (!asked.success) {
      const text = messages('form.needed', { field: messages('show.why') })
      return closed(context, await readReturn(context), { formData, errors: [{ id: reasonField, text }] })
    }
    const [seen, { sections, version: openedAt }] = await Promise.all([
      readReturn(context),
      me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body: asked.data }),
    ])
    const now = currentServices(sections)
    return shown(
      context,
      seen,
      <>
        <Checklist messages={messages} now={now} />
        <Form context={context} seen={seen} formData={serviceFormData(now)} version={openedAt} />
      </>,
      { formData: serviceFormData(now) },
    )
  })

/** Sends the whole list of services; on the version on which it was opened, since what somebody else wrote would be lost. */
async function saved(
  context: DeskContext,
  sent: FormDataMap,
  idempotencyKey: string,
  version: number | undefined,
) {
  const [messages, me] = [context.get('messages').about(command), context.get('me')]
  const formData = answeredServices(sent)
  const { content, errors } = validate(messages, bodyOf(command, me.kind), formData)
  if (errors.length > 0) return showAgain(context, formData, { errors, idempotencyKey, version })
  try {
    const path = ['returns', returnIdIn(context), 'commands', command]
    await me.api.post(path, commandAnswer, { body: content, key: idempotencyKey, version })
    return context.redirect(`/desk/returns/${returnIdIn(context)}/intake?done=services`, 303)
  } catch (error) {
    if (!isApiRefusal(error)) throw error
    const { problem } = error
    return showAgain(context, formData, {
      problem,
      errors: errorsFrom(messages, problem.fields ?? []),
      idempotencyKey,
    })
  }
}

interface Told {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
  version?: number | undefined
}

async function showAgain(
  context: DeskContext,
  formData: FormDataMap,
  { errors = [], problem, idempotencyKey, version }: Told,
) {
  const seen = await readReturn(context)
  return shown(
    context,
    seen,
    <Form
      context={context}
      seen={seen}
      formData={formData}
      errors={errors}
      idempotencyKey={idempotencyKey}
      version={version}
    />,
    { errors, formData, ...(problem ? { problem } : {}) },
  )
}

/** Masked until somebody says why; what happened at the door needs no look. */
function closed(context: DeskContext, seen: ReturnView, { formData = new Map(), errors = [] }: Told) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  return shown(
    context,
    seen,
    seen.membership === 'ended' ? (
      <p class="govuk-inset-text">{messages('show.unreadable')}</p>
    ) : (
      <form method="post" action={`/desk/returns/${seen.ret}/intake`} novalidate>
        <h2 class="govuk-heading-m">{messages('intake.services')}</h2>
        <p class="govuk-body">{messages('intake.masked')}</p>
        <HiddenFields me={me} />
        <OpeningReason messages={messages} formData={formData} errors={errors} />
        <Button>{messages('intake.open')}</Button>
      </form>
    ),
    { errors },
  )
}

function shown(
  context: DeskContext,
  seen: ReturnView,
  below: Child,
  { formData, errors = [], problem }: Told = {},
) {
  const messages = context.get('messages')
  const failed = errors.length > 0 || problem !== undefined
  return page(
    context,
    {
      title: messages('intake.title'),
      back: `/desk/returns/${seen.ret}`,
      failed,
      hasForm: formData !== undefined && seen.commands.includes(command),
      status: failed ? 422 : 200,
    },
    <>
      <SuccessBanner
        messages={messages}
        text={context.req.query('done') === 'services' ? messages('intake.saved') : undefined}
      />
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('intake.title')}</h1>
      <ReturnHead messages={messages} seen={seen} />
      <AtTheDoor messages={messages} seen={seen} />
      {below}
    </>,
  )
}

/** Where she sleeps, what is due of her stay, and what may have happened, each one press away. */
function AtTheDoor({ messages, seen }: { messages: Messages; seen: ReturnView }) {
  const possible = doorCommands.filter((happening) => seen.commands.includes(happening))
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{messages('place.title')}</dt>
          <dd>
            {messages(seen.placeHeld ? 'intake.held' : 'intake.noPlace')}{' '}
            {seen.commands.includes('hold-place') ? (
              <a class="govuk-link" href={`/desk/board/${seen.ret}`}>
                {messages(seen.placeHeld ? 'place.move' : 'place.hold')}
              </a>
            ) : null}
          </dd>
        </div>
        {seen.due
          .filter(({ owner }) => owner === 'centre')
          .map(({ step, day }) => (
            <div>
              <dt>{messages.code('step', step)}</dt>
              <dd>{messages.day(day)}</dd>
            </div>
          ))}
      </dl>
      {arrivalPhases.includes(seen.phase) && seen.commands.includes('ask') ? (
        <p class="govuk-body no-print">
          {messages('intake.notCome')}{' '}
          <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/ask`}>
            {messages.code('command', 'ask')}
          </a>
        </p>
      ) : null}
      {possible.length > 0 ? (
        <section class="no-print">
          <h2 class="govuk-heading-m">{messages('intake.happened')}</h2>
          <ul class="govuk-list">
            {possible.map((name) => (
              <li>
                <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/${name}`}>
                  {messages.code('command', name)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

interface Asked {
  context: DeskContext
  seen: ReturnView
  formData: FormDataMap
  errors?: readonly FieldError[]
  idempotencyKey?: string | undefined
  version?: number | undefined
}

/** The checklist as a form: all services at once, as the record holds them. */
function Form({ context, seen, formData, errors = [], idempotencyKey, version }: Asked) {
  const [messages, me] = [context.get('messages').about(command), context.get('me')]
  if (!seen.commands.includes(command)) return <p class="govuk-inset-text">{messages('intake.later')}</p>
  return (
    <form id={pageFormId} method="post" action={`/desk/returns/${seen.ret}/intake`} novalidate>
      <h2 class="govuk-heading-m">{messages.code('command', command)}</h2>
      <p class="govuk-body">{messages('intake.how')}</p>
      <HiddenFields me={me} idempotencyKey={idempotencyKey} version={version ?? seen.version} />
      <ServiceFields state={{ messages, formData, errors }} />
      <Button name={saveField} value="yes">
        {messages('form.save')}
      </Button>
    </form>
  )
}
