import { Hono } from 'hono'
import { worklist } from '../../../schemas/answers.ts'
import { page } from '../parts/page.tsx'
import { ReturnsTable } from '../parts/rows.tsx'
import type { DeskEnv } from '../visit.ts'

/** Screen 1, for everyone: what waits for me. */
export const work = new Hono<DeskEnv>().get('/', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const { returns } = await me.api.get(['returns'], worklist)
  const waiting = returns.filter(
    ({ waits, calls, overdue }) =>
      [...waits, ...calls].some(({ party }) => party === me.party) || overdue.length > 0,
  )
  const now = words.clock(new Date().toISOString())
  return page(
    visit,
    { title: words('work.title') },
    <>
      <h1 class="govuk-heading-l">{words('work.title')}</h1>
      {waiting.length > 0 ? (
        <ReturnsTable words={words} me={me} lines={waiting} caption={words('work.waits')} />
      ) : (
        <p class="govuk-body">{words('work.nothing', { at: now })}</p>
      )}
      {returns.length === 0 ? <p class="govuk-inset-text">{words('work.first')}</p> : null}
      <p class="govuk-body">
        <a class="govuk-link" href="/desk/returns">
          {words('work.more')}
        </a>
      </p>
    </>,
  )
})
