import { Hono } from 'hono'
import { commandAnswer } from '../../../../schemas/api/answers.ts'
import { worklistAnswer } from '../../../../schemas/api/work-answers.ts'
import { returnId } from '../../../../schemas/values/texts.ts'
import type { Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { submitUnchecked } from '../../form/submit.ts'
import { childrenFirst } from '../../parts/children-first.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagingIn } from '../../parts/paging.tsx'
import { type FilterName, filteredAddress, filterIn, ReturnsFilter } from '../../parts/returns-filter.tsx'
import {
  deadlineText,
  NextSteps,
  PersonCell,
  Reference,
  StateCell,
  type WorklistRow,
} from '../../parts/returns-table.tsx'
import { offersSeveral, SeveralBox, SeveralForm } from '../../parts/several.tsx'
import { Table } from '../../parts/table.tsx'
import { WeekCalendar } from './calendar.tsx'

/** Screen 8: who is to travel. Danger today first, then the nearest deadline, then a child. */
export const travelList = new Hono<DeskEnv>()
  .get('/travel', async (context) => (isArranger(context) ? list(context) : notFound(context)))
  .post('/travel/:ret/take', (context) => {
    const { me } = context.var
    const ret = returnId.safeParse(context.req.param('ret'))
    if (!isArranger(context) || !ret.success) return notFound(context)
    return submitUnchecked(context, {
      send: ({ key, version }) =>
        me.api.post(['returns', ret.data, 'commands', 'take'], commandAnswer, { body: {}, key, version }),
      done: () => addressAfter(context, 'take'),
      onRefusal: ({ problem }) => list(context, problem),
    })
  })

/** Whether the travel list is for this user. */
export const isArranger = (context: DeskContext) => context.var.me.kind === 'iom'

/** The filters of the travel list. */
const filters: readonly FilterName[] = ['phase', 'assigned', 'post', 'arrivingFrom', 'arrivingTo', 'overdue']

const path = '/desk/travel'

/** The address of the same page of the list, after something was done there. */
function addressAfter(context: DeskContext, done: string): string {
  const query = new URLSearchParams(new URL(currentAddress(context), 'https://desk.invalid').search)
  query.set('done', done)
  return `${path}?${query}`
}

async function list(context: DeskContext, problem?: Problem) {
  const { messages, me } = context.var
  const { filter, errors } = filterIn(context)
  const paging = pagingIn(context)
  const { returns, next, looked } =
    errors.length > 0
      ? { returns: [] }
      : await me.api.get(['returns'], worklistAnswer, { ...filter, cursor: paging.cursor })
  const failed = problem !== undefined || errors.length > 0
  return page(
    context,
    { title: messages('travel.title'), failed, status: failed ? 422 : 200 },
    <>
      <SuccessBanner
        messages={messages}
        text={context.req.query('done') === 'take' ? messages('travel.taken') : undefined}
      />
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('travel.title')}</h1>
      <ReturnsFilter context={context} filter={filter} errors={errors} path={path} shown={filters} />
      <p class="govuk-body no-print">
        <a class="govuk-link" href={filteredAddress('/desk/travel/day', filter)}>
          {messages('paper.day.link')}
        </a>
      </p>
      <WeekCalendar context={context} />
      {returns.length > 0 ? (
        <>
          <Journeys context={context} lines={childrenFirst(returns)} />
          <SeveralForm messages={messages} me={me} lines={returns} />
        </>
      ) : (
        <p class="govuk-inset-text">{messages(next ? 'travel.noneHere' : 'travel.empty')}</p>
      )}
      <PagingLinks
        context={context}
        paging={paging}
        rows={returns.length}
        next={next}
        looked={looked}
        path={path}
      />
    </>,
  )
}

/** A journey on a row: who travels, what is out of the ordinary, when they leave, what is next, and who has taken it. */
function Journeys({ context, lines }: { context: DeskContext; lines: readonly WorklistRow[] }) {
  const { messages, me } = context.var
  const today = messages.dayOf(new Date().toISOString())
  const choosing = offersSeveral(me, lines)
  const heads = [
    'list.reference',
    'list.label',
    'list.phase',
    'list.departs',
    'list.deadline',
    'list.next',
    'travel.keeper',
  ] as const
  return (
    <Table
      caption={messages('travel.order')}
      heads={heads.map((head) => messages(head))}
      rows={lines.map((line) => [
        <>
          {choosing ? <SeveralBox messages={messages} line={line} /> : null}
          <Reference line={line} page="/itinerary" />
        </>,
        <PersonCell messages={messages} line={line} />,
        <StateCell messages={messages} line={line} />,
        line.label?.leaves ? messages.dayNear(line.label.leaves) : '',
        deadlineText(messages, me, line, today),
        <NextSteps messages={messages} me={me} line={line} today={today} />,
        <Assignee context={context} line={line} />,
      ])}
    />
  )
}

/** The assignee; without one, a button to take the return. */
function Assignee({ context, line }: { context: DeskContext; line: WorklistRow }) {
  const { messages, me } = context.var
  if (line.assignee === me.user) return <>{messages('list.you')}</>
  if (line.assignee) return <>{messages(line.standIn === me.user ? 'travel.standIn' : 'travel.colleague')}</>
  return (
    <form method="post" action={`${path}/${line.ret}/take${new URL(context.req.url).search}`}>
      <HiddenFields me={me} version={line.version} />
      <button type="submit" class="as-link" aria-label={`${messages('travel.take')} ${line.reference}`}>
        {messages('travel.take')}
      </button>
    </form>
  )
}
