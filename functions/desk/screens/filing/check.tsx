import { Hono } from 'hono'
import { filedAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { isApiRefusal, isRefusedWith, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { type Draft, draftOriginOf, readDraft } from '../../filing/draft.ts'
import { personsIn } from '../../filing/progress.ts'
import { fieldsOn, pageShape, personPath, topics } from '../../filing/topics.ts'
import { contentIn, type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission, type Submission } from '../../form/submission.ts'
import { validate } from '../../form/validate.ts'
import { FilledForm } from '../../parts/content.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'

const declaredField = 'declared'

/** Screen 5: check the answers, declare, send; sent twice, the confirmation is the same. */
export const check = new Hono<DeskEnv>()
  .get('/filing/:draft/check', async (context) => answers(context, await readDraft(context)))
  .post('/filing/:draft/check', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const posted = await readSubmission(context)
    const read = await readDraft(context).catch((error: unknown) => {
      if (isRefusedWith(error, 'draft-sent') && error.problem.request) return error.problem.request
      throw error
    })
    if (typeof read === 'string') return context.redirect(`/desk/requests/${read}?sent=`, 303)
    const formData = new Map([
      ...read.formData,
      ...[...posted.formData].filter(([name]) => name.startsWith('checked:')),
    ])
    const persons = Array.from({ length: personsIn(formData) }, (_, person) =>
      validate(messages.about('file'), bodyOf('file', me.kind), formData, personPath(person)),
    )
    const undeclared = fieldValue(posted.formData, declaredField) !== 'yes'
    const errors = [
      ...persons.flatMap((person) => person.errors),
      ...(undeclared ? [{ id: declaredField, text: messages('filing.declareFirst') }] : []),
    ]
    if (errors.length > 0) return answers(context, { ...read, formData }, { errors, posted })
    const version = posted.version ?? read.version
    const body = {
      ...draftOriginOf(formData),
      draft: { draft: read.draft, version },
      persons: persons.map(({ content }) => content),
    }
    try {
      const sent = await me.api.post(['requests'], filedAnswer, { body, key: posted.idempotencyKey })
      const references = sent.returns.map(({ reference }) => reference).join(',')
      return context.redirect(`/desk/requests/${sent.request}?sent=${references}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      if (problem.code === 'draft-sent' && problem.request)
        return context.redirect(`/desk/requests/${problem.request}?sent=`, 303)
      return answers(context, { ...(await readDraft(context)), formData }, { problem, posted })
    }
  })

interface Beside {
  errors?: readonly FieldError[]
  problem?: Problem
  posted?: Submission
}

function answers(
  context: DeskContext,
  { draft, version, formData }: Draft,
  { errors = [], problem, posted }: Beside = {},
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const failed = errors.length > 0 || problem !== undefined
  return page(
    context,
    { title: messages('filing.check'), back: `/desk/filing/${draft}`, failed, status: failed ? 422 : 200 },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('filing.check')}</h1>
      {Array.from({ length: personsIn(formData) }, (_, person) => (
        <Person context={context} draft={draft} formData={formData} person={person} />
      ))}
      <form method="post" action={currentAddress(context)} novalidate>
        <HiddenFields
          me={me}
          version={version}
          idempotencyKey={problem ? undefined : posted?.idempotencyKey}
        />
        <Warnings
          messages={messages.about('file')}
          problem={problem}
          formData={posted?.formData ?? new Map()}
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

/** What was told of one person, topic by topic, each with the way to change it. */
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
  const [messages, me] = [context.get('messages'), context.get('me')]
  const many = personsIn(formData) > 1
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
              content={contentIn(shape, formData, personPath(person))}
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
