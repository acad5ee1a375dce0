import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { decidingKinds, type match, matches, matchesState } from '../../../../schemas/api/matches.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

export type Match = z.infer<typeof match>

/** Whether a kind of party decides if two returns are of one person. */
export const decides = (kind: PartyKind) => (decidingKinds as readonly PartyKind[]).includes(kind)

/** Returns that may be of one person: those that wait for a decision, and those decided on. */
export const matchList = new Hono<DeskEnv>().get('/matches', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!decides(me.kind)) return trouble(visit, 'trouble.notFound', 404)
  const state = matchesState.safeParse(visit.req.query('state')).data ?? 'open'
  const answer = await me.api.get(['matches'], matches, { state, cursor: visit.req.query('from') })
  return page(
    visit,
    { title: words('matches.title') },
    <>
      <h1 class="govuk-heading-l">{words('matches.title')}</h1>
      <nav aria-label={words('matches.states')}>
        <ul class="parts">
          {matchesState.options.map((option) => (
            <li>
              <a
                class="govuk-link"
                href={`/desk/matches?state=${option}`}
                {...(option === state ? { 'aria-current': 'page' } : {})}
              >
                {words(`matches.list.${option}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {answer.matches.length > 0 ? (
        <Lines words={words} lines={answer.matches} caption={words(`matches.list.${state}`)} />
      ) : (
        <p class="govuk-inset-text">{words(`matches.empty.${state}`)}</p>
      )}
      {answer.next ? (
        <a
          class="govuk-link"
          href={`/desk/matches?state=${state}&from=${encodeURIComponent(answer.next)}`}
          rel="next"
        >
          {words('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})

function Lines({ words, lines, caption }: { words: Words; lines: readonly Match[]; caption: string }) {
  const heads = ['matches.returns', 'search.agreed', 'list.phase', 'matches.raised'] as const
  return (
    <Table
      caption={caption}
      heads={heads.map((head) => words(head))}
      rows={lines.map((line) => [
        <a class="govuk-link" href={`/desk/matches/${line.match}`}>
          {pairOf(words, line)}
        </a>,
        agreedIn(words, line),
        words(`matches.state.${line.state}`),
        words.instant(line.at),
      ])}
    />
  )
}

/** Two references; or one, and the party that looked for somebody like her. */
export function pairOf(words: Words, { returns, searchedBy }: Pick<Match, 'returns' | 'searchedBy'>): string {
  const references = returns.map(({ reference }) => reference).join(', ')
  return searchedBy
    ? words('matches.sought', { reference: references, who: partyName(words, searchedBy) })
    : references
}

/** Kinds of what agrees, never values. */
export const agreedIn = (words: Words, { traits }: Pick<Match, 'traits'>) =>
  traits.map((trait) => words(`search.trait.${trait}`)).join(', ')
