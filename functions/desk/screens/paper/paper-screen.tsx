import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import type { DeskContext, DeskEnv } from '../../context.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { shapeOf } from '../../form/shape.ts'
import { readSubmission } from '../../form/submission.ts'
import { validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { OpeningReason, reasonField } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import type { Section } from '../../return/legs.ts'
import { mayPrint, type PaperName, paperAddress } from '../../return/papers.ts'
import { readReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'

/** What is asked before a paper is made stands below this name on the page. */
export const optionsField = 'paper'

/** What a paper is made from. */
export interface PaperSource<T> {
  seen: ReturnView
  options: T
  /** What was opened for it; nothing where it says nothing that is sealed. */
  sections: readonly Section[]
}

/** A paper of one return: what is asked first, which classes it opens by that, and what it looks like. */
export interface Paper<T> {
  name: PaperName
  asks: z.ZodMiniType<Record<typeof optionsField, T>>
  /** What stands in the form before anybody has typed. */
  before: (seen: ReturnView) => FormDataMap
  classes: (options: T) => readonly SectionClass[]
  /** Above the form: what to ask the person. */
  Above?: (props: { messages: Messages }) => Child | Promise<Child>
  made: (context: DeskContext, made: PaperSource<T>) => Response | Promise<Response>
}

/** The pages of a paper: what is asked, with a reason where something is opened; then the paper, ready to be printed. */
export function paperScreen<T>(paper: Paper<T>): Hono<DeskEnv> {
  const path = `/returns/:ret/${paper.name}`
  return new Hono<DeskEnv>()
    .get(path, async (context) => {
      const seen = await readReturn(context)
      if (!mayPrint(paper.name, context.get('me'), seen)) return errorPage(context, 'trouble.notFound', 404)
      return form(context, paper, seen, paper.before(seen))
    })
    .post(path, async (context) => {
      const [messages, me] = [context.get('messages'), context.get('me')]
      const { formData } = await readSubmission(context)
      // Looked at before anything is opened: an opening for a paper that nobody gets would stand in the record.
      const seen = await readReturn(context)
      if (!mayPrint(paper.name, me, seen)) return errorPage(context, 'trouble.notFound', 404)
      const { content, errors } = validate(messages, paper.asks, formData)
      const parsed = paper.asks.safeParse(content)
      if (!parsed.success) return form(context, paper, seen, formData, errors)
      const options = parsed.data[optionsField]
      const classes = paper.classes(options).filter((cls) => openable(me.kind).includes(cls))
      if (classes.length === 0) return paper.made(context, { seen, options, sections: [] })
      const why = opening.safeParse({ classes, reason: fieldValue(formData, reasonField) })
      if (!why.success)
        return form(context, paper, seen, formData, [
          { id: reasonField, text: messages('form.needed', { field: messages('show.why') }) },
        ])
      const { sections } = await me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, {
        body: why.data,
      })
      return paper.made(context, { seen, options, sections })
    })
}

function form<T>(
  context: DeskContext,
  paper: Paper<T>,
  seen: ReturnView,
  formData: FormDataMap,
  errors: readonly FieldError[] = [],
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const failed = errors.length > 0
  const title = messages(`paper.name.${paper.name}`)
  const { Above = () => null } = paper
  return page(
    context,
    { title, back: `/desk/returns/${seen.ret}`, failed, isPaper: true, status: failed ? 422 : 200 },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} />
      <p class="govuk-body">{messages(`paper.about.${paper.name}`)}</p>
      <Above messages={messages} />
      <form method="post" action={paperAddress(seen, paper.name)} novalidate>
        <HiddenFields me={me} />
        <Fields
          state={{ messages, formData, errors, unframed: optionsField }}
          shape={shapeOf(paper.asks)}
          path={[]}
        />
        <p class="govuk-body">{messages('paper.opens')}</p>
        <OpeningReason messages={messages} formData={formData} errors={errors} />
        <Button>{messages('paper.make')}</Button>
      </form>
    </>,
  )
}
