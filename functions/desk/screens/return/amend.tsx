import { Hono } from 'hono'
import * as z from 'zod/mini'
import { commandAnswer, openedAnswer } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { amendments } from '../../../../schemas/commands/amend.ts'
import { sentForm } from '../../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { OpeningReason, reasonField } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { partiesByName, partiesOf } from '../../parts/parties.ts'
import { readReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'

/** Says that the form holds what was opened, and is to be judged: before, only the reason was asked. */
const filledField = 'filled'

/** Puts a section right: it is opened for a reason, changed on its form, and sent whole. */
export const amend = new Hono<DeskEnv>()
  .get('/returns/:ret/do/amend', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const seen = await readReturn(context)
    return page(
      context,
      { title: messages.code('command', 'amend'), back: `/desk/returns/${seen.ret}` },
      <>
        <h1 class="govuk-heading-l">{messages.code('command', 'amend')}</h1>
        <ReturnHead messages={messages} seen={seen} />
        <ul class="govuk-list">
          {amendments(me.kind).map(({ cls, slot }) => (
            <li>
              <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/amend/${cls}/${slot}`}>
                {messages.slot(cls, slot)}
              </a>
            </li>
          ))}
        </ul>
      </>,
    )
  })
  .get('/returns/:ret/do/amend/:cls/:slot', async (context) => {
    const target = targetIn(context)
    if (!target) return errorPage(context, 'trouble.notFound', 404)
    return reasonPage(context, target, await readReturn(context))
  })
  .post('/returns/:ret/do/amend/:cls/:slot', async (context) => {
    const messages = context.get('messages')
    const target = targetIn(context)
    if (!target) return errorPage(context, 'trouble.notFound', 404)
    const posted = await readSubmission(context)
    const { formData, again, idempotencyKey, version, focusId } = posted
    if (fieldValue(formData, filledField) !== 'yes') return open(context, target, formData)
    if (again) return form(context, target, { formData: again, idempotencyKey, version, focusId })
    const { cls, slot } = target
    const { content, errors } = validate(messages.about('amend', { [cls]: slot }), wrapped(target), formData)
    if (errors.length > 0) return form(context, target, { formData, errors, idempotencyKey, version })
    const { ret } = context.req.param()
    const sections = typeof content === 'object' ? content : {}
    try {
      const body = { slot, ...sections }
      await context.get('me').api.post(['returns', ret, 'commands', 'amend'], commandAnswer, {
        body,
        key: idempotencyKey,
        version,
      })
      return context.redirect(`/desk/returns/${ret}?done=amend`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(
        context,
        { cls, slot },
        {
          formData,
          problem,
          errors: errorsFrom(messages.about('amend', { [cls]: slot }), problem.fields ?? []),
        },
      )
    }
  })

interface Target {
  cls: SectionClass
  slot: string
}

function targetIn(context: DeskContext): Target | undefined {
  const { cls, slot } = context.req.param()
  return amendments(context.get('me').kind).find(
    (amendment) => amendment.cls === cls && amendment.slot === slot,
  )
}

/** The body's form without the slot's name, which the address has. */
const wrapped = ({ cls, slot }: Target) => z.strictObject({ [cls]: sentForm(cls, slot) })

function reasonPage(
  context: DeskContext,
  { cls, slot }: Target,
  seen: ReturnView,
  formData: FormDataMap = new Map(),
  errors: readonly FieldError[] = [],
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const failed = errors.length > 0
  return page(
    context,
    {
      title: messages.code('command', 'amend'),
      back: `/desk/returns/${seen.ret}/do/amend`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">
        {messages.code('command', 'amend')}: {messages.slot(cls, slot)}
      </h1>
      <ReturnHead messages={messages} seen={seen} />
      <form method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} />
        <p class="govuk-body">{messages('show.before', { what: messages.code('class', cls) })}</p>
        <OpeningReason messages={messages} formData={formData} errors={errors} />
        <Button>{messages('show.show')}</Button>
      </form>
    </>,
  )
}

/** Opens what is to be put right; the form begins with what stands. */
async function open(context: DeskContext, target: Target, formData: FormDataMap) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const { cls, slot } = target
  const request = opening.safeParse({ classes: [cls], reason: fieldValue(formData, reasonField) })
  if (!request.success) {
    const errors = [{ id: reasonField, text: messages('form.needed', { field: messages('show.why') }) }]
    return reasonPage(context, target, await readReturn(context), formData, errors)
  }
  const { version, sections } = await me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, {
    body: request.data,
  })
  const section = sections.findLast((section) => section.slot === slot)
  const shape = formShape(wrapped(target))
  return form(context, target, {
    formData: new Map(formEntriesOf(shape, { [cls]: section?.content }, [])),
    version,
  })
}

interface Filled {
  formData: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
  version?: number | undefined
  focusId?: string | undefined
}

async function form(
  context: DeskContext,
  target: Target,
  { formData, errors = [], problem, idempotencyKey, version, focusId }: Filled,
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const seen = await readReturn(context)
  const failed = errors.length > 0 || problem !== undefined
  const about = messages.about('amend', { [target.cls]: target.slot })
  const parties = partiesByName(messages, partiesOf('iom', 'ministry', 'centre'))
  return page(
    context,
    {
      title: messages.code('command', 'amend'),
      back: `/desk/returns/${seen.ret}/do/amend`,
      failed,
      hasForm: true,
      status: failed ? 422 : 200,
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">
        {messages.code('command', 'amend')}: {messages.slot(target.cls, target.slot)}
      </h1>
      <ReturnHead messages={messages} seen={seen} />
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={problem ? seen.version : version} />
        <input type="hidden" name={filledField} value="yes" />
        <Warnings messages={about} problem={problem} formData={formData} />
        <Fields
          state={{ messages: about, formData, errors, parties, focusId: focusId, unframed: target.cls }}
          shape={formShape(wrapped(target))}
          path={[]}
        />
        <Button>{messages('form.send')}</Button>
      </form>
    </>,
  )
}
