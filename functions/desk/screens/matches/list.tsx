import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { decidingKinds, type match, matches, matchesState } from '../../../../schemas/api/matches.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagingIn } from '../../parts/paging.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

export type Match = z.infer<typeof match>

/** Whether a kind of party decides if two returns are of one person. */
export const decides = (kind: PartyKind) => (decidingKinds as readonly PartyKind[]).includes(kind)

/** Returns that may be of one person: those that wait for a decision, and those decided on. */
export const matchList = new Hono<DeskEnv>().get('/matches', async (context) => {
  const { messages, me } = context.var
  if (!decides(me.kind)) return notFound(context)
  const state = matchesState.safeParse(context.req.query('state')).data ?? 'open'
  const paging = pagingIn(context)
  const answer = await me.api.get(['matches'], matches, { state, cursor: paging.cursor })
  return page(
    context,
    { title: messages('matches.title') },
    <>
      <h1 class="govuk-heading-l">{messages('matches.title')}</h1>
      <nav aria-label={messages('matches.states')}>
        <ul class="parts">
          {matchesState.options.map((option) => (
            <li>
              <a
                class="govuk-link"
                href={`/desk/matches?state=${option}`}
                {...(option === state ? { 'aria-current': 'page' } : {})}
              >
                {messages(`matches.list.${option}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {answer.matches.length > 0 ? (
        <Lines messages={messages} lines={answer.matches} caption={messages(`matches.list.${state}`)} />
      ) : (
        <p class="govuk-inset-text">{messages(`matches.empty.${state}`)}</p>
      )}
      <PagingLinks context={context} paging={paging} rows={answer.matches.length} next={answer.next} />
    </>,
  )
})

function Lines({
  messages,
  lines,
  caption,
}: {
  messages: Messages
  lines: readonly Match[]
  caption: string
}) {
  const heads = ['matches.returns', 'search.agreed', 'list.phase', 'matches.raised'] as const
  return (
    <Table
      caption={caption}
      heads={heads.map((head) => messages(head))}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/matches/${line.match}`}>
          {pairOf(messages, line)}
        </a>,
        agreedIn(messages, line),
        messages(`matches.state.${line.state}`),
        messages.instant(line.at),
      ])}
    />
  )
}

/** Two references, or one reference and the party that searched for somebody like her. */
export function pairOf(
  messages: Messages,
  { returns, searchedBy }: Pick<Match, 'returns' | 'searchedBy'>,
): string {
  const references = returns.map(({ reference }) => reference).join(', ')
  return searchedBy
    ? messages('matches.sought', { reference: references, who: partyName(messages, searchedBy) })
    : references
}

/** The kinds of traits that agree, never their values. */
export const agreedIn = (messages: Messages, { traits }: Pick<Match, 'traits'>) =>
  traits.map((trait) => messages(`search.trait.${trait}`)).join(', ')
