import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import type { DeskContext, DeskEnv } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import type { FormDataMap } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { shapeOf } from '../../form/shape.ts'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import { type Validation, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { OpeningReason, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import type { Section } from '../../return/legs.ts'
import { mayPrint, type PaperName, paperAddress } from '../../return/papers.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'

/** The name below which the options of a paper stand on its page. */
export const optionsField = 'paper'

/** The data that a paper is made from. */
export interface PaperSource<T> {
  seen: ReturnView
  options: T
  /** The sections that were opened for it, if the paper says anything that is sealed. */
  sections: readonly Section[]
}

/** A paper of one return: its options, the classes that it opens with them, and what it looks like. */
export interface Paper<T> {
  name: PaperName
  asks: z.ZodMiniType<Record<typeof optionsField, T>>
  /** What stands in the form at first. */
  before: (seen: ReturnView) => FormDataMap
  classes: (options: T) => readonly SectionClass[]
  /** What stands above the form: questions to the person. */
  Above?: (props: { messages: Messages }) => Child | Promise<Child>
  made: (context: DeskContext, made: PaperSource<T>) => Response | Promise<Response>
}

/** The pages of a paper: its options, with a reason if something is opened; then the paper, ready to be printed. */
export function paperScreen<T>(paper: Paper<T>): Hono<DeskEnv> {
  const path = `/returns/:ret/${paper.name}`
  return new Hono<DeskEnv>()
    .get(path, async (context) => {
      const seen = await fetchReturn(context)
      if (!mayPrint(paper.name, context.var.me, seen)) return notFound(context)
      return optionsPage(context, paper, seen, { formData: paper.before(seen) })
    })
    .post(path, async (context) => {
      const { messages, me } = context.var
      // Checked before anything is opened: an opening for a paper that nobody gets would stand in the record.
      const seen = await fetchReturn(context)
      if (!mayPrint(paper.name, me, seen)) return notFound(context)
      return submit(context, {
        messages,
        validate: (formData) => validateOptions(context, paper, formData),
        send: async ({ options, opening }) => {
          if (!opening) return { options, sections: [] }
          const path = ['returns', returnIdIn(context), 'open']
          const { sections } = await me.api.post(path, openedAnswer, { body: opening })
          return { options, sections }
        },
        done: ({ options, sections }) => paper.made(context, { seen, options, sections }),
        show: (attempt) => optionsPage(context, paper, seen, attempt),
        onRefusal: noRefusalHere,
      })
    })
}

/** Checks the options of a paper, and the reason if the paper opens something. */
function validateOptions<T>(
  context: DeskContext,
  paper: Paper<T>,
  formData: FormDataMap,
): Validation<{ options: T; opening?: unknown }> {
  const { messages, me } = context.var
  const { content, errors } = validate(messages, paper.asks, formData)
  const parsed = paper.asks.safeParse(content)
  if (!parsed.success) return { errors }
  const options = parsed.data[optionsField]
  const classes = paper.classes(options).filter((cls) => openable(me.kind).includes(cls))
  if (classes.length === 0) return { content: { options }, errors: [] }
  const { content: opening, errors: missing } = validateOpening(messages, classes, formData)
  return { content: { options, opening }, errors: missing }
}

function optionsPage<T>(context: DeskContext, paper: Paper<T>, seen: ReturnView, attempt: FormAttempt) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [] } = attempt
  const title = messages(`paper.name.${paper.name}`)
  const { Above = () => null } = paper
  return page(
    context,
    { title, back: `/desk/returns/${seen.ret}`, isPaper: true, ...outcomeOf(attempt) },
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
