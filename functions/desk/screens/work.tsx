import { Hono } from 'hono'
import { draftingKinds, drafts as draftsAnswer } from '../../../schemas/api/drafts.ts'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { isOwner } from '../../../schemas/commands/commands.ts'
import { openAlert } from '../../../schemas/procedure/phases.ts'
import { stepNames } from '../../../schemas/procedure/procedure.ts'
import type { DeskEnv, SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { seesAlerts } from '../parts/navigation.ts'
import { page } from '../parts/page.tsx'
import { ReturnsTable, type WorklistRow, waitingFor } from '../parts/returns-table.tsx'

/** The lists of "My work", the most urgent first. A return stands in the first list that it belongs to. */
const lists = ['calls', 'alerts', 'overdue', 'today', 'asked', 'waits', 'kept'] as const
type List = (typeof lists)[number]

/** Arrivals also stand in a list of their own, whatever else there is to do about the return. */
const daysAhead = 7
const dayMs = 86_400_000
const receives: readonly string[] = ['mission', 'iom', 'centre']

/** The lists that a party can have something in. */
function listsOf(me: SignedIn): List[] {
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

/** The list that a return belongs to for this officer and party, if any. */
function listOf({ party, user }: SignedIn, line: WorklistRow, today: string): List | undefined {
  const { calls, phase, overdue, next, items, assignee, standIn } = line
  const own = items.filter((item) => item.party === party)
  if (calls.some((call) => call.party === party)) return 'calls'
  if (openAlert.some((open) => open === phase)) return 'alerts'
  if (overdue.length > 0) return 'overdue'
  if (next !== undefined && next <= today) return 'today'
  if (own.some(({ what }) => what === 'answer-question')) return 'asked'
  if (own.length > 0) return 'waits'
  return assignee === user || standIn === user ? 'kept' : undefined
}

/** Screen 1, for everyone: what waits for me, the most urgent first. */
export const work = new Hono<DeskEnv>().get('/', async (context) => {
  const { messages, me } = context.var
  const [{ returns, next }, written] = await Promise.all([
    me.api.get(['returns'], worklistAnswer),
    draftingKinds.includes(me.kind) ? me.api.get(['drafts'], draftsAnswer) : undefined,
  ])
  const now = new Date().toISOString()
  const today = messages.dayOf(now)
  const drafts = written?.drafts.filter(({ assignee }) => assignee === me.user) ?? []
  const own = listsOf(me)
  const byList = Map.groupBy(returns, (line) => listOf(me, line, today))
  const arrivals = receives.includes(me.kind) ? arrivingWithin(returns, today) : []
  const nothing = own.every((list) => !byList.has(list)) && drafts.length + arrivals.length === 0
  return page(
    context,
    { title: messages('work.title') },
    <>
      <h1 class="govuk-heading-l">{messages('work.title')}</h1>
      {nothing ? <p class="govuk-body">{messages('work.nothing', { at: messages.clock(now) })}</p> : null}
      {own.map((list) => {
        const lines = byList.get(list)
        return lines ? (
          <ReturnsTable
            messages={messages}
            me={me}
            lines={lines}
            caption={messages(`work.${list}`)}
            {...(list === 'today' || list === 'overdue'
              ? { next: (line) => dueIn(messages, me, line, today) }
              : {})}
          />
        ) : null
      })}
      {arrivals.length > 0 ? (
        <ReturnsTable
          messages={messages}
          me={me}
          lines={arrivals}
          caption={messages('work.arrivals')}
          next={(line) =>
            messages('work.arrivesBy', {
              what: waitingFor(messages, me, line),
              day: messages.day(line.arriving ?? today),
            })
          }
        />
      ) : null}
      {drafts.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{messages('filing.drafts')}</h2>
          <ul class="govuk-list">
            {drafts.map(({ draft, label, at }) => (
              <li>
                <a class="govuk-link" href={`/desk/filing/${draft}`}>
                  {messages('filing.draftOf', {
                    who: label?.initials ?? messages('list.noLabel'),
                    at: messages.instant(at),
                  })}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {next ? <p class="govuk-body">{messages('work.partial', { n: returns.length })}</p> : null}
      <EmptyLists
        messages={messages}
        open={nothing}
        lists={[
          ...own.filter((list) => !byList.has(list)),
          ...(receives.includes(me.kind) && arrivals.length === 0 ? ['arrivals' as const] : []),
          ...(written && drafts.length === 0 ? ['drafts' as const] : []),
        ]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href="/desk/returns">
          {messages('work.more')}
        </a>
      </p>
    </>,
  )
})

/** The returns of a page whose arrival is expected within a week, the nearest first. */
function arrivingWithin(returns: readonly WorklistRow[], today: string): WorklistRow[] {
  const last = new Date(Date.parse(today) + daysAhead * dayMs).toISOString().slice(0, today.length)
  return returns
    .filter(({ arriving }) => arriving !== undefined && arriving <= last)
    .toSorted((first, second) => (first.arriving ?? '').localeCompare(second.arriving ?? ''))
}

const isStep = (what: string) => (stepNames as readonly string[]).includes(what)

/** The own steps whose day has come, each with its day. Without such a step, whom the return waits for. */
function dueIn(messages: Messages, me: SignedIn, line: WorklistRow, today: string): string {
  const steps = line.items.flatMap(({ what, party, day }) =>
    party === me.party && day && day <= today && isStep(what) ? [{ what, day }] : [],
  )
  return steps.length === 0
    ? waitingFor(messages, me, line)
    : steps
        .map(({ what, day }) =>
          messages('list.dueBy', { step: messages.code('step', what), day: messages.day(day) }),
        )
        .join('; ')
}

/** Says of each empty list what will appear in it, and who puts it there. */
function EmptyLists(props: {
  messages: Messages
  open: boolean
  lists: readonly (List | 'arrivals' | 'drafts')[]
}) {
  const { messages, open, lists: empty } = props
  if (empty.length === 0) return null
  return (
    <details class="govuk-details" open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{messages('work.soon')}</span>
      </summary>
      <div class="govuk-details__text">
        <dl>
          {empty.map((list) => (
            <>
              <dt>
                <strong>{messages(list === 'drafts' ? 'filing.drafts' : `work.${list}`)}</strong>
              </dt>
              <dd>{messages(`work.empty.${list}`)}</dd>
            </>
          ))}
        </dl>
      </div>
    </details>
  )
}
