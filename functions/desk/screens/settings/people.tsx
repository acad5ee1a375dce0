import { Hono } from 'hono'
import {
  type People,
  type PersonAction,
  peopleChanged,
  personActionNames,
  reviewDays,
} from '../../../../schemas/api/people.ts'
import type { Problem } from '../../api.ts'
import type { DeskContext, DeskEnv, SignedIn } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { submitUnchecked } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { type Colleague, colleagueName } from '../../parts/colleagues.ts'
import { errorPage, notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagedRows, pagingIn } from '../../parts/paging.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'
import { isLastAdministrator, type RosterPages, readPeople, rosterIn, rosterPaths } from './roster.ts'

const dayMs = 86_400_000

/** Screen 14: the people of a party and the quarterly review; one person, with an administrator's actions. */
export const people = new Hono<DeskEnv>()
for (const path of rosterPaths) {
  people.get(path, (context) => list(context))
  people.post(`${path}/review`, review)
  people.get(`${path}/:user`, (context, next) =>
    context.req.param('user') === 'invite' ? next() : person(context),
  )
}

async function list(context: DeskContext, problem?: Problem) {
  const [messages, me, roster] = [context.var.messages, context.var.me, rosterIn(context)]
  if (!roster) return notFound(context)
  const list = await readPeople(context, roster)
  const mayEdit = me.role === 'administrator'
  const done = [...personActionNames, 'invite', 'review'].find(
    (action) => action === context.req.query('done'),
  )
  const own = roster.party === me.party
  const paging = pagingIn(context)
  const shown = pagedRows(list.people, paging)
  const heads = ['name', 'role', 'state', 'reviewed', 'standIn'] as const
  return page(
    context,
    {
      title: messages('people.title'),
      back: own ? '/desk/settings' : `/desk/settings/posts/${roster.party}`,
      failed: problem !== undefined,
      status: problem ? 409 : 200,
    },
    <>
      <SuccessBanner messages={messages} text={done && messages.code('action', done)} />
      <RefusalSummary messages={messages} problem={problem} />
      <h1 class="govuk-heading-l">
        {own
          ? messages('people.title')
          : messages('people.ofPost', { name: partyName(messages, roster.party) })}
      </h1>
      {list.people.length === 0 ? (
        <p class="govuk-inset-text">{messages('people.empty')}</p>
      ) : (
        <Table
          caption={messages('people.caption')}
          heads={heads.map((head) => messages(`people.${head}`))}
          rows={shown.rows.map((person) => [
            <Name messages={messages} roster={roster} person={person} mayEdit={mayEdit} />,
            messages.code('role', person.role),
            <State messages={messages} person={person} />,
            person.reviewed ? messages.day(messages.dayOf(person.reviewed)) : messages('people.notReviewed'),
            standInOf(messages, list, person),
          ])}
        />
      )}
      <PagingLinks
        context={context}
        paging={paging}
        rows={shown.rows.length}
        next={shown.next}
        total={shown.total}
        path={roster.address}
      />
      {mayEdit ? (
        <a class="govuk-button" href={`${roster.address}/invite`}>
          {messages('people.do.invite')}
        </a>
      ) : (
        <p class="govuk-inset-text">{messages('people.readOnly')}</p>
      )}
      <p class="govuk-body">{messages('people.kept')}</p>
      {list.people.length > 0 ? (
        <Review messages={messages} me={me} roster={roster} list={list} mayEdit={mayEdit} />
      ) : null}
    </>,
  )
}

function Name(props: { messages: Messages; roster: RosterPages; person: Colleague; mayEdit: boolean }) {
  const { messages, roster, person, mayEdit } = props
  const name = colleagueName(messages, person)
  if (!mayEdit) return <>{name}</>
  return (
    <>
      <a class="govuk-link" href={`${roster.address}/${person.user}`}>
        {name}
      </a>
      {person.signIn ? (
        <>
          <br />
          <span class="quiet">{person.signIn}</span>
        </>
      ) : null}
    </>
  )
}

/** The tag says it in words, never by colour alone. */
function State({ messages, person: { enabled } }: { messages: Messages; person: Colleague }) {
  return (
    <strong class={`govuk-tag govuk-tag--${enabled ? 'green' : 'grey'}`}>
      {messages.code('enabled', String(enabled))}
    </strong>
  )
}

