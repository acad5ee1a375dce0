import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { found as foundAnswer, search as searchForm, searchingKinds } from '../../../schemas/search.ts'
import { isApiRefusal, type Problem } from '../api.ts'
import { Fields } from '../form/fields.tsx'
import { askedBy, judge } from '../form/judged.ts'
import { postedIn } from '../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../form/sending.tsx'
import { type Typed, typedAt } from '../form/typed.ts'
import { Refused } from '../parts/notice.tsx'
import { page } from '../parts/page.tsx'
import { masked } from '../parts/rows.tsx'
import { trouble } from '../parts/trouble.tsx'
import type { DeskEnv, Visit } from '../visit.ts'
import type { Words } from '../words/words.ts'

/** By what somebody is looked for, in the order of the contract's forms. */
const ways = ['name', 'idnp', 'document'] as const
type Way = (typeof ways)[number]
const wayField = 'way'

const formOf = (way: Way) => searchForm.def.options[ways.indexOf(way)] ?? searchForm.def.options[0]

type Found = z.infer<typeof foundAnswer>

/** Screen 2, before a request is begun: may it be somebody who is known? Nothing of it stands in an address. */
export const search = new Hono<DeskEnv>()
  .get('/search', async (visit) =>
    looks(visit) ? shown(visit, {}) : trouble(visit, 'trouble.notFound', 404),
  )
  .post('/search', async (visit) => {
    if (!looks(visit)) return trouble(visit, 'trouble.notFound', 404)
    const { typed } = await postedIn(visit)
    const way = ways.find((one) => one === typedAt(typed, wayField)) ?? 'name'
    const { content, wrongs } = judge(visit.get('words'), formOf(way), typed)
    if (wrongs.length > 0) return shown(visit, { typed, wrongs, way })
    try {
      const found = await visit.get('me').api.post(['search'], foundAnswer, { body: content })
      return shown(visit, { found })
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      return shown(visit, { typed, way, problem: error.problem })
    }
  })

const looks = (visit: Visit) => searchingKinds.some((kind) => kind === visit.get('me').kind)

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  way?: Way
  problem?: Problem
  found?: Found
}

function shown(visit: Visit, { typed = new Map(), wrongs = [], way, problem, found }: Shown) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0 || problem !== undefined
  return page(
    visit,
    { title: words('search.title'), back: '/desk', failed, status: failed ? 422 : 200 },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('search.title')}</h1>
      {found ? <Results words={words} found={found} /> : <p class="govuk-body">{words('search.recorded')}</p>}
      {ways.map((one) => (
        <form method="post" action="/desk/search" novalidate>
          <h2 class="govuk-heading-m">{words(`search.${one}`)}</h2>
          <Sending me={me} />
          <input type="hidden" name={wayField} value={one} />
          <Fields
            asking={{
              words,
              typed: one === way ? typed : new Map(),
              wrongs: one === way ? wrongs : [],
              flat: 'name',
            }}
            shape={askedBy(formOf(one))}
            path={[]}
          />
          <Button kind="secondary">{words('search.look')}</Button>
        </form>
      ))}
      <form method="post" action="/desk/filing">
        <Sending me={me} />
        <h2 class="govuk-heading-m">{words('search.nothing')}</h2>
        <Button>{words('filing.begin')}</Button>
      </form>
    </>,
  )
}

/** The own returns that may be the same person's: masked, and no reason not to begin. */
function Results({ words, found: { found, more } }: { words: Words; found: Found }) {
  if (found.length === 0) return <p class="govuk-inset-text">{words('search.none')}</p>
  return (
    <section class="govuk-inset-text">
      <h2 class="govuk-heading-m">{words('search.maybe')}</h2>
      <ul class="govuk-list">
        {found.map(({ ret, reference, phase, agreed, label }) => (
          <li>
            <a class="govuk-link" href={`/desk/returns/${ret}`}>
              {reference}
            </a>{' '}
            {masked(words, label)}, {words.code('phase', phase)}.{' '}
            {words('search.agreed', { what: agreed.map((one) => words(`search.${one}`)).join(', ') })}
          </li>
        ))}
      </ul>
      {more ? <p class="govuk-body">{words('search.more')}</p> : null}
    </section>
  )
}
