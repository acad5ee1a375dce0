import { Hono } from 'hono'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import type { DeskEnv } from '../context.ts'
import { ErrorSummary } from '../form/error-summary.tsx'
import { FindBox } from '../parts/find-box.tsx'
import { page } from '../parts/page.tsx'
import { PagingLinks, pagingIn } from '../parts/paging.tsx'
import { filterIn, isFiltered, ReturnsFilter } from '../parts/returns-filter.tsx'
import { ReturnsTable } from '../parts/returns-table.tsx'
import { offersSeveral, SeveralForm } from '../parts/several.tsx'

/** Screen 2: all returns that the party is on, what waits for it first and what is over last, a page at a time. */
export const returnsList = new Hono<DeskEnv>().get('/returns', async (context) => {
  const { messages, me } = context.var
  const paging = pagingIn(context)
  const { filter, errors } = filterIn(context)
  const { returns, next, looked } =
    errors.length > 0
      ? { returns: [] }
      : await me.api.get(['returns'], worklistAnswer, { ...filter, cursor: paging.cursor })
  const none = isFiltered(filter) ? (next ? 'list.noneSoFar' : 'list.noneLikeThis') : 'list.empty'
  return page(
    context,
    { title: messages('list.title'), failed: errors.length > 0, status: errors.length > 0 ? 422 : 200 },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('list.title')}</h1>
      <FindBox messages={messages} me={me} />
      <ReturnsFilter context={context} filter={filter} errors={errors} path="/desk/returns" />
      {returns.length > 0 ? (
        <>
          <ReturnsTable
            messages={messages}
            me={me}
            lines={returns}
            caption={messages('list.all')}
            shown={['person', 'state', 'deadline', 'next']}
            choosing={offersSeveral(me, returns)}
          />
          <SeveralForm messages={messages} me={me} lines={returns} />
        </>
      ) : errors.length > 0 ? null : (
        <p class="govuk-inset-text">{messages(none)}</p>
      )}
      <PagingLinks context={context} paging={paging} rows={returns.length} next={next} looked={looked} />
    </>,
  )
})