function standInOf(messages: Messages, { people: all }: People, { standIn }: Colleague): string {
  if (!standIn) return ''
  const who = all.find(({ user }) => user === standIn.user)
  return messages('people.standsIn', {
    name: who ? colleagueName(messages, who, all) : standIn.user,
    from: messages.day(standIn.from),
    until: messages.day(standIn.until),
  })
}

/** The state of the quarterly review, and its button. The review is of the list as it stands above, or it is refused. */
function Review(props: {
  messages: Messages
  me: SignedIn
  roster: RosterPages
  list: People
  mayEdit: boolean
}) {
  const { messages, me, roster, list, mayEdit } = props
  const { reviewed, overdue, version } = list
  const fresh = list.people.filter((person) => !person.reviewed).length
  const again = reviewed && new Date(Date.parse(reviewed) + reviewDays * dayMs).toISOString()
  return (
    <section>
      <h2 class="govuk-heading-m">{messages('people.reviewTitle')}</h2>
      {overdue ? <p class="govuk-inset-text">{messages('people.overdue')}</p> : null}
      <p class="govuk-body">
        {reviewed && again
          ? messages('people.reviewedAt', {
              at: messages.day(messages.dayOf(reviewed)),
              day: messages.day(messages.dayOf(again)),
            })
          : messages('people.neverReviewed')}{' '}
        {reviewed && fresh > 0 ? messages.count('people.unreviewed', fresh) : null}
      </p>
      {mayEdit ? (
        <form method="post" action={`${roster.address}/review`} class="no-print">
          <HiddenFields me={me} version={version} />
          <p class="govuk-body">{messages('people.about.review')}</p>
          <Button kind="secondary">{messages('people.do.review')}</Button>
        </form>
      ) : null}
    </section>
  )
}

function review(context: DeskContext) {
  const { me } = context.var
  const roster = rosterIn(context)
  if (!roster) return notFound(context)
  return submitUnchecked(context, {
    send: ({ key, version }) =>
      me.api.post([...roster.path, 'review'], peopleChanged, { body: {}, key, version }),
    done: () => `${roster.address}?done=review`,
    // The list is not what was reviewed any more: it stands below as it is now, to be reviewed again.
    onRefusal: ({ problem }) => list(context, problem),
  })
}

/** The actions that are possible on a person. */
function actionsFor({ enabled, user }: Colleague, me: SignedIn): PersonAction[] {
  if (!enabled) return ['enable', 'forget']
  return ['role', 'stand-in', ...(user === me.user ? [] : ['reset-factor' as const]), 'disable']
}

async function person(context: DeskContext) {
  const [messages, me, roster] = [context.var.messages, context.var.me, rosterIn(context)]
  if (!roster) return notFound(context)
  if (me.role !== 'administrator') return errorPage(context, 'people.notYours', 403)
  const list = await readPeople(context, roster)
  const person = list.people.find(({ user }) => user === context.req.param('user'))
  if (!person) return notFound(context)
  const facts: [string, string][] = [
    [messages('people.role'), messages.code('role', person.role)],
    [messages('people.state'), messages.code('enabled', String(person.enabled))],
    ...(person.signIn ? [[messages('people.signIn'), person.signIn] satisfies [string, string]] : []),
    ...(person.standIn
      ? [[messages('people.standIn'), standInOf(messages, list, person)] satisfies [string, string]]
      : []),
  ]
  return page(
    context,
    { title: messages('people.one'), back: roster.address },
    <>
      <h1 class="govuk-heading-l">{colleagueName(messages, person, list.people)}</h1>
      <dl class="facts">
        {facts.map(([term, text]) => (
          <div>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {isLastAdministrator(list, person.user) ? (
        <p class="govuk-inset-text">{messages('people.last')}</p>
      ) : null}
      {person.user === me.user ? <p class="govuk-body">{messages('people.you')}</p> : null}
      <h2 class="govuk-heading-m">{messages('people.deeds')}</h2>
      <dl class="govuk-summary-list">
        {actionsFor(person, me).map((action) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">
              <a class="govuk-link" href={`${roster.address}/${person.user}/${action}`}>
                {messages(`people.do.${action}`)}
              </a>
            </dt>
            <dd class="govuk-summary-list__value">{messages(`people.about.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </>,
  )
}
