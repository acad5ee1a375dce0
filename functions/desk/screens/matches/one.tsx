import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { match, matchDecision, matchHistory, matchId } from '../../../../schemas/api/matches.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, type Visit } from '../../context.ts'
import { Fields } from '../../form/fields.tsx'
import type { Typed } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy, judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done, Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { agreedIn, decides, pairOf } from './list.tsx'

type History = z.infer<typeof matchHistory>

/** Where a decision stands on the page: its words are those of no command. */
const path = ['match']

/** What can still be said of a match: anything but what stands; a link alone is taken back. */
const answersTo = ({ state, returns }: History) =>
  matchDecision.shape.answer.options.filter(
    (option) => option !== state && (option !== 'unlinked' || (state === 'same' && returns.length > 1)),
  )

/** One match: what agrees, who raised, linked and unlinked it, when and why; and what this desk says of it. */
export const oneMatch = new Hono<DeskEnv>()
  .get('/matches/:match', async (visit) => {
    if (!decides(visit.get('me').kind)) return trouble(visit, 'trouble.notFound', 404)
    return shown(visit, {})
  })
  .post('/matches/:match', async (visit) => {
    const [words, me, id] = [visit.get('words'), visit.get('me'), idIn(visit)]
    if (!decides(me.kind)) return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, version } = await postedIn(visit)
    const { content, wrongs } = judge(words, matchDecision, typed, path)
    if (wrongs.length > 0) return shown(visit, { typed, wrongs, once })
    try {
      const body = content
      await me.api.post(['matches', id, 'decision'], match, { body, key: once, version })
      return visit.redirect(`/desk/matches/${id}?done=decided`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      if (error.problem.code === 'not-found') throw error
      // Read anew: what somebody else decided meanwhile stands on the page, with what was typed here.
      return shown(visit, { typed, problem: error.problem })
    }
  })

/** The match in the address; what cannot be one is answered by the API as any that is not known. */
const idIn = (visit: Visit): string => matchId.safeParse(visit.req.param('match')).data ?? 'none'

interface Told {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
}

async function shown(visit: Visit, { typed = new Map(), wrongs = [], problem, once }: Told) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const told = await me.api.get(['matches', idIn(visit)], matchHistory)
  const failed = wrongs.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  const done = visit.req.query('done') === 'decided' ? words(`matches.state.${told.state}`) : undefined
  return page(
    visit,
    {
      title: words('matches.one'),
      back: '/desk/matches',
      failed,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <Done words={words} text={done} />
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('matches.one')}</h1>
      <dl class="facts">
        <div>
          <dt>{words('matches.returns')}</dt>
          <dd>
            {told.searchedBy ? pairOf(words, told) : null}
            {told.searchedBy
              ? null
              : told.returns.map(({ ret, reference }, index) => (
                  <>
                    {index > 0 ? ', ' : ''}
                    <a class="govuk-link" href={`/desk/returns/${ret}`}>
                      {reference}
                    </a>
                  </>
                ))}
          </dd>
        </div>
        <div>
          <dt>{words('search.agreed')}</dt>
          <dd>{agreedIn(words, told)}</dd>
        </div>
        <div>
          <dt>{words('list.phase')}</dt>
          <dd>{words(`matches.state.${told.state}`)}</dd>
        </div>
      </dl>
      <h2 class="govuk-heading-m">{words('matches.history')}</h2>
      <ol class="govuk-list govuk-list--number">
        {told.records.map((record) => (
          <li>{recorded(words, record)}</li>
        ))}
      </ol>
      <Deciding visit={visit} told={told} typed={typed} wrongs={wrongs} once={once} />
    </>,
  )
}

function recorded(words: Words, { state, at, by, reason }: History['records'][number]): string {
  const who = by.party === 'matching' ? words('matches.bySystem') : partyName(words, by.party)
  const what = words('matches.record', { at: words.instant(at), what: words(`matches.state.${state}`), who })
  return reason
    ? `${what} ${words('matches.because', { why: words.value([...path, 'reason'], reason) })}`
    : what
}

function Deciding(props: {
  visit: Visit
  told: History
  typed: Typed
  wrongs: readonly Wrong[]
  once: string | undefined
}) {
  const { visit, told, typed, wrongs, once } = props
  const [words, me] = [visit.get('words'), visit.get('me')]
  const answers = answersTo(told)
  if (told.decider !== me.kind || answers.length === 0) return null
  const asked = askedBy(matchDecision)
  const values = answers.map((answer) => [answer, words.value([...path, 'answer'], answer)] as const)
  return (
    <form method="post" action={placeOf(visit).split('?')[0] ?? ''} novalidate class="no-print">
      <h2 class="govuk-heading-m">{words('matches.decide')}</h2>
      <p class="govuk-body">{words('matches.effect')}</p>
      <Sending me={me} once={once} version={told.version} />
      <Fields
        asking={{
          words,
          typed,
          wrongs,
          flat: path.join('.'),
          targets: new Map([['match.answer', values]]),
        }}
        shape={asked}
        path={path}
      />
      <Button>{words('form.save')}</Button>
    </form>
  )
}
