import { Hono } from 'hono'
import { worklistAnswer } from '../../../../schemas/api/answers.ts'
import type { DeskEnv, SignedIn } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { childrenFirst } from '../../parts/children-first.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Print, PrintedPage } from '../../parts/paper.tsx'
import { filteredAddress, filterIn } from '../../parts/returns-filter.tsx'
import { NextSteps, Person, State, type WorklistRow } from '../../parts/returns-table.tsx'
import { Table } from '../../parts/table.tsx'
import { isArranger } from '../travel/list.tsx'

/** Whether a journey is of today: she is on the way or in danger, or a deadline has come or has passed. */
const isOfToday = (today: string) => (line: WorklistRow) =>
  line.phase === 'travelling' ||
  line.urgency === 2 ||
  line.overdue.length > 0 ||
  line.alerts.length > 0 ||
  (line.next !== undefined && line.next <= today)

/** The travel list of a day on paper, with the same filter: masked lines, each with room to write. */
export const travelDay = new Hono<DeskEnv>().get('/travel/day', async (context) => {
  const { messages, me } = context.var
  if (!isArranger(context)) return notFound(context)
  const { filter } = filterIn(context)
  // The most urgent and the nearest days come first: a day has fewer lines than two pages.
  const first = await me.api.get(['returns'], worklistAnswer, filter)
  const second = first.next
    ? await me.api.get(['returns'], worklistAnswer, { ...filter, cursor: first.next })
    : { returns: [], next: undefined }
  const today = messages.dayOf(new Date().toISOString())
  const lines = childrenFirst([...first.returns, ...second.returns].filter(isOfToday(today)))
  const title = messages('paper.day.title', { day: messages.day(today) })
  return page(
    context,
    { title: messages('paper.day.link'), back: filteredAddress('/desk/travel', filter), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print messages={messages} />
      <PrintedPage messages={messages} me={me}>
        <h2>{title}</h2>
        {lines.length > 0 ? (
          <Lines messages={messages} me={me} lines={lines} today={today} />
        ) : (
          <p>{messages('paper.day.none')}</p>
        )}
        {second.next ? <p>{messages('paper.day.more')}</p> : null}
      </PrintedPage>
    </>,
  )
})

function Lines(props: { messages: Messages; me: SignedIn; lines: readonly WorklistRow[]; today: string }) {
  const { messages, me, lines, today } = props
  const heads = ['list.reference', 'list.label', 'list.phase', 'list.next', 'paper.day.notes'] as const
  return (
    <Table
      caption={messages('travel.order')}
      heads={heads.map((head) => messages(head))}
      rows={lines.map((line) => [
        line.reference,
        <Person messages={messages} line={line} />,
        <State messages={messages} line={line} />,
        <NextSteps messages={messages} me={me} line={line} today={today} />,
        '',
      ])}
    />
  )
}
