import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { commandAnswer, openedAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { Phase } from '../../../../schemas/procedure/phases.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import { validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { OpeningReason, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { commandAddress } from '../../return/command-pages.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { answeredServices, Checklist, currentServices, ServiceFields, serviceFormData } from './checklist.tsx'

/** What may have happened at the door, and what comes after. Each has a form of its own. */
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

/** Phases in which she is expected. That she did not come is recorded by whoever travels with her or sends her. */
const arrivalPhases: readonly Phase[] = ['planned', 'confirmed', 'travelling']

/** The button of the checklist. A form without it is the one that asks why the checklist is opened. */
const saveField = 'save'
const command = 'offer-services'

/** Screen 11: whether she comes, and what the Centre offered to her, by whom and until when. */
export const intake = new Hono<DeskEnv>()
  .get('/returns/:ret/intake', (context) =>
    context.var.me.kind === 'centre' ? maskedPage(context) : notFound(context),
  )
  .post('/returns/:ret/intake', async (context) => {
    if (context.var.me.kind !== 'centre') return notFound(context)
    const { formData, again } = await readSubmission(context)
    return again || fieldValue(formData, saveField) !== '' ? saveServices(context) : openServices(context)
  })

function openServices(context: DeskContext) {
  const { messages, me } = context.var
  return submit(context, {
    messages,
    validate: (formData) => validateOpening(messages, ['care'], formData),
    send: (body) =>
      Promise.all([
        fetchReturn(context),
        me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
      ]),
    done: ([seen, { sections, version }]) => {
      const now = currentServices(sections)
      const formData = serviceFormData(now)
      return intakePage(
        context,
        seen,
        <>
          <Checklist messages={messages} now={now} />
          <ServiceForm context={context} seen={seen} attempt={{ formData, version }} />
        </>,
        { formData },
      )
    },
    show: (attempt) => maskedPage(context, attempt),
    onRefusal: noRefusalHere,
  })
}

/** Sends the whole list of services, on the version on which it was opened: else a colleague's changes would be lost. */
function saveServices(context: DeskContext) {
  const { me } = context.var
  const messages = context.var.messages.about(command)
  return submit(context, {
    messages,
    validate: (formData) => validate(messages, bodyOf(command, me.kind), answeredServices(formData)),
    send: (body, { key, version }) =>
      me.api.post(['returns', returnIdIn(context), 'commands', command], commandAnswer, {
        body,
        key,
        version,
      }),
    done: () => `/desk/returns/${returnIdIn(context)}/intake?done=services`,
    show: ({ formData = new Map(), ...attempt }) =>
      servicesPage(context, { ...attempt, formData: answeredServices(formData) }),
    showAgain: (again, { key, version }) =>
      servicesPage(context, { formData: again, idempotencyKey: key, version }),
  })
}

async function servicesPage(context: DeskContext, attempt: FormAttempt) {
  const seen = await fetchReturn(context)
  const form = <ServiceForm context={context} seen={seen} attempt={attempt} />
  return intakePage(context, seen, form, attempt)
}

/** The services are masked until the user gives a reason. What happened at the door is never masked. */
async function maskedPage(context: DeskContext, { formData = new Map(), errors = [] }: FormAttempt = {}) {
  const { messages, me } = context.var
  const seen = await fetchReturn(context)
  const body =
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
    )
  return intakePage(context, seen, body, { errors })
}

function intakePage(context: DeskContext, seen: ReturnView, body: Child, attempt: FormAttempt) {
  const { messages } = context.var
  const { formData, errors = [], problem } = attempt
  const done = context.req.query('done') === 'services' ? messages('intake.saved') : undefined
  return page(
    context,
    {
      title: messages('intake.title'),
      back: `/desk/returns/${seen.ret}`,
      hasForm: formData !== undefined && seen.commands.includes(command),
      ...outcomeOf(attempt),
    },
    <>
      <SuccessBanner messages={messages} text={done} />
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('intake.title')}</h1>
      <ReturnHead messages={messages} seen={seen} part="intake" />
      <AtTheDoor messages={messages} seen={seen} />
      {body}
    </>,
  )
}

/** Where she sleeps, what is due during her stay, and a link to each thing that may have happened. */
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
                <a class="govuk-link" href={commandAddress(seen.ret, name)}>
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

/** The checklist as a form: all services at once, as the record holds them. */
function ServiceForm(props: { context: DeskContext; seen: ReturnView; attempt: FormAttempt }) {
  const { context, seen, attempt } = props
  const { formData = new Map(), errors = [], idempotencyKey, version = seen.version } = attempt
  const { me } = context.var
  const messages = context.var.messages.about(command)
  if (!seen.commands.includes(command)) return <p class="govuk-inset-text">{messages('intake.later')}</p>
  return (
    <form id={pageFormId} method="post" action={`/desk/returns/${seen.ret}/intake`} novalidate>
      <h2 class="govuk-heading-m">{messages.code('command', command)}</h2>
      <p class="govuk-body">{messages('intake.how')}</p>
      <HiddenFields me={me} idempotencyKey={idempotencyKey} version={version} />
      <ServiceFields state={{ messages, formData, errors }} />
      <Button name={saveField} value="yes">
        {messages('form.save')}
      </Button>
    </form>
  )
}
