import { Hono } from 'hono'
import { peopleAnswer } from '../../../../schemas/api/people.ts'
import { post as postAnswer, postChange, postsAnswer } from '../../../../schemas/api/posts.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldLines, formEntriesOf } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { type Colleague, colleagueName, idStart } from '../../parts/colleagues.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { seesPosts } from '../../parts/navigation.ts'
import { RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { countriesIn } from './posts.tsx'

/** One post: the consular department changes it, oversight and the post itself read it. */
export const postScreen = new Hono<DeskEnv>()
  .get('/settings/post', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    if (me.kind !== 'mission') return errorPage(context, 'trouble.notFound', 404)
    const [own, { people }] = await Promise.all([
      me.api.get(['post'], postAnswer),
      me.api.get(['people'], peopleAnswer),
    ])
    return page(
      context,
      { title: messages('posts.own'), back: '/desk/settings' },
      <>
        <h1 class="govuk-heading-l">{partyName(messages, me.party)}</h1>
        <PostFacts messages={messages} post={own} people={people} />
        <p class="govuk-inset-text">{messages('posts.readOnly')}</p>
      </>,
    )
  })
  .get('/settings/posts/:post', (context) => postPage(context, {}))
  .post('/settings/posts/:post', async (context) => {
    const [messages, me, id] = [context.get('messages'), context.get('me'), context.req.param('post')]
    if (me.kind !== 'consular') return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, version, again } = await readSubmission(context)
    if (again) return postPage(context, { formData: again, idempotencyKey, version })
    const { content, errors } = validate(messages, postChange, formData)
    if (errors.length > 0) return postPage(context, { formData, errors, idempotencyKey, version })
    try {
      await me.api.post(['posts', id], postAnswer, { body: content, key: idempotencyKey, version })
      return context.redirect('/desk/settings/posts?done=changed', 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      if (problem.code === 'not-found') throw error
      // Read anew: how it stands now is above the form, which keeps all that was typed.
      return postPage(context, { formData, problem, errors: errorsFrom(messages, problem.fields ?? []) })
    }
  })

type Post = typeof postAnswer._zod.output

interface Shown {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
  /** What the form was made from, while it is the same form. */
  version?: number | undefined
}

async function postPage(
  context: DeskContext,
  { formData, errors = [], problem, idempotencyKey, version }: Shown,
) {
  const [messages, me, id] = [context.get('messages'), context.get('me'), context.req.param('post')]
  if (!seesPosts(me.kind)) return errorPage(context, 'trouble.notFound', 404)
  const seesNames = me.kind === 'consular' && me.role === 'administrator'
  const [{ posts }, people] = await Promise.all([
    me.api.get(['posts'], postsAnswer),
    // Names stay with the post and whoever keeps its people.
    seesNames
      ? me.api.get(['posts', id ?? '', 'people'], peopleAnswer).then((list) => list.people)
      : undefined,
  ])
  const post = posts.find((post) => post.post === id)
  if (!post) return errorPage(context, 'trouble.notFound', 404)
  const failed = errors.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  return page(
    context,
    {
      title: messages('posts.post'),
      back: '/desk/settings/posts',
      hasForm: me.kind === 'consular',
      failed,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{partyName(messages, post.post)}</h1>
      <PostFacts messages={messages} post={post} countries={post.countries} people={people} />
      {people ? null : <p class="govuk-body">{messages('posts.namesHidden')}</p>}
      {me.kind === 'consular' ? (
        <>
          {seesNames ? (
            <p class="govuk-body">
              <a class="govuk-link" href={`/desk/settings/posts/${post.post}/people`}>
                {messages('posts.keepPeople')}
              </a>
            </p>
          ) : null}
          <PostForm
            {...{ context, post, people, formData, errors, idempotencyKey }}
            version={version ?? post.version}
          />
        </>
      ) : (
        <p class="govuk-inset-text">{messages('posts.readOnlyOversight')}</p>
      )}
    </>,
  )
}

/** What somebody is called, as far as names are told. */
function nameOf(messages: Messages, user: string, people: readonly Colleague[] | undefined): string {
  if (!people) return messages('posts.byId', { id: idStart(user) })
  const person = people.find((person) => person.user === user)
  return person ? colleagueName(messages, person) : messages('posts.missing', { id: idStart(user) })
}

function PostFacts(props: {
  messages: Messages
  post: Post
  countries?: readonly string[]
  people: readonly Colleague[] | undefined
}) {
  const { messages, post, countries, people } = props
  const named = (users: readonly string[]) =>
    users.length > 0 ? users.map((user) => nameOf(messages, user, people)).join(', ') : messages('posts.none')
  const lines: [string, string][] = [
    [messages('posts.state'), messages(post.open ? 'posts.open' : 'posts.closed')],
    ...(countries
      ? [[messages('posts.countries'), countriesIn(messages, countries)] satisfies [string, string]]
      : []),
    [messages('posts.covers'), countriesIn(messages, post.covers)],
    [messages('posts.duty'), named(post.duty)],
    [messages('posts.staff'), named(post.staff)],
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{messages('posts.now')}</h2>
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

function PostForm(props: {
  context: DeskContext
  post: Post
  people: readonly Colleague[] | undefined
  formData: FormDataMap | undefined
  errors: readonly FieldError[]
  idempotencyKey: string | undefined
  version: number
}) {
  const { context, post, people, errors, idempotencyKey, version } = props
  const [messages, me] = [context.get('messages'), context.get('me')]
  const shape = formShape(postChange)
  const formData = props.formData ?? new Map(formEntriesOf(shape, post, []))
  const working = (people ?? []).filter(({ enabled }) => enabled).map(({ user }) => user)
  // Who stood there before can be taken off, whatever has become of the account; and what was ticked stays.
  const ticked = ['staff', 'duty'].flatMap((field) => fieldLines(formData, field))
  const users = [...new Set([...working, ...post.staff, ...ticked])]
  const choices = users.map((user) => [user, nameOf(messages, user, people)] as const)
  return (
    <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
      <h2 class="govuk-heading-m">{messages('posts.change')}</h2>
      <HiddenFields me={me} idempotencyKey={idempotencyKey} version={version} />
      {users.length === 0 ? <p class="govuk-inset-text">{messages('posts.nobody')}</p> : null}
      <Fields
        state={{
          messages,
          formData,
          errors,
          choices: new Map([
            ['staff', choices],
            ['duty', choices],
          ]),
        }}
        shape={shape}
        path={[]}
      />
      <Button>{messages('form.save')}</Button>
    </form>
  )
}
