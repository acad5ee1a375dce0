import { Hono } from 'hono'
import { worklist } from '../../../schemas/api/answers.ts'
import { draftingKinds, drafts as draftsAnswer } from '../../../schemas/api/drafts.ts'
import { isOwner } from '../../../schemas/commands/commands.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import type { DeskEnv, Me } from '../context.ts'
import type { Words } from '../messages/messages.ts'
import { seesAlerts } from '../navigation.ts'
import { page } from '../parts/page.tsx'
import { type Line, ReturnsTable, waitingFor } from '../parts/rows.tsx'

/** The lists of "My work" in the order of their haste; a return stands in the first that it belongs to. */
const lists = ['calls', 'alerts', 'overdue', 'today', 'asked', 'waits', 'kept'] as const
type List = (typeof lists)[number]

/** Arrivals stand in a list of their own as well: whatever else there is to do about a return, she comes. */
const daysAhead = 7
const dayMs = 86_400_000
const receives: readonly string[] = ['mission', 'iom', 'centre']

/** Which lists a party can ever have something in. */
function listsOf(me: Me): List[] {
  const has: Record<List, boolean> = {
    calls: isOwner(me.kind, 'answer-call'),
    alerts: seesAlerts(me),
    overdue: true,
    today: isOwner(me.kind, 'note'),
    asked: isOwner(me.kind, 'answer'),
    waits: me.kind !== 'oversight',
    kept: isOwner(me.kind, 'take'),
  }
  return lists.filter((list) => has[list])
}

/** Which list a return belongs to for this officer and party, if any. */
function listOf({ party, user }: Me, line: Line, today: string): List | undefined {
  const { calls, phase, overdue, next, openQuestions: asked = 0, waitingFor: waits, assignee, standIn } = line
  if (calls.some((call) => call.party === party)) return 'calls'
  if (openAlert.some((open) => open === phase)) return 'alerts'
  if (overdue.length > 0) return 'overdue'
  if (next !== undefined && next <= today) return 'today'
  if (asked > 0) return 'asked'
  if (waits.some((wait) => wait.party === party)) return 'waits'
  return assignee === user || standIn === user ? 'kept' : undefined
}

/** Screen 1, for everyone: what waits for me, the most urgent first. */
export const work = new Hono<DeskEnv>().get('/', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [{ returns, next }, written] = await Promise.all([
    me.api.get(['returns'], worklist),
    draftingKinds.includes(me.kind) ? me.api.get(['drafts'], draftsAnswer) : undefined,
  ])
  const now = new Date().toISOString()
  const today = words.dayOf(now)
  const drafts = written?.drafts.filter(({ assignee }) => assignee === me.user) ?? []
  const own = listsOf(me)
  const byList = Map.groupBy(returns, (line) => listOf(me, line, today))
  const arrivals = receives.includes(me.kind) ? arrivingWithin(returns, today) : []
  const nothing = own.every((list) => !byList.has(list)) && drafts.length + arrivals.length === 0
  return page(
    visit,
    { title: words('work.title') },
    <>
      <h1 class="govuk-heading-l">{words('work.title')}</h1>
      {nothing ? <p class="govuk-body">{words('work.nothing', { at: words.clock(now) })}</p> : null}
      {own.map((list) => {
        const lines = byList.get(list)
        return lines ? (
          <ReturnsTable
            words={words}
            me={me}
            lines={lines}
            caption={words(`work.${list}`)}
            {...(list === 'today' || list === 'overdue'
              ? { next: (line) => dueIn(words, me, line, today) }
              : {})}
          />
        ) : null
      })}
      {arrivals.length > 0 ? (
        <ReturnsTable
          words={words}
          me={me}
          lines={arrivals}
          caption={words('work.arrivals')}
          next={(line) =>
            words('work.arrivesBy', {
              what: waitingFor(words, me, line),
              day: words.day(line.arriving ?? today),
            })
          }
        />
      ) : null}
      {drafts.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{words('filing.drafts')}</h2>
          <ul class="govuk-list">
            {drafts.map(({ draft, label, at }) => (
              <li>
                <a class="govuk-link" href={`/desk/filing/${draft}`}>
                  {words('filing.draftOf', {
                    who: label?.initials ?? words('list.noLabel'),
                    at: words.instant(at),
                  })}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {next ? <p class="govuk-body">{words('work.partial', { n: returns.length })}</p> : null}
      <Soon
        words={words}
        open={nothing}
        lists={[
          ...own.filter((list) => !byList.has(list)),
          ...(receives.includes(me.kind) && arrivals.length === 0 ? ['arrivals' as const] : []),
          ...(written && drafts.length === 0 ? ['drafts' as const] : []),
        ]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href="/desk/returns">
          {words('work.more')}
        </a>
      </p>
    </>,
  )
})

/** Of a page of returns those whose arrival is expected within a week, the nearest first. */
function arrivingWithin(returns: readonly Line[], today: string): Line[] {
  const last = new Date(Date.parse(today) + daysAhead * dayMs).toISOString().slice(0, today.length)
  return returns
    .filter(({ arriving }) => arriving !== undefined && arriving <= last)
    .toSorted((one, other) => (one.arriving ?? '').localeCompare(other.arriving ?? ''))
}

/** The own steps whose day has come, each with it; of what is no step of the procedure, whose move it is. */
function dueIn(words: Words, me: Me, line: Line, today: string): string {
  const steps = (line.steps ?? []).filter(({ day }) => day <= today)
  return steps.length === 0
    ? waitingFor(words, me, line)
    : steps
        .map(({ step, day }) => words('list.dueBy', { step: words.code('step', step), day: words.day(day) }))
        .join('; ')
}

/** Of each list that is empty: what will appear in it, and who puts it there. */
function Soon(props: { words: Words; open: boolean; lists: readonly (List | 'arrivals' | 'drafts')[] }) {
  const { words, open, lists: empty } = props
  if (empty.length === 0) return null
  return (
    <details class="govuk-details" open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{words('work.soon')}</span>
      </summary>
      <div class="govuk-details__text">
        <dl>
          {empty.map((list) => (
            <>
              <dt>
                <strong>{words(list === 'drafts' ? 'filing.drafts' : `work.${list}`)}</strong>
              </dt>
              <dd>{words(`work.empty.${list}`)}</dd>
            </>
          ))}
        </dl>
      </div>
    </details>
  )
}
