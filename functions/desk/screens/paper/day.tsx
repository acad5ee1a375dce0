import { Hono } from 'hono'
import type { WorklistQuery } from '../../../../schemas/api/requests.ts'
import { worklistAnswer } from '../../../../schemas/api/work-answers.ts'
import type { DeskEnv, SignedIn } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { childrenFirst } from '../../parts/children-first.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Print, PrintedPage } from '../../parts/paper.tsx'
import { filteredAddress, filterIn } from '../../parts/returns-filter.tsx'
import { NextSteps, PersonCell, StateCell, type WorklistRow } from '../../parts/returns-table.tsx'
import { Table } from '../../parts/table.tsx'
import { isArranger } from '../travel/list.tsx'

/** Whether a journey is of today: she is on the way or in danger, or a deadline has come or has passed. */
const isOfToday = (today: string) => (line: WorklistRow) =>
  line.phase === 'travelling' ||
  line.urgency === 2 ||
  line.overdue.length > 0 ||
  line.alerts.length > 0 ||
  (line.next !== undefined && line.next <= today)

/** Pages of a list that are read at most for one day. */
const mostPages = 8

/** The lines of today at the beginning of a list: the pages up to one that has none, and whether that is the whole. */
async function readOfToday(
  me: SignedIn,
  filter: WorklistQuery,
  isListed: (line: WorklistRow) => boolean,
): Promise<{ lines: WorklistRow[]; isWhole: boolean }> {
  const lines: WorklistRow[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { returns, next } = await me.api.get(['returns'], worklistAnswer, { ...filter, cursor })
    const own = returns.filter(isListed)
    lines.push(...own)
    if (next === undefined || own.length === 0) return { lines, isWhole: true }
    cursor = next
  }
  return { lines, isWhole: false }
}

/** The travel list of a day on paper, with the same filter: masked lines, each with room to write. */
export const travelDay = new Hono<DeskEnv>().get('/travel/day', async (context) => {
  const { messages, me } = context.var
  if (!isArranger(context)) return notFound(context)
  const { filter } = filterIn(context)
  const today = messages.dayOf(new Date().toISOString())
  // What is due comes first. Who is on the way while nothing is due stands further down, so they are asked for as well.
  const travelling = filter.phase === undefined || filter.phase === 'travelling'
  const parts = await Promise.all([
    readOfToday(me, filter, isOfToday(today)),
    ...(travelling ? [readOfToday(me, { ...filter, phase: 'travelling' }, isOfToday(today))] : []),
  ])
  const all = new Map(parts.flatMap(({ lines }) => lines.map((line) => [line.ret, line] as const)))
  const lines = childrenFirst([...all.values()])
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
        {parts.some(({ isWhole }) => !isWhole) ? <p>{messages('paper.day.more')}</p> : null}
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
        <PersonCell messages={messages} line={line} />,
        <StateCell messages={messages} line={line} />,
        <NextSteps messages={messages} me={me} line={line} today={today} />,
        '',
      ])}
    />
  )
}
