import { Hono } from 'hono'
import { filedAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { Finding } from '../../../../schemas/values/checks.ts'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { type Draft, draftOriginOf, fetchDraft } from '../../filing/draft.ts'
import { addressOfPlace, linkedErrors, placeOfField } from '../../filing/field-address.ts'
import { dataOfPerson, personsIn } from '../../filing/progress.ts'
import { inOrder, pageShape, personPath, topics } from '../../filing/topics.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary, type FieldError } from '../../form/error-summary.tsx'
import { errorsOfChecks } from '../../form/errors.ts'
import { findingsInForm } from '../../form/findings.ts'
import { contentIn, type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { overrideField, type Validation, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { AnswerCard, answersOf } from '../../parts/answers.tsx'
import { FindingsAsked, RefusalSummary } from '../../parts/notice.tsx'
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

/** The forms of all persons of a filing, each with its errors and with what looks wrong in it. */
async function examine(context: DeskContext, formData: FormDataMap) {
  const { messages, me } = context.var
  const about = messages.about('file')
  const form = bodyOf('file', me.kind)
  return Promise.all(
    Array.from({ length: personsIn(formData) }, async (_, person) => {
      const [own, path] = [dataOfPerson(formData, person), personPath(person)]
      const { content, errors } = validate(about, form, own, path)
      const { impossible, unlikely } = await findingsInForm('file', me.kind, form, own, path)
      return { content, errors: [...errors, ...errorsOfChecks(about, impossible)], unlikely }
    }),
  )
}

/** Checks every person of a filing, and that somebody declares what is sent. */
async function validateFiling(
  context: DeskContext,
  draft: Draft,
  formData: FormDataMap,
): Promise<Validation<unknown[]>> {
  const { messages } = context.var
  const persons = await examine(context, draft.formData)
  const isDeclared = fieldValue(formData, declaredField) === 'yes'
  return {
    content: persons.map(({ content }) => content),
    errors: [
      ...persons.flatMap(({ errors }) => errors),
      ...(isDeclared ? [] : [{ id: declaredField, text: messages('filing.declareFirst') }]),
    ],
  }
}

async function checkPage(
  context: DeskContext,
  { draft, version, formData }: Draft,
  attempt: FormAttempt = {},
) {
  const { messages, me } = context.var
  const { errors = [], problem, idempotencyKey, formData: sent = new Map() } = attempt
  const outcome = outcomeOf(attempt)
  const found = await examine(context, new Map([...formData, ...sent]))
  const open = outcome.failed ? [] : found.flatMap(({ errors }) => errors)
  const asked = problem?.checks ?? found.flatMap(({ unlikely }) => unlikely)
  return page(
    context,
    { title: messages('filing.check'), back: `/desk/filing/${draft}`, hasForm: true, ...outcome },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={linkedErrors(draft, errors)} />
      <h1 class="govuk-heading-l">{messages('filing.check')}</h1>
      <Missing messages={messages} errors={linkedErrors(draft, open)} />
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} version={version} idempotencyKey={idempotencyKey} />
        <UnlikelyAnswers
          messages={messages}
          draft={draft}
          findings={asked}
          formData={new Map([...formData, ...sent])}
        />
        {Array.from({ length: personsIn(formData) }, (_, person) => (
          <Person context={context} draft={draft} formData={formData} person={person} />
        ))}
        <Declaration
          messages={messages}
          isDeclared={fieldValue(sent, declaredField) === 'yes'}
          errors={errors}
        />
        <Button>{messages('filing.send')}</Button>
      </form>
    </>,
  )
}

/** What has to be answered before the request can be sent, each with a link to its field. Nobody has pressed "Send" yet. */
function Missing({ messages, errors }: { messages: Messages; errors: readonly FieldError[] }) {
  if (errors.length === 0) return null
  return (
    <section class="govuk-inset-text" aria-labelledby="missing">
      <h2 class="govuk-heading-s" id="missing">
        {messages('filing.missingTitle')}
      </h2>
      <ul class="govuk-list">
        {errors.map(({ id, text, href }) => (
          <li>
            <a class="govuk-link" href={href ?? `#${id}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What looks wrong: the officer changes it on its page, or says here how she knows that it is right. */
function UnlikelyAnswers(props: {
  messages: Messages
  draft: string
  findings: readonly Finding[]
  formData: FormDataMap
}) {
  const { messages, draft, findings, formData } = props
  const about = messages.about('file')
  const fields = [...new Set(findings.flatMap(({ fields: [field] }) => field ?? []))]
  return (
    <>
      {fields.map((field) => {
        const path = field.split('.')
        const place = placeOfField(path)
        return (
          <>
            <FindingsAsked
              messages={about}
              findings={findings.filter(({ fields: [first] }) => first === field)}
              formData={formData}
            />
            {place ? (
              <p class="govuk-body">
                <a class="govuk-link" href={addressOfPlace(draft, place)}>
                  {messages('filing.change', { what: about.field(path) })}
                </a>
              </p>
            ) : null}
          </>
        )
      })}
    </>
  )
}

function Declaration(props: { messages: Messages; isDeclared: boolean; errors: readonly FieldError[] }) {
  const { messages, isDeclared, errors } = props
  const error = errors.find(({ id }) => id === declaredField)
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      {error ? (
        <p class="govuk-error-message" id={`${declaredField}-error`}>
          <span class="govuk-visually-hidden">{messages('form.wrong')}</span> {error.text}
        </p>
      ) : null}
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id={declaredField}
            name={declaredField}
            value="yes"
            checked={isDeclared}
            aria-describedby={error ? `${declaredField}-error` : undefined}
          />
          <label class="govuk-label govuk-checkboxes__label" for={declaredField}>
            {messages('filing.declare')}
          </label>
        </div>
      </div>
    </div>
  )
}

/** The answers about one person, a card for each topic with a link to change them. */
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
  const about = messages.about('file')
  const many = personsIn(formData) > 1
  const own = dataOfPerson(formData, person)
  return (
    <>
      {many ? <h2 class="govuk-heading-m">{messages('filing.person', { n: person + 1 })}</h2> : null}
      {topics.map((topic) => {
        const title = messages(`filing.topic.${topic}`)
        const answers = inOrder(me.kind, pageShape(me.kind, topic), topic).flatMap(({ path, shape }) => {
          const content = contentIn(shape, own, [...personPath(person), ...path])
          return answersOf({ messages: about, shape, content, path })
        })
        if (answers.length === 0) return null
        const here = `/desk/filing/${draft}/${person}/${topic}`
        return (
          <AnswerCard
            messages={messages}
            title={title}
            answers={answers}
            change={{ href: here, text: messages('filing.change', { what: title }) }}
            hrefOf={(path) => {
              const place = placeOfField([...personPath(person), ...path])
              return place ? addressOfPlace(draft, place) : here
            }}
          />
        )
      })}
    </>
  )
}
