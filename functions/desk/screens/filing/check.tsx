import { Hono } from 'hono'
import { filedAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { type Draft, draftOriginOf, fetchDraft } from '../../filing/draft.ts'
import { dataOfPerson, personsIn } from '../../filing/progress.ts'
import { fieldsOn, pageShape, personPath, topics } from '../../filing/topics.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { contentIn, type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { overrideField, type Validation, validate } from '../../form/validate.ts'
import { FilledForm } from '../../parts/content.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'

const declaredField = 'declared'

/** Screen 5: the user checks the answers, declares and sends. Sent twice, the confirmation is the same. */
export const check = new Hono<DeskEnv>()
  .get('/filing/:draft/check', async (context) => checkPage(context, await fetchDraft(context)))
  .post('/filing/:draft/check', async (context) => {
    const { messages, me } = context.var
    const draft = await fetchDraft(context).catch(requestOfSentDraft)
    if (typeof draft === 'string') return context.redirect(confirmationOf(draft), 303)
    return submit(context, {
      messages,
      validate: (formData) => validateFiling(context, withOverrides(draft, formData), formData),
      send: (persons, { version = draft.version }) => {
        // A filing that broke off between two persons goes on where it stopped: with the key and the version of before.
        const sent = { draft: draft.draft, version: draft.request ? draft.version - 1 : version }
        const body = { ...draftOriginOf(draft.formData), draft: sent, persons }
        return me.api.post(['requests'], filedAnswer, { body, key: `filing-${draft.draft}` })
      },
      done: ({ request, returns }) =>
        confirmationOf(
          request,
          returns.map(({ reference }) => reference),
        ),
      show: async (attempt) =>
        checkPage(context, attempt.problem ? await fetchDraft(context) : draft, attempt),
      onRefusal: ({ problem }) =>
        problem.code === 'draft-sent' && problem.request
          ? context.redirect(confirmationOf(problem.request), 303)
          : undefined,
    })
  })

/** Of a draft that was sent already, the request that came of it. */
function requestOfSentDraft(error: unknown): string {
  if (isRefusedWith(error, 'draft-sent') && error.problem.request) return error.problem.request
  throw error
}

const confirmationOf = (request: string, references: readonly string[] = []) =>
  `/desk/requests/${request}?sent=${references.join(',')}`

/** The draft with the officer's answers to warnings, which were given on this page. */
const withOverrides = (draft: Draft, formData: FormDataMap): Draft => ({
  ...draft,
  formData: new Map([
    ...draft.formData,
    ...[...formData].filter(([name]) => name.startsWith(overrideField(''))),
  ]),
})

/** Checks every person of a filing, and that somebody declares what is sent. */
function validateFiling(context: DeskContext, draft: Draft, formData: FormDataMap): Validation<unknown[]> {
  const { messages, me } = context.var
  const persons = Array.from({ length: personsIn(draft.formData) }, (_, person) =>
    validate(
      messages.about('file'),
      bodyOf('file', me.kind),
      dataOfPerson(draft.formData, person),
      personPath(person),
    ),
  )
  const isDeclared = fieldValue(formData, declaredField) === 'yes'
  return {
    content: persons.map(({ content }) => content),
    errors: [
      ...persons.flatMap(({ errors }) => errors),
      ...(isDeclared ? [] : [{ id: declaredField, text: messages('filing.declareFirst') }]),
    ],
  }
}

function checkPage(context: DeskContext, { draft, version, formData }: Draft, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { errors = [], problem, idempotencyKey } = attempt
  return page(
    context,
    { title: messages('filing.check'), back: `/desk/filing/${draft}`, ...outcomeOf(attempt) },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('filing.check')}</h1>
      {Array.from({ length: personsIn(formData) }, (_, person) => (
        <Person context={context} draft={draft} formData={formData} person={person} />
      ))}
      <form method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} version={version} idempotencyKey={idempotencyKey} />
        <Warnings
          messages={messages.about('file')}
          problem={problem}
          formData={attempt.formData ?? new Map()}
        />
        <div class="govuk-form-group">
          <div class="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id={declaredField}
                name={declaredField}
                value="yes"
              />
              <label class="govuk-label govuk-checkboxes__label" for={declaredField}>
                {messages('filing.declare')}
              </label>
            </div>
          </div>
        </div>
        <Button>{messages('filing.send')}</Button>
      </form>
    </>,
  )
}

/** The answers about one person, topic by topic, each with a link to change them. */
function Person({
  context,
  draft,
  formData,
  person,
}: {
  context: DeskContext
  draft: string
  formData: FormDataMap
  person: number
}) {
  const { messages, me } = context.var
  const many = personsIn(formData) > 1
  const own = dataOfPerson(formData, person)
  return (
    <>
      {many ? <h2 class="govuk-heading-m">{messages('filing.person', { n: person + 1 })}</h2> : null}
      {topics
        .map((topic) => ({ topic, shape: pageShape(me.kind, topic) }))
        .filter(({ shape }) => fieldsOn(shape).length > 0)
        .map(({ topic, shape }) => (
          <section class="sheet">
            <h3 class="govuk-heading-s">{messages(`filing.topic.${topic}`)}</h3>
            <FilledForm
              messages={messages.about('file')}
              shape={shape}
              content={contentIn(shape, own, personPath(person))}
            />
            <p class="govuk-body no-print">
              <a class="govuk-link" href={`/desk/filing/${draft}/${person}/${topic}`}>
                {messages('filing.change', { what: messages(`filing.topic.${topic}`) })}
              </a>
            </p>
          </section>
        ))}
    </>
  )
}
