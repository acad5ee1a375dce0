import { Hono } from 'hono'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import type { DeskEnv } from '../context.ts'
import { page } from '../parts/page.tsx'
import { ReturnsTable } from '../parts/returns-table.tsx'

/** Screen 2: all returns that the party is on, most urgent first, a page at a time. */
export const returnsList = new Hono<DeskEnv>().get('/returns', async (context) => {
  const { messages, me } = context.var
  const { returns, next } = await me.api.get(['returns'], worklistAnswer, {
    cursor: context.req.query('from'),
  })
  return page(
    context,
    { title: messages('list.title') },
    <>
      <h1 class="govuk-heading-l">{messages('list.title')}</h1>
      {returns.length > 0 ? (
        <ReturnsTable messages={messages} me={me} lines={returns} caption={messages('list.caption')} />
      ) : (
        <p class="govuk-inset-text">{messages('list.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={`/desk/returns?from=${encodeURIComponent(next)}`} rel="next">
          {messages('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})
