import { Hono } from 'hono'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { waysOf } from '../../../../schemas/procedure/ways.ts'
import type { Finding } from '../../../../schemas/values/checks.ts'
import { isRefusedWith } from '../../api.ts'
import {
  againField,
  currentAddress,
  type DeskContext,
  type DeskEnv,
  hideScreen,
  pageFormId,
  type SignedIn,
} from '../../context.ts'
import { Conflict } from '../../filing/conflict.tsx'
import { type Draft, fetchDraft, sendDraft } from '../../filing/draft.ts'
import { gapsOf } from '../../filing/gaps.ts'
import { isSaved, progressOf, withPage } from '../../filing/progress.ts'
import { Recipients } from '../../filing/recipients.tsx'
import { withAssumptions } from '../../filing/short-filing.ts'
import {
  fieldsOn,
  inOrder,
  isAbroad,
  isTopic,
  pageShape,
  personPath,
  personShape,
  shortShape,
  type Topic,
  topics,
} from '../../filing/topics.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary, type FieldError } from '../../form/error-summary.tsx'
import { errorsOfChecks } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { findingsInForm } from '../../form/findings.ts'
import {
  contentIn,
  type FormDataMap,
  fieldValue,
  hasContent,
  memberAt,
  nameOf,
} from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Shape } from '../../form/shape.ts'
import { readSubmission, type Submission } from '../../form/submission.ts'
import { submitUnchecked } from '../../form/submit.ts'
import { overrideField, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { FindingsAsked } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partnerKindOf } from '../../parts/parties.ts'

/** A page of a filing, or the short filing for somebody who cannot wait. */
type FilingPage = Topic | 'short'

/** Screen 4: one topic a page. Whatever is typed is saved; then errors are shown, and what is missing can wait. */
export const topic = new Hono<DeskEnv>()
  .get('/filing/:draft/:person{\\d+}/:topic', async (context) => {
    const filingPage = filingPageIn(context)
    if (!filingPage) return notFound(context)
    // Abroad the short filing is a page of its own, which sends at once.
    if (filingPage === 'short' && isAbroad(context.var.me.kind))
      return context.redirect(`/desk/danger?draft=${context.req.param('draft')}`, 303)
    return topicPage(context, filingPage, await fetchDraft(context))
  })
  .post('/filing/:draft/:person{\\d+}/:topic', async (context) => {
    const filingPage = filingPageIn(context)
    if (!filingPage) return notFound(context)
    const [submission, read] = [await readSubmission(context), await fetchDraft(context)]
    if ((submission.version ?? read.version) !== read.version)
      return conflict(context, filingPage, read, withAnswers(context, filingPage, read, submission))
    const formData = submission.again
      ? withAnswers(context, filingPage, read, { ...submission, formData: submission.again })
      : withShortFiling(context, filingPage, read, withAnswers(context, filingPage, read, submission))
    return submitUnchecked(context, {
      send: () => sendDraft(context.var.me, read, formData),
      done: async (version) => {
        if (submission.again) return addressAgain(context, submission)
        const found = await foundOnPage(context, filingPage, formData)
        return found.errors.length + found.unlikely.length > 0
          ? topicPage(context, filingPage, { ...read, version, formData }, found)
          : nextOf(filingPage, read.draft, personOf(context), formData)
      },
      onRefusal: async (refusal) => {
        if (!isRefusedWith(refusal, 'version-lost', 'version-stale')) throw refusal
        return conflict(context, filingPage, await fetchDraft(context), formData)
      },
    })
  })

/** The draft's values with those of this page. A page that is only shown again does not count as answered. */
function withAnswers(
  context: DeskContext,
  filingPage: FilingPage,
  read: Draft,
  { formData, again }: Pick<Submission, 'formData' | 'again'>,
): FormDataMap {
  const fields = fieldsOf(shapeFor(context, filingPage), filingPage)
  const topicName = filingPage === 'short' ? 'situation' : filingPage
  return withPage(read.formData, formData, fields, personOf(context), topicName, again === undefined)
}

