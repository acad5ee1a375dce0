import { Hono } from 'hono'
import { peopleAnswer } from '../../../../schemas/api/people.ts'
import {
  type PlacedPost,
  post as postAnswer,
  postChange,
  postsAnswer,
} from '../../../../schemas/api/posts.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldLines, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { exceptFor, type FormAttempt, outcomeWithConflict, submit } from '../../form/submit.ts'
import { formShape, type Validation, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { type Colleague, colleagueName, idStart } from '../../parts/colleagues.ts'
import { notFound } from '../../parts/error-page.tsx'
import { seesPosts } from '../../parts/navigation.ts'
import { RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { countriesIn } from './posts.tsx'

/** One post: the consular department changes it, oversight and the post itself read it. */
export const postScreen = new Hono<DeskEnv>()
  .get('/settings/post', async (context) => {
    const { messages, me } = context.var
    if (me.kind !== 'mission') return notFound(context)
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
  .get('/settings/posts/:post', (context) => postPage(context))
  .post('/settings/posts/:post', (context) => {
    const { messages, me } = context.var
    if (me.kind !== 'consular') return notFound(context)
    return submit(context, {
      messages,
      validate: (formData) => validatePost(context, formData),
      send: (body, { key, version }) =>
        me.api.post(['posts', context.req.param('post') ?? ''], postAnswer, { body, key, version }),
      done: () => '/desk/settings/posts?done=changed',
      // The post is read anew: how it stands now is above the form, which keeps all that was typed.
      show: (attempt) => postPage(context, attempt),
      onRefusal: exceptFor('not-found'),
      // The countries stand in one field.
      fieldOnPage: (field) => field.replace(/^covers\.\d+$/, 'covers'),
    })
  })

type Post = typeof postAnswer._zod.output

/** The field with which the user confirms what is taken away: who is off the staff, and a post that closes. */
const sureField = 'sure'

/** Checks a change of a post. What takes something away is asked about first, and has to be confirmed as it is. */
async function validatePost(context: DeskContext, formData: FormDataMap): Promise<Validation> {
  const { messages, me } = context.var
  const checked = validate(messages, postChange, formData)
  const change = postChange.safeParse(checked.content)
  if (!change.success) return checked
  const { posts } = await me.api.get(['posts'], postsAnswer)
  const post = posts.find(({ post }) => post === context.req.param('post'))
  const taken = post ? takenAway(post, change.data) : ''
  if (taken === '' || fieldValue(formData, sureField) === taken) return checked
  return { ...checked, errors: [{ id: sureField, text: messages('posts.sureFirst') }] }
}

/** What a change takes away, by ids: who is off the staff, and whether the post closes. Nothing: it only adds. */
function takenAway(
  { staff, open }: Pick<Post, 'staff' | 'open'>,
  change: Pick<Post, 'staff' | 'open'>,
): string {
  const off = staff.filter((user) => !change.staff.includes(user))
  return [...off, ...(open && !change.open ? ['closed'] : [])].join(' ')
}

async function postPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  if (!seesPosts(me.kind)) return notFound(context)
  const { errors = [], problem } = attempt
  const id = context.req.param('post')
  const seesNames = me.kind === 'consular' && me.role === 'administrator'
  const [{ posts }, people] = await Promise.all([
    me.api.get(['posts'], postsAnswer),
    // Only the post itself and whoever keeps its people know the names.
    seesNames
      ? me.api.get(['posts', id ?? '', 'people'], peopleAnswer).then((list) => list.people)
      : undefined,
  ])
  const post = posts.find((post) => post.post === id)
  if (!post) return notFound(context)
  return page(
    context,
    {
      title: messages('posts.post'),
      back: '/desk/settings/posts',
      hasForm: me.kind === 'consular',
      ...outcomeWithConflict(attempt),
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
          <PostForm context={context} post={post} people={people} attempt={attempt} />
        </>
      ) : (
        <p class="govuk-inset-text">{messages('posts.readOnlyOversight')}</p>
      )}
    </>,
  )
}

/** The name of a person, if the user may know it. */
function nameOf(messages: Messages, user: string, people: readonly Colleague[] | undefined): string {
  if (!people) return messages('posts.byId', { id: idStart(user) })
  const person = people.find((person) => person.user === user)
  return person ? colleagueName(messages, person, people) : messages('posts.missing', { id: idStart(user) })
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
  post: PlacedPost
  people: readonly Colleague[] | undefined
  attempt: FormAttempt
}) {
  const { context, post, people, attempt } = props
  const { errors = [], idempotencyKey, version = post.version } = attempt
  const { messages, me } = context.var
  const shape = formShape(postChange)
  const formData = attempt.formData ?? new Map(formEntriesOf(shape, post, []))
  const working = (people ?? []).filter(({ enabled }) => enabled).map(({ user }) => user)
  // Who is on the list can be taken off it, even without an account; and what was ticked stays.
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
      {errors.some(({ id }) => id === sureField) ? (
        <Sure
          messages={messages}
          names={post.staff
            .filter((user) => !fieldLines(formData, 'staff').includes(user))
            .map((user) => nameOf(messages, user, people))}
          taken={takenAway(post, {
            staff: fieldLines(formData, 'staff'),
            open: fieldValue(formData, 'open') === 'yes',
          })}
        />
      ) : null}
      <Button>{messages('form.save')}</Button>
    </form>
  )
}

/** The question before somebody is taken off the staff, or a post closes. */
function Sure({ messages, names, taken }: { messages: Messages; names: readonly string[]; taken: string }) {
  return (
    <div class="govuk-form-group">
      {names.length > 0 ? (
        <p class="govuk-body">{messages('posts.sureStaff', { names: names.join(', ') })}</p>
      ) : null}
      {taken.endsWith('closed') ? <p class="govuk-body">{messages('posts.sureClosed')}</p> : null}
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id={sureField}
            name={sureField}
            value={taken}
          />
          <label class="govuk-label govuk-checkboxes__label" for={sureField}>
            {messages('posts.sure')}
          </label>
        </div>
      </div>
    </div>
  )
}
