import { Hono } from 'hono'
import { commanded, worklist } from '../../../../schemas/api/answers.ts'
import { type WorklistQuery, worklistQuery } from '../../../../schemas/api/requests.ts'
import { returnPhases } from '../../../../schemas/procedure/phases.ts'
import { returnId } from '../../../../schemas/values/texts.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import type { DeskEnv, Me, Visit } from '../../context.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, Sending } from '../../form/sending.tsx'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done, Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { type Line, masked, Urgency, waitingFor } from '../../parts/rows.tsx'
import { Table } from '../../parts/table.tsx'
import { childrenFirst } from './order.ts'

/** States in which there is a journey to make: the others are chosen only by who looks for them. */
const assignedChoices = ['to-me', 'to-nobody'] as const

/** Screen 8: who is to travel. Danger today first, then the nearest deadline, then a child. */
export const travelList = new Hono<DeskEnv>()
  .get('/travel', async (visit) => (arranges(visit) ? list(visit) : trouble(visit, 'trouble.notFound', 404)))
  .post('/travel/:ret/take', async (visit) => {
    const ret = returnId.safeParse(visit.req.param('ret'))
    if (!arranges(visit) || !ret.success) return trouble(visit, 'trouble.notFound', 404)
    const { once, version } = await postedIn(visit)
    try {
      await visit
        .get('me')
        .api.post(['returns', ret.data, 'commands', 'take'], commanded, { body: {}, key: once, version })
      return visit.redirect(travelAddress(filterIn(visit), visit.req.query('from'), 'take'), 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      return list(visit, error.problem)
    }
  })

/** Whether the travel list is somebody's. */
export const arranges = (visit: Visit) => visit.get('me').kind === 'iom'

/** What of the list is asked for; what no list can be asked for is left out. */
export function filterIn(visit: Visit): WorklistQuery {
  const { phase, assigned } = visit.req.query()
  return {
    ...worklistQuery.safeParse(phase ? { phase } : {}).data,
    ...worklistQuery.safeParse(assigned ? { assigned } : {}).data,
  }
}

/** Where the list is, as it is filtered, and where in it somebody was. */
export function travelAddress(filter: WorklistQuery, from: string | undefined, done?: string): string {
  const query = new URLSearchParams({ ...filter, ...(from ? { from } : {}), ...(done ? { done } : {}) })
  return `/desk/travel${query.size > 0 ? `?${query}` : ''}`
}

async function list(visit: Visit, problem?: Problem) {
  const [words, me, filter] = [visit.get('words'), visit.get('me'), filterIn(visit)]
  const from = visit.req.query('from')
  const { returns, next } = await me.api.get(['returns'], worklist, { ...filter, cursor: from })
  return page(
    visit,
    { title: words('travel.title'), failed: problem !== undefined, status: problem ? 422 : 200 },
    <>
      <Done words={words} text={visit.req.query('done') === 'take' ? words('travel.taken') : undefined} />
      <Refused words={words} problem={problem} />
      <h1 class="govuk-heading-l">{words('travel.title')}</h1>
      <Filter words={words} filter={filter} />
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/travel/day?${new URLSearchParams(filter)}`}>
          {words('paper.day.link')}
        </a>
      </p>
      {returns.length > 0 ? (
        <Journeys words={words} me={me} lines={childrenFirst(returns)} here={{ filter, from }} />
      ) : (
        <p class="govuk-inset-text">{words(next ? 'travel.noneHere' : 'travel.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={travelAddress(filter, next)} rel="next">
          {words('list.next-page')}
        </a>
      ) : null}
    </>,
  )
}

/** A form that asks, and so has nothing secret in its address: a state, and whose. */
function Filter({ words, filter }: { words: Words; filter: WorklistQuery }) {
  const lists = [
    [
      'phase',
      words('list.phase'),
      returnPhases.map((returnPhase) => [returnPhase, words.code('phase', returnPhase)]),
    ],
    [
      'assigned',
      words('travel.keeper'),
      assignedChoices.map((choice) => [choice, words(`travel.${choice}`)]),
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
            <option value="">{words('travel.all')}</option>
            {values.map(([value = '', text]) => (
              <option value={value} selected={filter[name] === value}>
                {text}
              </option>
            ))}
          </select>
        </div>
      ))}
      <Button kind="secondary">{words('travel.filter')}</Button>
    </form>
  )
}

interface Here {
  filter: WorklistQuery
  from: string | undefined
}

function Journeys(props: { words: Words; me: Me; lines: readonly Line[]; here: Here }) {
  const { words, me, lines, here } = props
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
      caption={words('travel.order')}
      heads={heads.map((head) => words(head))}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/returns/${line.ret}/itinerary`}>
          {line.reference}
        </a>,
        masked(words, line.label),
        <>
          <Urgency words={words} line={line} /> {words.code('phase', line.phase)}
        </>,
        deadline(words, line),
        waitingFor(words, me, line),
        <Keeper words={words} me={me} line={line} here={here} />,
      ])}
    />
  )
}

/** The nearest day, and since when something is late. */
function deadline(words: Words, { next, overdue }: Line): string {
  const [late] = overdue.map(({ since }) => since).toSorted()
  if (late) return words('travel.late', { day: words.day(late) })
  return next ? words.day(next) : words('travel.noDay')
}

/** Who keeps it; where nobody does, one button makes it one's own. */
function Keeper({ words, me, line, here }: { words: Words; me: Me; line: Line; here: Here }) {
  if (line.assignee === me.user) return <>{words('list.you')}</>
  if (line.assignee) return <>{words(line.standIn === me.user ? 'travel.standIn' : 'travel.colleague')}</>
  const query = travelAddress(here.filter, here.from).slice('/desk/travel'.length)
  return (
    <form method="post" action={`/desk/travel/${line.ret}/take${query}`}>
      <Sending me={me} version={line.version} />
      <button type="submit" class="as-link" aria-label={`${words('travel.take')} ${line.reference}`}>
        {words('travel.take')}
      </button>
    </form>
  )
}