/** What is wrong, cannot be so, or looks wrong in what was typed on a page: the API will ask the same when it is sent. */
async function foundOnPage(
  context: DeskContext,
  filingPage: FilingPage,
  formData: FormDataMap,
): Promise<{ errors: FieldError[]; unlikely: readonly Finding[] }> {
  const { messages, me } = context.var
  const path = personPath(personOf(context))
  const fields = fieldsOf(shapeFor(context, filingPage), filingPage)
  const isOnPage = ({ fields: named }: Finding) =>
    named.some((name) => {
      const field = name.split('.').slice(path.length).join('.')
      return fields.some((own) => field === own || field.startsWith(`${own}.`))
    })
  const found = await findingsInForm('file', me.kind, bodyOf('file', me.kind), formData, path)
  return {
    errors: [
      ...errorsOnPage(context, filingPage, formData),
      ...errorsOfChecks(messages.about('file'), found.impossible.filter(isOnPage)),
    ],
    unlikely: found.unlikely.filter(isOnPage),
  }
}

/** The errors in what was typed on a page. What was not typed yet is no error. */
function errorsOnPage(context: DeskContext, filingPage: FilingPage, formData: FormDataMap): FieldError[] {
  const { messages, me } = context.var
  const path = personPath(personOf(context))
  const shape = shapeFor(context, filingPage)
  const { errors } = validate(messages.about('file'), bodyOf('file', me.kind), formData, path)
  const content = contentIn(shape, formData, path)
  const answered = fieldsOf(shape, filingPage).filter((field) =>
    hasContent(memberAt(content, field.split('.'))),
  )
  return errors.filter(({ id }) => {
    const field = id.split('-').slice(path.length)
    return answered.some((name) => field.join('.').startsWith(name)) && hasContent(memberAt(content, field))
  })
}

/**
 * The short filing with assumptions for what it leaves open, so that it can be sent at once. Its six questions answer no
 * page whole: a page that was not complete before still needs an answer.
 */
function withShortFiling(
  context: DeskContext,
  filingPage: FilingPage,
  read: Draft,
  formData: FormDataMap,
): FormDataMap {
  if (filingPage !== 'short') return formData
  const { me } = context.var
  const person = personOf(context)
  const unanswered = [...progressOf(me.kind, read.formData, person)].flatMap(([name, status]) =>
    status === 'completed' ? [] : [name],
  )
  return withAssumptions(me, formData, person, new Date().toISOString().slice(0, 10), unanswered)
}

/** The fields of a page. The short filing also asks who may be notified. */
const fieldsOf = (shape: Shape, filingPage: FilingPage) => [
  ...fieldsOn(shape),
  ...(filingPage === 'short' ? ['case.agreement.recipients'] : []),
]

function filingPageIn(context: DeskContext): FilingPage | undefined {
  const name = context.req.param('topic')
  return name === 'short' || isTopic(name) ? name : undefined
}

const personOf = (context: DeskContext): number => Number(context.req.param('person'))

function shapeFor(context: DeskContext, filingPage: FilingPage): Shape {
  const { kind } = context.var.me
  return filingPage === 'short' ? shortShape(kind) : pageShape(kind, filingPage)
}

/** The next page. After the last topic, after the short filing and in danger today it is the list of tasks. */
function nextOf(filingPage: FilingPage, draft: string, person: number, formData: FormDataMap): string {
  const inDanger = fieldValue(formData, nameOf([...personPath(person), 'case', 'urgency'])) === 'danger-today'
  const isOver = filingPage === 'short' || (filingPage === 'situation' && inDanger)
  const next = isOver ? undefined : topics[topics.indexOf(filingPage) + 1]
  return next ? `/desk/filing/${draft}/${person}/${next}` : `/desk/filing/${draft}`
}

/** Where to go when all is saved: the same page, at the row where the user goes on; or the hidden screen. */
function addressAgain(context: DeskContext, { formData, focusId }: Submission): string {
  const place = currentAddress(context)
  return fieldValue(formData, againField) === hideScreen
    ? `/desk/hidden?to=${encodeURIComponent(place)}`
    : `${place}${focusId ? `#${focusId}` : ''}`
}

