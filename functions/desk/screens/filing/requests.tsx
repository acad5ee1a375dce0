import { Hono } from 'hono'
import { reference, worklist } from '../../../../schemas/api/answers.ts'
import { requestId } from '../../../../schemas/values/texts.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv } from '../../context.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Imprint, Print } from '../../parts/paper.tsx'
import { ReturnsTable } from '../../parts/rows.tsx'

/** A request with all its persons; right after filing it is the confirmation, to print and to keep. */
export const requests = new Hono<DeskEnv>().get('/requests/:request', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const request = requestId.safeParse(visit.req.param('request'))
  if (!request.success) return trouble(visit, 'trouble.notFound', 404)
  const sent = visit.req.query('sent')
  const isSent = sent !== undefined
  const told = (sent ?? '').split(',').filter((one) => reference.safeParse(one).success)
  const { returns } = await me.api.get(['requests', request.data], worklist).catch((error: unknown) => {
    // Just sent: the own worklist learns of it by the same way as everybody's.
    if (isSent && isRefusedWith(error, 'not-found')) return { returns: [] }
    throw error
  })
  // Sent twice, it is the same confirmation: who came second does not know the references before the list does.
  const references = isSent && told.length === 0 ? returns.map((one) => one.reference) : told
  const title = words(isSent ? 'request.sent' : 'request.title')
  return page(
    visit,
    { title, back: '/desk/returns', isPaper: true },
    <>
      <div class={isSent ? 'govuk-panel govuk-panel--confirmation' : ''}>
        <h1 class={isSent ? 'govuk-panel__title' : 'govuk-heading-l'}>{title}</h1>
        {references.length > 0 ? (
          <div class="govuk-panel__body">
            {words('request.references')}
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
        <ReturnsTable words={words} me={me} lines={returns} caption={words('request.returns')} />
      ) : (
        <p class="govuk-body">
          {words('request.soon')}{' '}
          <a class="govuk-link" href={`/desk/requests/${request.data}?sent=${references.join(',')}`}>
            {words('request.again')}
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">{words('request.next')}</h2>
      <p class="govuk-body">{words('request.nextText')}</p>
      <Print words={words} />
      <div class="only-print">
        <Imprint words={words} me={me} of={returns} />
      </div>
    </>,
  )
})
