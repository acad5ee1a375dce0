import { Hono } from 'hono'
import * as z from 'zod/mini'
import { commandAnswer, openedAnswer } from '../../../../schemas/api/answers.ts'
import { amendments } from '../../../../schemas/commands/amend.ts'
import { sentForm } from '../../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import { formShape, validate } from '../../form/validate.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { OpeningReason, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { partiesByName, partiesOf } from '../../parts/parties.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'
import { clockOf } from './facts-of-today.ts'

/** This field says that the form holds the opened section. Before, the page only asked for the reason. */
const filledField = 'filled'

/** Puts a section right: the user opens it for a reason, changes it on its form, and sends it whole. */
export const amend = new Hono<DeskEnv>()
  .get('/returns/:ret/do/amend', async (context) => {
    const { messages, me } = context.var
    const seen = await fetchReturn(context)
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
  .get('/returns/:ret/do/amend/:cls/:slot', (context) => {
    const target = targetIn(context)
    return target ? reasonPage(context, target) : notFound(context)
  })
  .post('/returns/:ret/do/amend/:cls/:slot', async (context) => {
    const target = targetIn(context)
    if (!target) return notFound(context)
    const { formData } = await readSubmission(context)
    return fieldValue(formData, filledField) === 'yes'
      ? sendAmendment(context, target)
      : openTarget(context, target)
  })

/** Opens the section for a reason; the form begins with what the section says. */
function openTarget(context: DeskContext, target: Target) {
  const { messages, me } = context.var
  const { cls, slot } = target
  return submit(context, {
    messages,
    validate: (formData) => validateOpening(messages, [cls], formData),
    send: (body) => me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
    done: ({ version, sections }) => {
      const section = sections.findLast((section) => section.slot === slot)
      const formData = new Map(formEntriesOf(formShape(bodyForm(target)), { [cls]: section?.content }, []))
      return amendPage(context, target, { formData, version })
    },
    show: (attempt) => reasonPage(context, target, attempt),
    onRefusal: noRefusalHere,
  })
}

function sendAmendment(context: DeskContext, target: Target) {
  const { me } = context.var
  const { cls, slot } = target
  const { ret } = context.req.param()
  const messages = context.var.messages.about('amend', { [cls]: slot })
  return submit(context, {
    messages,
    validate: (formData) => validate(messages, bodyForm(target), formData),
    send: (content, { key, version }) => {
      const body = { slot, ...(typeof content === 'object' ? content : {}) }
      return me.api.post(['returns', ret ?? '', 'commands', 'amend'], commandAnswer, { body, key, version })
    },
    done: () => `/desk/returns/${ret}?done=amend`,
    show: (attempt) => amendPage(context, target, attempt),
  })
}

interface Target {
  cls: SectionClass
  slot: string
}

function targetIn(context: DeskContext): Target | undefined {
  const { cls, slot } = context.req.param()
  return amendments(context.var.me.kind).find((amendment) => amendment.cls === cls && amendment.slot === slot)
}

/** The form of the body without the slot's name, which stands in the address. */
const bodyForm = ({ cls, slot }: Target) => z.strictObject({ [cls]: sentForm(cls, slot) })

async function reasonPage(context: DeskContext, { cls, slot }: Target, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [] } = attempt
  const seen = await fetchReturn(context)
  return page(
    context,
    {
      title: messages.code('command', 'amend'),
      back: `/desk/returns/${seen.ret}/do/amend`,
      ...outcomeOf(attempt),
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

async function amendPage(context: DeskContext, target: Target, attempt: FormAttempt) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [], problem, idempotencyKey, version, focusId } = attempt
  const seen = await fetchReturn(context)
  const about = messages.about('amend', { [target.cls]: target.slot })
  const parties = partiesByName(messages, partiesOf('iom', 'ministry', 'centre'))
  return page(
    context,
    {
      title: messages.code('command', 'amend'),
      back: `/desk/returns/${seen.ret}/do/amend`,
      hasForm: true,
      ...outcomeOf(attempt),
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
          state={{
            messages: about,
            formData,
            errors,
            parties,
            focusId,
            clock: clockOf(me, 'amend'),
            unframed: target.cls,
          }}
          shape={formShape(bodyForm(target))}
          path={[]}
        />
        <Button>{messages('form.send')}</Button>
      </form>
    </>,
  )
}
