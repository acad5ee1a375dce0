import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { seen } from '../../../schemas/api/answers.ts'
import { found, search } from '../../../schemas/api/search.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { isRefusedWith } from '../api.ts'
import { type DeskEnv, type Me, typedForm, type Visit } from '../context.ts'
import { beginDraft, begun } from '../filing/draft.ts'
import { searches, shortField, soughtPath, soughtShape } from '../filing/sought.ts'
import { Fields } from '../form/fields.tsx'
import type { Typed } from '../form/form-data.ts'
import { postedIn } from '../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../form/sending.tsx'
import { judge } from '../form/validate.ts'
import type { Words } from '../messages/messages.ts'
import { trouble } from '../parts/error-page.tsx'
import { page } from '../parts/page.tsx'
import { masked } from '../parts/rows.tsx'
import { Table } from '../parts/table.tsx'
import { retOf } from './return/reading.ts'

type Found = z.infer<typeof found>

/**
 * Screen 2, before a filing begins: is she known here already? What is typed goes in the body and is shown on the answer
 * alone: no address holds it. Whatever is found, a filing can begin.
 */
export const searching = new Hono<DeskEnv>()
  .get('/search', (visit) =>
    searches(visit.get('me').kind) ? asking(visit, {}) : trouble(visit, 'trouble.notFound', 404),
  )
  .post('/search', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!searches(me.kind)) return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, rows } = await postedIn(visit)
    if (rows) return asking(visit, { typed: rows })
    const { content, wrongs } = judge(words, search, typed, soughtPath)
    if (wrongs.length > 0) return asking(visit, { typed, wrongs })
    try {
      const answer = await me.api.post(['search'], found, { body: content, key: once })
      return asking(visit, { typed, answer })
    } catch (error) {
      if (!isRefusedWith(error, 'too-many-requests')) throw error
      const again = new Date(Date.now() + (error.retryAfter ?? 60) * 1000).toISOString()
      return asking(visit, { typed, again })
    }
  })
  /** Somebody who belongs to one who was found: another person of the same request. */
  .post('/search/:ret/add', async (visit) => {
    const me = visit.get('me')
    if (!takesMore(me, retOf(visit))) return trouble(visit, 'trouble.notFound', 404)
    const { once } = await postedIn(visit)
    const { request } = await me.api.get(['returns', retOf(visit)], seen)
    const draft = await beginDraft(me, begun(new Map(), { request }), once)
    return visit.redirect(`/desk/filing/${draft}/0/situation`, 303)
  })

/** A request takes more persons from the post that filed it, with whose code the ids of its returns begin. */
const takesMore = ({ kind, party }: { kind: string; party: PartyId }, ret: string) =>
  kind === 'mission' && party === `mission:${ret.slice(0, 4)}`

interface Asked {
  typed?: Typed
  wrongs?: readonly Wrong[]
  answer?: Found
  /** Too many searches: when the next one is answered. */
  again?: string
}

function asking(visit: Visit, { typed = new Map(), wrongs = [], answer, again }: Asked) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0 || again !== undefined
  return page(
    visit,
    {
      title: words('search.title'),
      back: '/desk/filing',
      failed,
      typed: true,
      status: again ? 429 : failed ? 422 : 200,
    },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      {again ? (
        <div class="govuk-error-summary" tabindex={-1}>
          <h2 class="govuk-error-summary__title" role="alert">
            {words('search.tooMany', { at: words.clock(again) })}
          </h2>
        </div>
      ) : null}
      <h1 class="govuk-heading-l">{words('search.title')}</h1>
      {answer ? <Answer words={words} me={me} answer={answer} /> : null}
      {answer ? <Begin words={words} me={me} typed={typed} answered /> : null}
      <form id={typedForm} method="post" action="/desk/search" novalidate>
        <Sending me={me} />
        <p class="govuk-body">{words('search.why')}</p>
        <Fields asking={{ words, typed, wrongs }} shape={soughtShape} path={soughtPath} />
        <Button {...(answer ? { kind: 'secondary' } : {})}>{words('search.search')}</Button>
      </form>
      {answer ? null : <Begin words={words} me={me} typed={typed} />}
    </>,
  )
}

/** What was found, masked. Nothing here says that it is the same person: who looks at the paper says so. */
function Answer({ words, me, answer: { found: lines, more } }: { words: Words; me: Me; answer: Found }) {
  if (lines.length === 0)
    return (
      <p class="govuk-inset-text" role="status">
        {words('search.nobody')}
      </p>
    )
  const heads = ['list.reference', 'list.label', 'list.phase', 'search.agreed', 'search.goOn'] as const
  return (
    <>
      <Table
        caption={words('search.maybe')}
        heads={heads.map((head) => words(head))}
        rows={lines.map(({ ret, reference, phase, traits: agreed, label }) => [
          reference,
          masked(words, label),
          words.code('phase', phase),
          agreed.map((trait) => words(`search.trait.${trait}`)).join(', '),
          <>
            <a class="govuk-link" href={`/desk/returns/${ret}`}>
              {words('search.goOnWith', { reference })}
            </a>
            {takesMore(me, ret) ? (
              <form method="post" action={`/desk/search/${ret}/add`}>
                <Sending me={me} />
                <button type="submit" class="as-link">
                  {words('search.add', { reference })}
                </button>
              </form>
            ) : null}
          </>,
        ])}
      />
      {more ? <p class="govuk-body">{words('search.more')}</p> : null}
    </>
  )
}

/** A filing can always begin; it takes along what was typed to look for somebody. */
function Begin(props: { words: Words; me: Me; typed: Typed; answered?: boolean }) {
  const { words, me, typed, answered = false } = props
  return (
    <form method="post" action="/desk/filing">
      <Sending me={me} />
      {answered
        ? [...typed].flatMap(([name, values]) =>
            name.startsWith(`${soughtPath[0]}.`)
              ? values.map((value) => <input type="hidden" name={name} value={value} />)
              : [],
          )
        : null}
      {answered ? null : <h2 class="govuk-heading-m">{words('search.nothingKnown')}</h2>}
      <Button {...(answered ? {} : { kind: 'secondary' })}>
        {words(answered ? 'search.begin' : 'search.beginUnknown')}
      </Button>{' '}
      {me.kind === 'mission' ? (
        <Button kind="warning" name={shortField} value="yes">
          {words('filing.dangerBegin')}
        </Button>
      ) : null}
    </form>
  )
}
