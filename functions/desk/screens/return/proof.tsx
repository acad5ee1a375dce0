import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { exportAnswer } from '../../../../schemas/api/answers.ts'
import { checkAnswer } from '../../../../schemas/api/check.ts'
import { exportFor } from '../../../../schemas/api/requests.ts'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'

/** For whom the copy is, on the form. */
const recipientField = 'for'

/** Screen 7, second half: whether the record is unchanged, computed anew at every request, and a copy of it to take away. */
export const proof = new Hono<DeskEnv>()
  .get('/returns/:ret/proof', (context) => proofPage(context))
  .post('/returns/:ret/proof', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate(formData) {
        const recipient = exportFor.safeParse(fieldValue(formData, recipientField))
        if (recipient.success) return { content: recipient.data, errors: [] }
        const text = messages('form.needed', { field: messages('proof.for') })
        return { errors: [{ id: recipientField, text }] }
      },
      send: (recipient) =>
        me.api.get(['returns', returnIdIn(context), 'export'], exportAnswer, { for: recipient }),
      done: (file) =>
        context.body(JSON.stringify(file), 200, {
          'content-type': 'application/json',
          // The name of the file says nothing about a person.
          'content-disposition': 'attachment; filename="record.json"',
        }),
      show: (attempt) => proofPage(context, attempt),
      onRefusal: noRefusalHere,
    })
  })

async function proofPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const [seen, found] = await Promise.all([
    // The API shows nothing of a damaged record, and this page says that it is damaged.
    fetchReturn(context).catch((error: unknown) => {
      if (!isRefusedWith(error, 'trail-broken')) throw error
    }),
    me.api.get(['returns', returnIdIn(context), 'check'], checkAnswer),
  ])
  const { errors = [] } = attempt
  return page(
    context,
    {
      title: messages('proof.title'),
      back: seen ? `/desk/returns/${seen.ret}/timeline` : '/desk/returns',
      ...outcomeOf(attempt),
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('proof.title')}</h1>
      {seen ? (
        <ReturnHead messages={messages} seen={seen} part="timeline" />
      ) : (
        <p class="govuk-body">{found.reference}</p>
      )}
      <Result messages={messages} found={found} />
      {seen && seen.membership === 'on' ? <TakeCopy context={context} attempt={attempt} /> : null}
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{messages('proof.yourself')}</span>
        </summary>
        <div class="govuk-details__text">
          <p>{messages('proof.how')}</p>
          <p>
            {messages('proof.command')} <code class="hash">npm run verify -- record.json</code>
          </p>
        </div>
      </details>
    </>,
  )
}

/** A copy of the record for the own organisation, the person or her guardian. Taking it is recorded. */
function TakeCopy({
  context,
  attempt: { errors = [], formData = new Map() },
}: {
  context: DeskContext
  attempt: FormAttempt
}) {
  const { messages, me } = context.var
  const error = errors.find(({ id }) => id === recipientField)
  const chosen = fieldValue(formData, recipientField)
  return (
    <form method="post" action={currentAddress(context)} class="no-print" novalidate>
      <HiddenFields me={me} />
      <h2 class="govuk-heading-m">{messages('proof.copy')}</h2>
      <p class="govuk-body">{messages('proof.copyHow')}</p>
      <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
        <fieldset class="govuk-fieldset" {...(error ? { 'aria-describedby': 'for-error' } : {})}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{messages('proof.for')}</legend>
          {error ? (
            <p class="govuk-error-message" id="for-error">
              <span class="govuk-visually-hidden">{messages('form.wrong')}</span> {error.text}
            </p>
          ) : null}
          <div class="govuk-radios govuk-radios--small">
            {exportFor.options.map((recipient, index) => {
              const id = index === 0 ? recipientField : `${recipientField}-${index}`
              return (
                <div class="govuk-radios__item">
                  <input
                    class="govuk-radios__input"
                    type="radio"
                    id={id}
                    name={recipientField}
                    value={recipient}
                    checked={chosen === recipient}
                  />
                  <label class="govuk-label govuk-radios__label" for={id}>
                    {messages(`proof.recipient.${recipient}`)}
                  </label>
                </div>
              )
            })}
          </div>
        </fieldset>
      </div>
      <Button>{messages('proof.download')}</Button>
    </form>
  )
}

function Result({ messages, found }: { messages: Messages; found: z.infer<typeof checkAnswer> }) {
  const { unchanged, broken, at, events, access, lastHash } = found
  return (
    <>
      <div class={unchanged ? 'govuk-inset-text' : 'danger'}>
        <p class="govuk-body">
          <strong>
            {messages(unchanged ? 'proof.unchanged' : 'proof.broken', { at: messages.clock(at) })}
          </strong>
        </p>
        {broken ? (
          <p class="govuk-body">
            {messages('proof.where', {
              flaw: messages.code('flaw', broken.flaw),
              n: broken.n === undefined ? '' : messages.number(broken.n + 1),
            })}
          </p>
        ) : null}
      </div>
      <dl class="facts">
        <div>
          <dt>{messages('proof.events')}</dt>
          <dd>{messages.number(events)}</dd>
        </div>
        <div>
          <dt>{messages('proof.looks')}</dt>
          <dd>{messages.number(access)}</dd>
        </div>
        {lastHash ? (
          <div>
            <dt>{messages('proof.hash')}</dt>
            <dd class="hash">{lastHash}</dd>
          </div>
        ) : null}
      </dl>
    </>
  )
}
