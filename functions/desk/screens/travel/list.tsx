import { Hono } from 'hono'
import { commandAnswer } from '../../../../schemas/api/answers.ts'
import { type WorklistQuery, worklistQuery } from '../../../../schemas/api/requests.ts'
import { worklistAnswer } from '../../../../schemas/api/work-answers.ts'
import { returnPhases } from '../../../../schemas/procedure/phases.ts'
import { returnId } from '../../../../schemas/values/texts.ts'
import type { Problem } from '../../api.ts'
import type { DeskContext, DeskEnv, SignedIn } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { submitUnchecked } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { childrenFirst } from '../../parts/children-first.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { maskedPerson, Urgency, type WorklistRow, waitingFor } from '../../parts/returns-table.tsx'
import { Table } from '../../parts/table.tsx'

/** The choices of the filter by assignee. */
const assigneeChoices = ['to-me', 'to-nobody'] as const

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
      done: () => travelAddress(filterIn(context), context.req.query('from'), 'take'),
      onRefusal: ({ problem }) => list(context, problem),
    })
  })

/** Whether the travel list is for this user. */
export const isArranger = (context: DeskContext) => context.var.me.kind === 'iom'

/** The filter of the address. Values that no list knows are left out. */
export function filterIn(context: DeskContext): WorklistQuery {
  const { phase, assigned } = context.req.query()
  return {
    ...worklistQuery.safeParse(phase ? { phase } : {}).data,
    ...worklistQuery.safeParse(assigned ? { assigned } : {}).data,
  }
}

/** The address of the list, with its filter and the place in it. */
export function travelAddress(filter: WorklistQuery, from: string | undefined, done?: string): string {
  const query = new URLSearchParams({ ...filter, ...(from ? { from } : {}), ...(done ? { done } : {}) })
  return `/desk/travel${query.size > 0 ? `?${query}` : ''}`
}

async function list(context: DeskContext, problem?: Problem) {
  const [messages, me, filter] = [context.var.messages, context.var.me, filterIn(context)]
  const from = context.req.query('from')
  const { returns, next } = await me.api.get(['returns'], worklistAnswer, { ...filter, cursor: from })
  return page(
    context,
    { title: messages('travel.title'), failed: problem !== undefined, status: problem ? 422 : 200 },
    <>
      <SuccessBanner
        messages={messages}
        text={context.req.query('done') === 'take' ? messages('travel.taken') : undefined}
      />
      <RefusalSummary messages={messages} problem={problem} />
      <h1 class="govuk-heading-l">{messages('travel.title')}</h1>
      <Filter messages={messages} filter={filter} />
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/travel/day?${new URLSearchParams(filter)}`}>
          {messages('paper.day.link')}
        </a>
      </p>
      {returns.length > 0 ? (
        <Journeys messages={messages} me={me} lines={childrenFirst(returns)} here={{ filter, from }} />
      ) : (
        <p class="govuk-inset-text">{messages(next ? 'travel.noneHere' : 'travel.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={travelAddress(filter, next)} rel="next">
          {messages('list.next-page')}
        </a>
      ) : null}
    </>,
  )
}

/** The filter: a phase and an assignee. Both may stand in the address. */
function Filter({ messages, filter }: { messages: Messages; filter: WorklistQuery }) {
  const lists = [
    [
      'phase',
      messages('list.phase'),
      returnPhases.map((returnPhase) => [returnPhase, messages.code('phase', returnPhase)]),
    ],
    [
      'assigned',
      messages('travel.keeper'),
      assigneeChoices.map((choice) => [choice, messages(`travel.${choice}`)]),
    ],
  ] as const
  return (
    <form method="get" action="/desk/travel" class="filter no-print">
      {lists.map(([name, label, values]) => (
        <div class="govuk-form-group">
          <label class="govuk-label" for={name}>
            {label}
          </label>
          <select class="govuk-select" id={name} name={name}>
            <option value="">{messages('travel.all')}</option>
            {values.map(([value = '', text]) => (
              <option value={value} selected={filter[name] === value}>
                {text}
              </option>
            ))}
          </select>
        </div>
      ))}
      <Button kind="secondary">{messages('travel.filter')}</Button>
    </form>
  )
}

interface Here {
  filter: WorklistQuery
  from: string | undefined
}

function Journeys(props: { messages: Messages; me: SignedIn; lines: readonly WorklistRow[]; here: Here }) {
  const { messages, me, lines, here } = props
  const heads = [
    'list.reference',
    'list.label',
    'list.phase',
    'list.deadline',
    'list.next',
    'travel.keeper',
  ] as const
  return (
    <Table
      caption={messages('travel.order')}
      heads={heads.map((head) => messages(head))}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/returns/${line.ret}/itinerary`}>
          {line.reference}
        </a>,
        maskedPerson(messages, line.label),
        <>
          <Urgency messages={messages} line={line} /> {messages.code('phase', line.phase)}
        </>,
        deadline(messages, line),
        waitingFor(messages, me, line),
        <Assignee messages={messages} me={me} line={line} here={here} />,
      ])}
    />
  )
}

/** The nearest deadline, or since when something is late. */
function deadline(messages: Messages, { next, overdue }: WorklistRow): string {
  const [late] = overdue.map(({ since }) => since).toSorted()
  if (late) return messages('travel.late', { day: messages.day(late) })
  return next ? messages.day(next) : messages('travel.noDay')
}

/** The assignee; without one, a button to take the return. */
function Assignee({
  messages,
  me,
  line,
  here,
}: {
  messages: Messages
  me: SignedIn
  line: WorklistRow
  here: Here
}) {
  if (line.assignee === me.user) return <>{messages('list.you')}</>
  if (line.assignee) return <>{messages(line.standIn === me.user ? 'travel.standIn' : 'travel.colleague')}</>
  const query = travelAddress(here.filter, here.from).slice('/desk/travel'.length)
  return (
    <form method="post" action={`/desk/travel/${line.ret}/take${query}`}>
      <HiddenFields me={me} version={line.version} />
      <button type="submit" class="as-link" aria-label={`${messages('travel.take')} ${line.reference}`}>
        {messages('travel.take')}
      </button>
    </form>
  )
}
