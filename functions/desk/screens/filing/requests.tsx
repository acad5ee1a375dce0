import { Hono } from 'hono'
import { reference } from '../../../../schemas/api/answers.ts'
import { worklistAnswer } from '../../../../schemas/api/work-answers.ts'
import { requestId } from '../../../../schemas/values/texts.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv } from '../../context.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagingIn } from '../../parts/paging.tsx'
import { Imprint, Print } from '../../parts/paper.tsx'
import { ReturnsTable } from '../../parts/returns-table.tsx'
import { offersSeveral, SeveralForm } from '../../parts/several.tsx'

/** A request with all its persons. Right after filing it is the confirmation, to print and to keep. */
export const requests = new Hono<DeskEnv>().get('/requests/:request', async (context) => {
  const { messages, me } = context.var
  const request = requestId.safeParse(context.req.param('request'))
  if (!request.success) return notFound(context)
  const sent = context.req.query('sent')
  const isSent = sent !== undefined
  const sentReferences = (sent ?? '').split(',').filter((text) => reference.safeParse(text).success)
  const paging = pagingIn(context)
  const { returns, next } = await me.api
    .get(['requests', request.data], worklistAnswer, { cursor: paging.cursor })
    .catch((error: unknown) => {
      // The request was just sent. The own worklist gets it by the same way as all others.
      if (isSent && isRefusedWith(error, 'not-found')) return { returns: [], next: undefined }
      throw error
    })
  // Sent twice, the confirmation is the same. The second answer knows the references only when the list does.
  const references =
    isSent && sentReferences.length === 0 ? returns.map((text) => text.reference) : sentReferences
  const title = messages(isSent ? 'request.sent' : 'request.title')
  return page(
    context,
    { title, back: '/desk/returns', isPaper: true },
    <>
      <div class={isSent ? 'govuk-panel govuk-panel--confirmation' : ''}>
        <h1 class={isSent ? 'govuk-panel__title' : 'govuk-heading-l'}>{title}</h1>
        {references.length > 0 ? (
          <div class="govuk-panel__body">
            {messages('request.references')}
            <br />
            {references.map((reference) => (
              <>
                <strong>{reference}</strong>
                <br />
              </>
            ))}
          </div>
        ) : null}
      </div>
      {returns.length > 0 ? (
        <>
          <ReturnsTable
            messages={messages}
            me={me}
            lines={returns}
            caption={messages('request.returns')}
            choosing={offersSeveral(me, returns)}
          />
          <SeveralForm messages={messages} me={me} lines={returns} />
        </>
      ) : (
        <p class="govuk-body">
          {messages('request.soon')}{' '}
          <a class="govuk-link" href={`/desk/requests/${request.data}?sent=${references.join(',')}`}>
            {messages('request.again')}
          </a>
        </p>
      )}
      <PagingLinks context={context} paging={paging} rows={returns.length} next={next} />
      <h2 class="govuk-heading-m">{messages('request.next')}</h2>
      <p class="govuk-body">{messages('request.nextText')}</p>
      <Print messages={messages} />
      <div class="only-print">
        <Imprint messages={messages} me={me} of={returns} />
      </div>
    </>,
  )
})
