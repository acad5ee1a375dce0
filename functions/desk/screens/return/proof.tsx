import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { checkAnswer } from '../../../../schemas/api/check.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'

/** Screen 7, second half: whether the record is unchanged. It is computed anew at every request. */
export const proof = new Hono<DeskEnv>().get('/returns/:ret/proof', async (context) => {
  const { messages, me } = context.var
  const [seen, found] = await Promise.all([
    // The API shows nothing of a damaged record, and this page says that it is damaged.
    fetchReturn(context).catch((error: unknown) => {
      if (!isRefusedWith(error, 'trail-broken')) throw error
    }),
    me.api.get(['returns', returnIdIn(context), 'check'], checkAnswer),
  ])
  return page(
    context,
    { title: messages('proof.title'), back: seen ? `/desk/returns/${seen.ret}/timeline` : '/desk/returns' },
    <>
      <h1 class="govuk-heading-l">{messages('proof.title')}</h1>
      {seen ? <ReturnHead messages={messages} seen={seen} /> : <p class="govuk-body">{found.reference}</p>}
      <Result messages={messages} found={found} />
      <h2 class="govuk-heading-m">{messages('proof.yourself')}</h2>
      <p class="govuk-body">{messages('proof.how')}</p>
      <p class="govuk-body">
        {messages('proof.command')} <code class="hash">npm run verify -- {found.reference}.json</code>
      </p>
    </>,
  )
})

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
