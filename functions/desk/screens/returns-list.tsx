import { Hono } from 'hono'
import { worklist } from '../../../schemas/api/answers.ts'
import type { DeskEnv } from '../context.ts'
import { page } from '../parts/page.tsx'
import { ReturnsTable } from '../parts/rows.tsx'

/** Screen 2: all returns that the party is on, most urgent first, a page at a time. */
export const returnsList = new Hono<DeskEnv>().get('/returns', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const { returns, next } = await me.api.get(['returns'], worklist, { cursor: visit.req.query('from') })
  return page(
    visit,
    { title: words('list.title') },
    <>
      <h1 class="govuk-heading-l">{words('list.title')}</h1>
      {returns.length > 0 ? (
        <ReturnsTable words={words} me={me} lines={returns} caption={words('list.caption')} />
      ) : (
        <p class="govuk-inset-text">{words('list.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={`/desk/returns?from=${encodeURIComponent(next)}`} rel="next">
          {words('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})
