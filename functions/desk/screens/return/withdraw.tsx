import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { withdrawalPreview as previewAnswer } from '../../../../schemas/api/answers.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'

/** Before a withdrawal of consent: from whom, and then what that would stop. The page itself stops nothing. */
export const withdraw = new Hono<DeskEnv>().get('/returns/:ret/withdraw', async (context) => {
  const { messages, me } = context.var
  const recipient = context.req.query('from')
  const [seen, preview] = await Promise.all([
    fetchReturn(context),
    recipient
      ? me.api.get(['returns', returnIdIn(context), 'withdrawal-preview'], previewAnswer, { recipient })
      : undefined,
  ])
  const from = Object.keys(seen.recipients).filter(
    (party) => !['withdrawn', 'ended'].includes(seen.recipients[party] ?? ''),
  )
  return page(
    context,
    { title: messages.code('command', 'withdraw'), back: `/desk/returns/${seen.ret}` },
    <>
      <h1 class="govuk-heading-l">{messages.code('command', 'withdraw')}</h1>
      <ReturnHead messages={messages} seen={seen} />
      {preview ? (
        <>
          <WithdrawalPreview messages={messages} preview={preview} />
          <p class="govuk-body">
            <a
              class="govuk-button"
              href={`/desk/returns/${seen.ret}/do/withdraw?from=${encodeURIComponent(preview.recipient)}`}
            >
              {messages('withdraw.goOn')}
            </a>
          </p>
        </>
      ) : (
        <>
          <h2 class="govuk-heading-m">{messages('withdraw.from')}</h2>
          <ul class="govuk-list">
            {from.map((party) => (
              <li>
                <a
                  class="govuk-link"
                  href={`/desk/returns/${seen.ret}/withdraw?from=${encodeURIComponent(party)}`}
                >
                  {partyName(messages, party)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>,
  )
})

function WithdrawalPreview({
  messages,
  preview,
}: {
  messages: Messages
  preview: z.infer<typeof previewAnswer>
}) {
  const lines = [
    ...(preview.accessRemoved ? [] : [messages('withdraw.stands')]),
    ...preview.classes.map((cls) => messages('withdraw.reads', { what: messages.code('class', cls) })),
    ...preview.stillReads.map((cls) => messages('withdraw.keeps', { what: messages.code('class', cls) })),
    ...preview.steps.map((step) => messages('withdraw.step', { what: messages.code('step', step) })),
    ...preview.tasks.map((task) => messages('withdraw.task', { what: messages.code('task', task) })),
    ...(preview.arranges ? [messages('withdraw.arranges')] : []),
    ...(preview.holdsPlace ? [messages('withdraw.place')] : []),
    ...(preview.questions > 0 ? [messages.count('withdraw.questions', preview.questions)] : []),
    ...preview.locked.map((cls) => messages('withdraw.locked', { what: messages.code('class', cls) })),
  ]
  return (
    <>
      <h2 class="govuk-heading-m">
        {messages('withdraw.stops', { who: partyName(messages, preview.recipient) })}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  )
}
