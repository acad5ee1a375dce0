import { Hono } from 'hono'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { Finding } from '../../../../schemas/values/checks.ts'
import { againField, type DeskContext, type DeskEnv, hideScreen } from '../../context.ts'
import { type Draft, draftIn, fetchDraft, sendDraft } from '../../filing/draft.ts'
import { dataOfPerson, progressOf, withPage } from '../../filing/progress.ts'
import { withAssumptions } from '../../filing/short-filing.ts'
import { isAbroad, isTopic, personPath, topics } from '../../filing/topics.ts'
import type { FieldError } from '../../form/error-summary.tsx'
import { errorsOfChecks } from '../../form/errors.ts'
import { findingsInForm } from '../../form/findings.ts'
import {
  contentIn,
  type FormDataMap,
  fieldValue,
  hasContent,
  memberAt,
  nameOf,
} from '../../form/form-data.ts'
import { readSubmission, type Submission } from '../../form/submission.ts'
import { isOutdated, submitUnchecked } from '../../form/submit.ts'
import { validate } from '../../form/validate.ts'
import { notFound } from '../../parts/error-page.tsx'
import {
  conflict,
  type FilingPage,
  fieldsOf,
  personOf,
  rowQuery,
  shapeFor,
  topicPage,
} from './topic-page.tsx'

/** Screen 4: one topic a page. Whatever is typed is saved; then errors are shown, and what is missing can wait. */
export const topic = new Hono<DeskEnv>()
  .get('/filing/:draft/:person{\\d+}/:topic', async (context) => {
    const filingPage = filingPageIn(context)
    if (!filingPage) return notFound(context)
    // Abroad the short filing is a page of its own, which sends at once.
    if (filingPage === 'short' && isAbroad(context.var.me.kind))
      return context.redirect(`/desk/danger?draft=${draftIn(context)}`, 303)
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
        const { problem } = refusal
        if (isOutdated(problem)) return conflict(context, filingPage, await fetchDraft(context), formData)
        if (problem.code === 'not-found' || problem.code === 'draft-sent') throw refusal
        // It was not saved: the page is all that has what was typed.
        return topicPage(context, filingPage, { ...read, formData }, { problem })
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
  const own = dataOfPerson(formData, personOf(context))
  const fields = fieldsOf(shapeFor(context, filingPage), filingPage)
  const isOnPage = ({ fields: named }: Finding) =>
    named.some((name) => {
      const field = name.split('.').slice(path.length).join('.')
      return fields.some((own) => field === own || field.startsWith(`${own}.`))
    })
  const found = await findingsInForm('file', me.kind, bodyOf('file', me.kind), own, path)
  return {
    errors: [
      ...errorsOnPage(context, filingPage, own),
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

function filingPageIn(context: DeskContext): FilingPage | undefined {
  const name = context.req.param('topic')
  return name === 'short' || isTopic(name) ? name : undefined
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
  const place = context.req.path
  return fieldValue(formData, againField) === hideScreen
    ? `/desk/hidden?to=${encodeURIComponent(place)}`
    : `${place}${focusId ? `?${rowQuery}=${focusId}#${focusId}` : ''}`
}
