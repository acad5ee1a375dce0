import { Hono } from 'hono'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { Problem } from '../../api.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { errorsOfProblem } from '../../form/errors.ts'
import { type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { maskedPerson } from '../../parts/returns-table.tsx'
import { severalFields } from '../../parts/several.tsx'
import { type SeveralCommand, severalOf } from '../../parts/several-commands.ts'
import type { ReturnView } from '../../return/return-head.tsx'
import { fetchSeveral, giveSeveral, mostAtOnce, type Outcome, retsIn } from '../../return/several.ts'
import { clockOf, factsOfToday } from './facts-of-today.ts'
import { layoutOf } from './layouts.ts'
import { Results } from './several-results.tsx'

/** One form for several returns: one confirmation, and then a result for each. Each return has its own command. */
export const several = new Hono<DeskEnv>()
  .get('/several', (context) => {
    const command = commandIn(context)
    if (!command) return notFound(context)
    return formPage(context, command, context.req.queries(severalFields.ret) ?? [], {
      formData: new Map(factsOfToday(context, command)),
    })
  })
  .post('/several', (context) => {
    const command = commandIn(context)
    if (!command) return notFound(context)
    const { me } = context.var
    const messages = context.var.messages.about(command)
    return submit(context, {
      messages,
      validate(formData) {
        const { content, errors } = validate(
          messages,
          bodyOf(command, me.kind),
          layoutOf(command).typed(formData),
        )
        const none = versionsIn(formData).size === 0
        return {
          content,
          errors: none ? [{ id: chosenId, text: messages('several.none') }, ...errors] : errors,
        }
      },
      send: (body, { formData, key }) =>
        giveSeveral(me.api, { command, body, key, versions: versionsIn(formData) }),
      done: (outcomes, { formData, key }) =>
        resultPage(context, command, outcomes, { formData, idempotencyKey: key }),
      show: (attempt) => formPage(context, command, chosenIn(attempt.formData), attempt),
    })
  })

const chosenId = 'chosen'
/** The field with the version of a return that the user has seen. */
const versionOf = (ret: string) => `version-${ret}`

const commandIn = (context: DeskContext) =>
  severalOf(context.var.me.kind).find((command) => command === context.req.query(severalFields.command))

const chosenIn = (formData: FormDataMap = new Map()) => formData.get(severalFields.ret) ?? []

/** The returns that are ticked, each with the version that the user has seen. */
function versionsIn(formData: FormDataMap): Map<string, number> {
  return new Map(
    retsIn(chosenIn(formData)).flatMap((ret) => {
      const version = fieldValue(formData, versionOf(ret))
      return /^\d{1,9}$/.test(version) ? [[ret, Number(version)] as const] : []
    }),
  )
}

async function formPage(
  context: DeskContext,
  command: SeveralCommand,
  values: readonly string[],
  attempt: FormAttempt,
) {
  const { messages, me } = context.var
  const chosen = retsIn(values).slice(0, mostAtOnce)
  const seen = await fetchSeveral(me.api, chosen)
  const able = seen.filter(({ commands }) => commands.includes(command))
  const title = messages('several.title', { what: messages.code('command', command) })
  return page(
    context,
    { title, back: '/desk/returns', hasForm: true, ...outcomeOf(attempt) },
    <>
      <ErrorSummary messages={messages} errors={attempt.errors ?? []} />
      <h1 class="govuk-heading-l">{title}</h1>
      {chosen.length < retsIn(values).length ? (
        <p class="govuk-inset-text">{messages('several.most', { n: messages.number(mostAtOnce) })}</p>
      ) : null}
      <LeftOut messages={messages} command={command} seen={seen} />
      {able.length === 0 ? (
        <p class="govuk-inset-text">{messages(chosen.length === 0 ? 'several.none' : 'several.noneCan')}</p>
      ) : (
        <CommonForm context={context} command={command} seen={able} attempt={attempt} />
      )}
    </>,
  )
}

/** The returns that need an answer of their own: the command does not fit where they stand. */
function LeftOut(props: { messages: Messages; command: SeveralCommand; seen: readonly ReturnView[] }) {
  const { messages, command, seen } = props
  const others = seen.filter(({ commands }) => !commands.includes(command))
  if (others.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{messages('several.leftOut')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {others.map(({ ret, reference, phase }) => (
          <li>
            <a class="govuk-link" href={`/desk/returns/${ret}`}>
              {reference}
            </a>
            {`: ${messages.code('phase', phase)}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The returns as boxes that can be taken out, and below them what is the same for all. */
function CommonForm(props: {
  context: DeskContext
  command: SeveralCommand
  seen: readonly ReturnView[]
  attempt: FormAttempt
}) {
  const { context, command, seen, attempt } = props
  const { formData = new Map(), errors = [], problem, idempotencyKey, focusId } = attempt
  const { me } = context.var
  const messages = context.var.messages.about(command)
  const { Layout } = layoutOf(command)
  return (
    <form
      id={pageFormId}
      method="post"
      action={`/desk/several?${severalFields.command}=${command}`}
      novalidate
    >
      <HiddenFields me={me} idempotencyKey={idempotencyKey} />
      <fieldset class="govuk-fieldset govuk-form-group" id={chosenId} tabindex={-1}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{messages('several.for')}</legend>
        <div class="govuk-checkboxes govuk-checkboxes--small">
          {seen.map((each) => (
            <Chosen messages={messages} seen={each} />
          ))}
        </div>
      </fieldset>
      <Warnings messages={messages} problem={problem} formData={formData} />
      <Layout
        state={{
          messages,
          formData,
          errors,
          focusId,
          clock: clockOf(me, command),
          unframed: unframedOf(command),
        }}
        shape={formShape(bodyOf(command, me.kind))}
      />
      <Button>{messages.count('several.send', seen.length)}</Button>
    </form>
  )
}

/** What the one form is about needs no frame. */
const unframedOf = (command: SeveralCommand) =>
  command === 'acknowledge' || command === 'accept'
    ? undefined
    : command === 'plan-travel'
      ? 'travel'
      : 'case'

function Chosen({ messages, seen }: { messages: Messages; seen: ReturnView }) {
  const { ret, reference, label, version, phase } = seen
  return (
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id={`chosen-${ret}`}
        name={severalFields.ret}
        type="checkbox"
        value={ret}
        checked
      />
      <label class="govuk-label govuk-checkboxes__label" for={`chosen-${ret}`}>
        {[reference, maskedPerson(messages, label), messages.code('phase', phase)].join(', ')}
      </label>
      <input type="hidden" name={versionOf(ret)} value={String(version)} />
    </div>
  )
}

/** What became of each return. Those that were refused stand below with the form, as it was typed. */
async function resultPage(
  context: DeskContext,
  command: SeveralCommand,
  outcomes: readonly Outcome[],
  attempt: FormAttempt,
) {
  const { messages, me } = context.var
  const seen = await fetchSeveral(
    me.api,
    outcomes.map(({ ret }) => ret),
  )
  const notDone = outcomes.filter(({ result }) => result !== 'done')
  const again = seen.filter(
    ({ ret, commands }) => commands.includes(command) && notDone.some((outcome) => outcome.ret === ret),
  )
  const problem = commonProblem(notDone)
  const errors = problem ? errorsOfProblem(messages.about(command), problem, (field) => field) : []
  const title = messages('several.result', { what: messages.code('command', command) })
  return page(
    context,
    { title, back: '/desk/returns', hasForm: again.length > 0, failed: notDone.length > 0 },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <Results messages={messages} command={command} outcomes={outcomes} seen={seen} />
      {again.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{messages('several.again')}</h2>
          <CommonForm
            context={context}
            command={command}
            seen={again}
            attempt={{ ...attempt, errors, ...(problem ? { problem } : {}) }}
          />
        </>
      ) : null}
    </>,
  )
}

/** What was wrong with the common answers: it is the same for every return, so it is put right once. */
function commonProblem(outcomes: readonly Outcome[]): Problem | undefined {
  const wrong = outcomes.flatMap(({ problem }) =>
    problem?.code === 'bad-input' || problem?.code === 'check-failed' ? [problem] : [],
  )
  const [first] = wrong
  return first && { ...first, fields: [...new Set(wrong.flatMap(({ fields = [] }) => fields))] }
}
