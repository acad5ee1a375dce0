import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { type FormDataMap, fieldValue } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { Content } from '../../parts/content.tsx'
import { errorPage } from '../../parts/error-page.tsx'
import { OpeningReason, reasonField } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { readReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnPart, type ReturnView } from '../../return/return-head.tsx'

/** What each part of a return opens, as far as the party reads it. What is dangerous comes with every contact and leg. */
const classesOf: Readonly<Partial<Record<ReturnPart, readonly SectionClass[]>>> = {
  people: ['safety', 'contacts', 'identity', 'protection', 'care', 'talk', 'note'],
  travel: ['safety', 'travel', 'case'],
  documents: ['identity', 'decision'],
}

type OpenedSections = z.infer<typeof openedAnswer>['sections']

/** Masked until somebody says why: then what is sealed is shown, and the return's owners see that it was. */
export const openSections = new Hono<DeskEnv>()
  .get('/returns/:ret/:part{(?:people|travel|documents)}', async (context) => {
    const part = partIn(context)
    if (!part) return errorPage(context, 'trouble.notFound', 404)
    return maskedPage(context, part, await readReturn(context))
  })
  .post('/returns/:ret/:part{(?:people|travel|documents)}', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const part = partIn(context)
    if (!part) return errorPage(context, 'trouble.notFound', 404)
    const { formData } = await readSubmission(context)
    const request = opening.safeParse({
      classes: classesIn(context, part),
      reason: fieldValue(formData, reasonField),
    })
    if (!request.success)
      return maskedPage(context, part, await readReturn(context), formData, [
        { id: reasonField, text: messages('form.needed', { field: messages('show.why') }) },
      ])
    const [seen, { sections }] = await Promise.all([
      readReturn(context),
      me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body: request.data }),
    ])
    return page(
      context,
      { title: messages(`return.part.${part}`), back: `/desk/returns/${seen.ret}` },
      <>
        <h1 class="govuk-heading-l">{messages(`return.part.${part}`)}</h1>
        <ReturnHead messages={messages} seen={seen} part={part} />
        <Sections context={context} sections={sections} classes={request.data.classes} ret={seen.ret} />
      </>,
    )
  })

type OpenablePart = 'people' | 'travel' | 'documents'

function partIn(context: DeskContext): OpenablePart | undefined {
  const part = context.req.param('part')
  return part === 'people' || part === 'travel' || part === 'documents' ? part : undefined
}

function classesIn(context: DeskContext, part: OpenablePart): SectionClass[] {
  const own = openable(context.get('me').kind)
  return (classesOf[part] ?? []).filter((cls) => own.includes(cls))
}

function maskedPage(
  context: DeskContext,
  part: OpenablePart,
  seen: ReturnView,
  formData: FormDataMap = new Map(),
  errors: readonly FieldError[] = [],
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const classes = classesIn(context, part)
  const failed = errors.length > 0
  return page(
    context,
    {
      title: messages(`return.part.${part}`),
      back: `/desk/returns/${seen.ret}`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages(`return.part.${part}`)}</h1>
      <ReturnHead messages={messages} seen={seen} part={part} />
      {classes.length === 0 || seen.membership === 'ended' ? (
        <p class="govuk-inset-text">{messages('show.unreadable')}</p>
      ) : (
        <form method="post" action={currentAddress(context)} novalidate>
          <HiddenFields me={me} />
          <p class="govuk-body">{messages('show.masked')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {classes.map((cls) => (
              <li>{messages.code('class', cls)}</li>
            ))}
          </ul>
          <OpeningReason messages={messages} formData={formData} errors={errors} />
          <Button>{messages('show.show')}</Button>
        </form>
      )}
    </>,
  )
}

/** What was opened, class by class in the order of the part; who must not know stands above everything else. */
function Sections(props: {
  context: DeskContext
  sections: OpenedSections
  classes: readonly SectionClass[]
  ret: string
}) {
  const { context, sections, classes, ret } = props
  const messages = context.get('messages')
  return (
    <>
      {classes.map((cls) => {
        const own = sections.filter((section) => section.cls === cls)
        return (
          <section class={cls === 'safety' ? 'danger' : 'sheet'}>
            <h2 class="govuk-heading-m">{messages.code('class', cls)}</h2>
            {own.length === 0 ? <p class="govuk-body">{messages('show.nothing')}</p> : null}
            {own.map(({ slot, content, by, seq }) => (
              <>
                <h3 class="govuk-heading-s">{messages.slot(cls, slot)}</h3>
                <p class="quiet">{messages('show.told', { who: partyName(messages, by), n: seq + 1 })}</p>
                <Content messages={messages} cls={cls} slot={slot} content={content} />
              </>
            ))}
          </section>
        )
      })}
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/returns/${ret}/do/amend`}>
          {messages.code('command', 'amend')}
        </a>
      </p>
    </>
  )
}
