import { Hono } from 'hono'
import { worklist } from '../../../schemas/answers.ts'
import { draftingKinds, drafts as draftsAnswer } from '../../../schemas/drafts.ts'
import { page } from '../parts/page.tsx'
import { type Line, ReturnsTable } from '../parts/rows.tsx'
import type { DeskEnv, Me } from '../visit.ts'

/** The lists of "My work" in the order of their haste; a return stands in the first that it belongs to. */
const lists = ['calls', 'overdue', 'today', 'waits', 'kept'] as const
type List = (typeof lists)[number]

/** Which list a return belongs to for this officer and party, if any. */
function listOf({ party, user }: Me, line: Line, today: string): List | undefined {
  if (line.calls.some((call) => call.party === party)) return 'calls'
  if (line.overdue.length > 0) return 'overdue'
  if (line.next !== undefined && line.next <= today) return 'today'
  if (line.waits.some((one) => one.party === party)) return 'waits'
  return line.keeper === user ? 'kept' : undefined
}

/** Screen 1, for everyone: what waits for me, the most urgent first. */
export const work = new Hono<DeskEnv>().get('/', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [{ returns }, written] = await Promise.all([
    me.api.get(['returns'], worklist),
    draftingKinds.includes(me.kind) ? me.api.get(['drafts'], draftsAnswer) : undefined,
  ])
  const now = new Date().toISOString()
  const today = words.dayOf(now)
  const drafts = written?.drafts.filter(({ keeper }) => keeper === me.user) ?? []
  const byList = Map.groupBy(returns, (line) => listOf(me, line, today))
  const nothing = lists.every((list) => !byList.has(list)) && drafts.length === 0
  return page(
    visit,
    { title: words('work.title') },
    <>
      <h1 class="govuk-heading-l">{words('work.title')}</h1>
      {lists.map((list) => {
        const lines = byList.get(list)
        return lines ? (
          <ReturnsTable words={words} me={me} lines={lines} caption={words(`work.${list}`)} />
        ) : null
      })}
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
      {nothing ? <p class="govuk-body">{words('work.nothing', { at: words.clock(now) })}</p> : null}
      {returns.length === 0 ? <p class="govuk-inset-text">{words('work.first')}</p> : null}
      <p class="govuk-body">
        <a class="govuk-link" href="/desk/returns">
          {words('work.more')}
        </a>
      </p>
    </>,
  )
})
