import { Hono } from 'hono'
import { alerted, worklist } from '../../../schemas/api/answers.ts'
import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import { isApiRefusal, type Problem } from '../api.ts'
import { type DeskEnv, typedForm, type Visit } from '../context.ts'
import { wrongsFrom } from '../form/errors.ts'
import { Fields } from '../form/fields.tsx'
import type { Typed } from '../form/form-data.ts'
import { postedIn } from '../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../form/sending.tsx'
import { askedBy, judge } from '../form/validate.ts'
import { mayRaise, seesAlerts } from '../navigation.ts'
import { trouble } from '../parts/error-page.tsx'
import { Refused, Warnings } from '../parts/notice.tsx'
import { page } from '../parts/page.tsx'
import { ReturnsTable } from '../parts/rows.tsx'

/** Somebody abroad needs help and nobody knows yet who she is: the alerts that are open, and the form that raises one. */
export const alerts = new Hono<DeskEnv>()
  .get('/alerts', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!seesAlerts(me)) return trouble(visit, 'trouble.notFound', 404)
    // As many calls as an open alert has phases: two.
    const lists = await Promise.all(
      openAlert.map((phase) => me.api.get(['returns'], worklist, { phase, cursor: visit.req.query(phase) })),
    )
    const none = lists.every(({ returns, next }) => returns.length === 0 && !next)
    return page(
      visit,
      { title: words('alerts.title') },
      <>
        <h1 class="govuk-heading-l">{words('alerts.title')}</h1>
        {mayRaise(me) ? (
          <a class="govuk-button" href="/desk/alerts/new">
            {words('alerts.raise')}
          </a>
        ) : null}
        {none ? (
          <p class="govuk-inset-text">
            {words(me.kind === 'consular' ? 'alerts.emptyConsular' : 'alerts.empty')}
          </p>
        ) : null}
        {me.kind === 'consular' ? <p class="govuk-body">{words('alerts.uncovered')}</p> : null}
        {openAlert.map((phase, index) => {
          const { returns = [], next } = lists[index] ?? {}
          return (
            <>
              {returns.length > 0 ? (
                <ReturnsTable words={words} me={me} lines={returns} caption={words.code('phase', phase)} />
              ) : null}
              {next ? (
                <a class="govuk-link" href={`/desk/alerts?${phase}=${encodeURIComponent(next)}`} rel="next">
                  {words('list.next-page')}
                </a>
              ) : null}
            </>
          )
        })}
      </>,
    )
  })
  .get('/alerts/new', (visit) =>
    mayRaise(visit.get('me')) ? form(visit, {}) : trouble(visit, 'trouble.notFound', 404),
  )
  .post('/alerts/new', async (visit) => {
    const [words, me] = [visit.get('words').about('alert'), visit.get('me')]
    if (!mayRaise(me)) return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, rows } = await postedIn(visit)
    if (rows) return form(visit, { typed: rows, once })
    const { content, wrongs } = judge(words, bodyOf('alert', me.kind), typed)
    if (wrongs.length > 0) return form(visit, { typed, wrongs, once })
    try {
      const { ret } = await me.api.post(['alerts'], alerted, { body: content, key: once })
      return visit.redirect(`/desk/returns/${ret}?done=alert`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(visit, { typed, problem, wrongs: wrongsFrom(words, problem.fields ?? []) })
    }
  })

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
}

function form(visit: Visit, { typed = new Map(), wrongs = [], problem, once }: Shown) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0 || problem !== undefined
  const asking = { words: words.about('alert'), typed, wrongs }
  return page(
    visit,
    { title: words('alerts.raise'), back: '/desk/alerts', failed, typed: true, status: failed ? 422 : 200 },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('alerts.raise')}</h1>
      <p class="govuk-inset-text">{words('alerts.noName')}</p>
      <form id={typedForm} method="post" action="/desk/alerts/new" novalidate>
        <Sending me={me} once={once} />
        <Warnings words={asking.words} problem={problem} typed={typed} />
        <Fields asking={asking} shape={askedBy(bodyOf('alert', me.kind))} path={[]} />
        <Button>{words('form.send')}</Button>
      </form>
    </>,
  )
}
