import { Hono } from 'hono'
import { worklist } from '../../../../schemas/api/answers.ts'
import type { DeskEnv, Me } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Leaf, Print } from '../../parts/paper.tsx'
import { type Line, masked, Urgency, waitingFor } from '../../parts/rows.tsx'
import { Table } from '../../parts/table.tsx'
import { arranges, filterIn, travelAddress } from '../travel/list.tsx'
import { childrenFirst } from '../travel/order.ts'

/** Whether a journey is of today: somebody is on the way or in danger, or a day has come or has passed. */
const isOfToday = (today: string) => (line: Line) =>
  line.phase === 'travelling' ||
  line.urgency === 2 ||
  line.overdue.length > 0 ||
  line.alerts.length > 0 ||
  (line.next !== undefined && line.next <= today)

/** The travel list of a day on paper, as it was filtered: masked lines, each with room to write. */
export const travelDay = new Hono<DeskEnv>().get('/travel/day', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!arranges(visit)) return trouble(visit, 'trouble.notFound', 404)
  const filter = filterIn(visit)
  // The most urgent and the nearest days come first: a day has fewer lines than two pages.
  const first = await me.api.get(['returns'], worklist, filter)
  const second = first.next
    ? await me.api.get(['returns'], worklist, { ...filter, cursor: first.next })
    : { returns: [], next: undefined }
  const today = words.dayOf(new Date().toISOString())
  const lines = childrenFirst([...first.returns, ...second.returns].filter(isOfToday(today)))
  const title = words('paper.day.title', { day: words.day(today) })
  return page(
    visit,
    { title: words('paper.day.link'), back: travelAddress(filter, undefined), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print words={words} />
      <Leaf words={words} me={me}>
        <h2>{title}</h2>
        {lines.length > 0 ? <Lines words={words} me={me} lines={lines} /> : <p>{words('paper.day.none')}</p>}
        {second.next ? <p>{words('paper.day.more')}</p> : null}
      </Leaf>
    </>,
  )
})

function Lines({ words, me, lines }: { words: Words; me: Me; lines: readonly Line[] }) {
  const heads = ['list.reference', 'list.label', 'list.phase', 'list.next', 'paper.day.notes'] as const
  return (
    <Table
      caption={words('travel.order')}
      heads={heads.map((head) => words(head))}
      rows={lines.map((line) => [
        line.reference,
        masked(words, line.label),
        <>
          <Urgency words={words} line={line} />{' '}
          {[words.code('phase', line.phase), ...line.alerts.map((alert) => words.code('alert', alert))].join(
            ', ',
          )}
        </>,
        [waitingFor(words, me, line), ...(line.next ? [words.day(line.next)] : [])].join(', '),
        '',
      ])}
    />
  )
}
