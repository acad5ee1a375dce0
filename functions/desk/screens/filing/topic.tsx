import { Hono } from 'hono'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { waysOf } from '../../../../schemas/procedure/ways.ts'
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
import { CallFirst } from '../../filing/call-first.tsx'
import { Conflict } from '../../filing/conflict.tsx'
import { type Draft, readDraft, saveDraft } from '../../filing/draft.ts'
import { progressOf, withPage } from '../../filing/progress.ts'
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
import { Fields } from '../../form/fields.tsx'
import {
  contentIn,
  type FormDataMap,
  fieldValue,
  hasContent,
  memberAt,
  nameOf,
} from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import type { Shape } from '../../form/shape.ts'
import { readSubmission, type Submission } from '../../form/submission.ts'
import { validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partnerKindOf } from '../../parts/parties.ts'

/** A page of a filing, or the short one where somebody cannot wait. */
type FilingPage = Topic | 'short'

/** Screen 4: one topic a page. Whatever is typed is saved, right or not; what is wrong is said, what is missing waits. */
export const topic = new Hono<DeskEnv>()
  .get('/filing/:draft/:person{\\d+}/:topic', async (context) => {
    const filingPage = filingPageIn(context)
    if (!filingPage) return errorPage(context, 'trouble.notFound', 404)
    const read = await readDraft(context)
    return form(context, filingPage, { ...read })
  })
  .post('/filing/:draft/:person{\\d+}/:topic', async (context) => {
    const [messages, me] = [context.get('messages').about('file'), context.get('me')]
    const filingPage = filingPageIn(context)
    if (!filingPage) return errorPage(context, 'trouble.notFound', 404)
    const posted = await readSubmission(context)
    const read = await readDraft(context)
    const { draft } = read
    const shape = shapeFor(context, filingPage)
    const fields = fieldsOf(shape, filingPage)
    const topicOf = filingPage === 'short' ? 'situation' : filingPage
    const merged = (page: FormDataMap) =>
      withPage(read.formData, page, fields, personOf(context), topicOf, posted.again === undefined)
    const version = posted.version ?? read.version
    if (version !== read.version) return conflict(context, filingPage, read, merged(posted.formData))
    const told = merged(posted.again ?? posted.formData)
    const formData =
      filingPage === 'short' && !posted.again
        ? withShortFilingAssumptions(context, read.formData, told)
        : told
    try {
      const saved = await saveDraft(me, { draft, version }, formData)
      if (posted.again) return context.redirect(againAt(context, posted), 303)
      const errors = wrongsOnPage(context, shape, formData)
      if (errors.length > 0)
        return form(context, filingPage, { ...read, version: saved, formData }, { errors })
      return context.redirect(nextOf(filingPage, draft, personOf(context), formData), 303)
    } catch (error) {
      if (!isRefusedWith(error, 'version-lost', 'version-stale')) throw error
      return conflict(context, filingPage, await readDraft(context), formData)
    }

    /** What was typed and is wrong; what was not typed yet is no mistake on the way. */
    function wrongsOnPage(_: DeskContext, pageOf: Shape, all: FormDataMap): FieldError[] {
      const path = personPath(personOf(context))
      const { errors } = validate(messages, bodyOf('file', me.kind), all, path)
      const content = contentIn(pageOf, all, path)
      const told = fields.filter((field) => hasContent(memberAt(content, field.split('.'))))
      return errors.filter(({ id }) => {
        const field = id.split('-').slice(path.length)
        return told.some((one) => field.join('.').startsWith(one)) && hasContent(memberAt(content, field))
      })
    }
  })

/**
 * The short filing with what it leaves open, so that it can be sent at once. Six questions answer no page whole: each
 * that was not answered before still needs an answer.
 */
function withShortFilingAssumptions(
  context: DeskContext,
  before: FormDataMap,
  formData: FormDataMap,
): FormDataMap {
  const untold = [...progressOf(context.get('me').kind, before, personOf(context))].flatMap(
    ([one, status]) => (status === 'completed' ? [] : [one]),
  )
  return withAssumptions(
    context.get('me'),
    formData,
    personOf(context),
    new Date().toISOString().slice(0, 10),
    untold,
  )
}

/** The fields of a page; danger today asks besides who may be told. */
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
  const { kind } = context.get('me')
  return filingPage === 'short' ? shortShape(kind) : pageShape(kind, filingPage)
}

/** After the last topic, and after the short filing, the list of tasks; once danger today is told, the list with whom to call. */
function nextOf(filingPage: FilingPage, draft: string, person: number, formData: FormDataMap): string {
  const inDanger = fieldValue(formData, nameOf([...personPath(person), 'case', 'urgency'])) === 'danger-today'
  const isOver = filingPage === 'short' || (filingPage === 'situation' && inDanger)
  const next = isOver ? undefined : topics[topics.indexOf(filingPage) + 1]
  return next ? `/desk/filing/${draft}/${person}/${next}` : `/desk/filing/${draft}`
}

/** What was typed is saved: the page is shown again, where somebody goes on; or the screen is hidden. */
function againAt(context: DeskContext, { formData, focusId }: Submission): string {
  const place = currentAddress(context)
  return fieldValue(formData, againField) === hideScreen
    ? `/desk/hidden?to=${encodeURIComponent(place)}`
    : `${place}${focusId ? `#${focusId}` : ''}`
}

/** Somebody saved meanwhile: both are shown, and nothing is lost; what is sent now stands in place of theirs. */
function conflict(context: DeskContext, filingPage: FilingPage, theirs: Draft, mine: FormDataMap) {
  return form(context, filingPage, { ...theirs, formData: mine }, { theirs: theirs.formData })
}

interface Beside {
  errors?: readonly FieldError[]
  theirs?: FormDataMap
}

function form(
  context: DeskContext,
  filingPage: FilingPage,
  { draft, version, formData }: Draft,
  { errors = [], theirs }: Beside = {},
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const person = personOf(context)
  const title =
    filingPage === 'short'
      ? messages(isAbroad(me.kind) ? 'filing.short' : 'board.unplanned')
      : messages(`filing.topic.${filingPage}`)
  const failed = errors.length > 0 || theirs !== undefined
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
      <ErrorSummary messages={messages} errors={errors} />
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
      {filingPage === 'short' && isAbroad(me.kind) ? (
        <section class="danger">
          <CallFirst messages={messages} />
        </section>
      ) : null}
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} version={version} />
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

/** The ways in by which the own party registers somebody; another would be refused when all is written. */
function waysAt(messages: Messages, { kind, party }: SignedIn, person: number) {
  const path = [...personPath(person), 'case', 'wayIn']
  const ways = waysOf(kind, partnerKindOf(party))
  return new Map([[nameOf(path), ways.map((way) => [way, messages.about('file').value(path, way)] as const)]])
}
