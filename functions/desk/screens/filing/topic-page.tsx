import { waysOf } from '../../../../schemas/procedure/ways.ts'
import type { Finding } from '../../../../schemas/values/checks.ts'
import type { Problem } from '../../api.ts'
import { type DeskContext, pageFormId, type SignedIn } from '../../context.ts'
import { Conflict } from '../../filing/conflict.tsx'
import type { Draft } from '../../filing/draft.ts'
import { gapsOf } from '../../filing/gaps.ts'
import { isSaved } from '../../filing/progress.ts'
import { Recipients } from '../../filing/recipients.tsx'
import {
  fieldsOn,
  inOrder,
  pageShape,
  personPath,
  personShape,
  shortShape,
  type Topic,
} from '../../filing/topics.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary, type FieldError } from '../../form/error-summary.tsx'
import { errorsOfChecks } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, nameOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Shape } from '../../form/shape.ts'
import { overrideField } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { FindingsAsked, RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partnerKindOf } from '../../parts/parties.ts'

/** A page of a filing, or the short filing for somebody who cannot wait. */
export type FilingPage = Topic | 'short'

/** The fields of a page. The short filing also asks who may be notified. */
export const fieldsOf = (shape: Shape, filingPage: FilingPage) => [
  ...fieldsOn(shape),
  ...(filingPage === 'short' ? ['case.agreement.recipients'] : []),
]

export const personOf = (context: DeskContext): number => Number(context.req.param('person'))

export function shapeFor(context: DeskContext, filingPage: FilingPage): Shape {
  const { kind } = context.var.me
  return filingPage === 'short' ? shortShape(kind) : pageShape(kind, filingPage)
}

/** The row in which the user goes on, or about whose removal the page asks. */
export const rowQuery = 'row'

/** Somebody else saved the page meanwhile. Both are shown and nothing is lost; what is sent next replaces theirs. */
export function conflict(context: DeskContext, filingPage: FilingPage, theirs: Draft, mine: FormDataMap) {
  return topicPage(context, filingPage, { ...theirs, formData: mine }, { theirs: theirs.formData })
}

interface TopicPageProblem {
  /** Why the page could not be saved. */
  problem?: Problem
  errors?: readonly FieldError[]
  /** What looks wrong: the officer is asked. */
  unlikely?: readonly Finding[]
  theirs?: FormDataMap
}

export function topicPage(
  context: DeskContext,
  filingPage: FilingPage,
  { draft, version, formData, by }: Draft,
  { errors = [], unlikely = [], theirs, problem }: TopicPageProblem = {},
) {
  const { messages, me } = context.var
  const person = personOf(context)
  const title = filingPage === 'short' ? messages('board.unplanned') : messages(`filing.topic.${filingPage}`)
  const failed = errors.length + unlikely.length > 0 || theirs !== undefined || problem !== undefined
  const state = {
    messages: messages.about('file'),
    formData,
    errors,
    choices: waysAt(messages, me, person),
    focusId: context.req.query(rowQuery),
  }
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
      <RefusalSummary messages={messages} problem={problem} />
      {problem ? <p class="govuk-inset-text">{messages('filing.notSaved')}</p> : null}
      <ErrorSummary messages={messages} errors={[...errors, ...errorsOfUnlikely(state.messages, unlikely)]} />
      {theirs ? (
        <Conflict
          messages={state.messages}
          kind={me.kind}
          fields={fieldsOf(shape, filingPage)}
          person={person}
          theirs={theirs}
          own={by === me.user}
          mine={formData}
        />
      ) : null}
      <h1 class="govuk-heading-l">{title}</h1>
      {failed ? null : <Gaps context={context} filingPage={filingPage} formData={formData} />}
      <form id={pageFormId} method="post" action={context.req.path} novalidate>
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
