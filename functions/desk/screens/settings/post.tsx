import { Hono } from 'hono'
import { people as peopleAnswer } from '../../../../schemas/api/people.ts'
import { post as postAnswer, postChange, register } from '../../../../schemas/api/posts.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedFrom, writtenIn } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy, judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { seesPosts } from '../../navigation.ts'
import { type Colleague, colleagueName, idStart } from '../../parts/colleagues.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { countriesIn } from './posts.tsx'

/** One post: the consular department changes it, oversight and the post itself read it. */
export const onePost = new Hono<DeskEnv>()
  .get('/settings/post', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (me.kind !== 'mission') return trouble(visit, 'trouble.notFound', 404)
    const [own, { people }] = await Promise.all([
      me.api.get(['post'], postAnswer),
      me.api.get(['people'], peopleAnswer),
    ])
    return page(
      visit,
      { title: words('posts.own'), back: '/desk/settings' },
      <>
        <h1 class="govuk-heading-l">{partyName(words, me.party)}</h1>
        <Standing words={words} post={own} people={people} />
        <p class="govuk-inset-text">{words('posts.readOnly')}</p>
      </>,
    )
  })
  .get('/settings/posts/:post', (visit) => shown(visit, {}))
  .post('/settings/posts/:post', async (visit) => {
    const [words, me, id] = [visit.get('words'), visit.get('me'), visit.req.param('post')]
    if (me.kind !== 'consular') return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, version, rows } = await postedIn(visit)
    if (rows) return shown(visit, { typed: rows, once, version })
    const { content, wrongs } = judge(words, postChange, typed)
    if (wrongs.length > 0) return shown(visit, { typed, wrongs, once, version })
    try {
      await me.api.post(['posts', id], postAnswer, { body: content, key: once, version })
      return visit.redirect('/desk/settings/posts?done=changed', 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      if (problem.code === 'not-found') throw error
      // Read anew: how it stands now is above the form, which keeps all that was typed.
      return shown(visit, { typed, problem, wrongs: wrongsFrom(words, problem.fields ?? []) })
    }
  })

type Post = typeof postAnswer._zod.output

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
  /** What the form was made from, while it is the same form. */
  version?: number | undefined
}

async function shown(visit: Visit, { typed, wrongs = [], problem, once, version }: Shown) {
  const [words, me, id] = [visit.get('words'), visit.get('me'), visit.req.param('post')]
  if (!seesPosts(me.kind)) return trouble(visit, 'trouble.notFound', 404)
  const seesNames = me.kind === 'consular' && me.role === 'administrator'
  const [{ posts }, people] = await Promise.all([
    me.api.get(['posts'], register),
    // Names stay with the post and whoever keeps its people.
    seesNames
      ? me.api.get(['posts', id ?? '', 'people'], peopleAnswer).then((told) => told.people)
      : undefined,
  ])
  const post = posts.find((post) => post.post === id)
  if (!post) return trouble(visit, 'trouble.notFound', 404)
  const failed = wrongs.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  return page(
    visit,
    {
      title: words('posts.post'),
      back: '/desk/settings/posts',
      typed: me.kind === 'consular',
      failed,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{partyName(words, post.post)}</h1>
      <Standing words={words} post={post} countries={post.countries} people={people} />
      {people ? null : <p class="govuk-body">{words('posts.namesHidden')}</p>}
      {me.kind === 'consular' ? (
        <>
          {seesNames ? (
            <p class="govuk-body">
              <a class="govuk-link" href={`/desk/settings/posts/${post.post}/people`}>
                {words('posts.keepPeople')}
              </a>
            </p>
          ) : null}
          <Change {...{ visit, post, people, typed, wrongs, once }} version={version ?? post.version} />
        </>
      ) : (
        <p class="govuk-inset-text">{words('posts.readOnlyOversight')}</p>
      )}
    </>,
  )
}

/** What somebody is called, as far as names are told. */
function nameOf(words: Words, user: string, people: readonly Colleague[] | undefined): string {
  if (!people) return words('posts.byId', { id: idStart(user) })
  const person = people.find((person) => person.user === user)
  return person ? colleagueName(words, person) : words('posts.missing', { id: idStart(user) })
}

function Standing(props: {
  words: Words
  post: Post
  countries?: readonly string[]
  people: readonly Colleague[] | undefined
}) {
  const { words, post, countries, people } = props
  const named = (users: readonly string[]) =>
    users.length > 0 ? users.map((user) => nameOf(words, user, people)).join(', ') : words('posts.none')
  const lines: [string, string][] = [
    [words('posts.state'), words(post.open ? 'posts.open' : 'posts.closed')],
    ...(countries
      ? [[words('posts.countries'), countriesIn(words, countries)] satisfies [string, string]]
      : []),
    [words('posts.covers'), countriesIn(words, post.covers)],
    [words('posts.duty'), named(post.duty)],
    [words('posts.staff'), named(post.staff)],
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{words('posts.now')}</h2>
      <dl class="govuk-summary-list">
        {lines.map(([term, text]) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{term}</dt>
            <dd class="govuk-summary-list__value">{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Change(props: {
  visit: Visit
  post: Post
  people: readonly Colleague[] | undefined
  typed: Typed | undefined
  wrongs: readonly Wrong[]
  once: string | undefined
  version: number
}) {
  const { visit, post, people, wrongs, once, version } = props
  const [words, me] = [visit.get('words'), visit.get('me')]
  const shape = askedBy(postChange)
  const typed = props.typed ?? new Map(typedFrom(shape, post, []))
  const working = (people ?? []).filter(({ enabled }) => enabled).map(({ user }) => user)
  // Who stood there before can be taken off, whatever has become of the account; and what was ticked stays.
  const ticked = ['staff', 'duty'].flatMap((field) => writtenIn(typed, field))
  const users = [...new Set([...working, ...post.staff, ...ticked])]
  const choices = users.map((user) => [user, nameOf(words, user, people)] as const)
  return (
    <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
      <h2 class="govuk-heading-m">{words('posts.change')}</h2>
      <Sending me={me} once={once} version={version} />
      {users.length === 0 ? <p class="govuk-inset-text">{words('posts.nobody')}</p> : null}
      <Fields
        asking={{
          words,
          typed,
          wrongs,
          targets: new Map([
            ['staff', choices],
            ['duty', choices],
          ]),
        }}
        shape={shape}
        path={[]}
      />
      <Button>{words('form.save')}</Button>
    </form>
  )
}