/** Somebody else saved the page meanwhile. Both are shown and nothing is lost; what is sent next replaces theirs. */
function conflict(context: DeskContext, filingPage: FilingPage, theirs: Draft, mine: FormDataMap) {
  return topicPage(context, filingPage, { ...theirs, formData: mine }, { theirs: theirs.formData })
}

interface TopicPageProblem {
  errors?: readonly FieldError[]
  /** What looks wrong: the officer is asked. */
  unlikely?: readonly Finding[]
  theirs?: FormDataMap
}

function topicPage(
  context: DeskContext,
  filingPage: FilingPage,
  { draft, version, formData }: Draft,
  { errors = [], unlikely = [], theirs }: TopicPageProblem = {},
) {
  const { messages, me } = context.var
  const person = personOf(context)
  const title = filingPage === 'short' ? messages('board.unplanned') : messages(`filing.topic.${filingPage}`)
  const failed = errors.length + unlikely.length > 0 || theirs !== undefined
  const state = { messages: messages.about('file'), formData, errors, choices: waysAt(messages, me, person) }
  const shape = shapeFor(context, filingPage)
  return page(
    context,
    {
      title,
      back: `/desk/filing/${draft}`,
      failed,
      hasForm: true,
      status: theirs ? 409 : failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={[...errors, ...errorsOfUnlikely(state.messages, unlikely)]} />
      {theirs ? (
        <Conflict
          messages={state.messages}
          kind={me.kind}
          fields={fieldsOf(shape, filingPage)}
          person={person}
          theirs={theirs}
          mine={formData}
        />
      ) : null}
      <h1 class="govuk-heading-l">{title}</h1>
      {failed ? null : <Gaps context={context} filingPage={filingPage} formData={formData} />}
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} version={version} />
        <FindingsAsked messages={state.messages} findings={unlikely} formData={formData} />
        {filingPage === 'consent' ? (
          <Recipients state={state} shape={shape} path={personPath(person)} own={me.party} />
        ) : (
          inOrder(me.kind, shape, filingPage).map((field) => (
            <Fields state={state} shape={field.shape} path={[...personPath(person), ...field.path]} />
          ))
        )}
        {filingPage === 'short' ? (
          <Recipients
            state={state}
            shape={personShape(me.kind)}
            path={personPath(person)}
            own={me.party}
            shortly
          />
        ) : null}
        <Button>{messages('form.save')}</Button>
      </form>
    </>,
  )
}

/** What a page that was saved still lacks, each with a link to its question. A page that nobody looked at lacks nothing yet. */
function Gaps({
  context,
  filingPage,
  formData,
}: {
  context: DeskContext
  filingPage: FilingPage
  formData: FormDataMap
}) {
  const { messages, me } = context.var
  const person = personOf(context)
  if (filingPage === 'short' || !isSaved(formData, filingPage, person)) return null
  const gaps = gapsOf(messages, me.kind, formData, person).filter(({ topic }) => topic === filingPage)
  if (gaps.length === 0) return null
  return (
    <section class="govuk-inset-text" aria-labelledby="missing">
      <h2 class="govuk-heading-s" id="missing">
        {messages('filing.missingHere')}
      </h2>
      <ul class="govuk-list">
        {gaps.map(({ id, field }) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {field}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What looks wrong, above the form: each leads to the question whether it is right. */
const errorsOfUnlikely = (messages: Messages, unlikely: readonly Finding[]): FieldError[] =>
  errorsOfChecks(messages, unlikely).map(({ text }, index) => ({
    id: overrideField(unlikely[index]?.fields[0] ?? ''),
    text,
  }))

/** The ways in by which the own party registers somebody. The API would refuse any other when all is written. */
function waysAt(messages: Messages, { kind, party }: SignedIn, person: number) {
  const path = [...personPath(person), 'case', 'wayIn']
  const ways = waysOf(kind, partnerKindOf(party))
  return new Map([[nameOf(path), ways.map((way) => [way, messages.about('file').value(path, way)] as const)]])
}
