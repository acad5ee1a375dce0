import { type Handler, Hono } from 'hono'
import {
  type People,
  type PersonAction,
  peopleChanged,
  personActionNames,
  reviewDays,
} from '../../../../schemas/api/people.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import type { DeskEnv, Me, Visit } from '../../context.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, Sending } from '../../form/sending.tsx'
import type { Words } from '../../messages/messages.ts'
import { type Colleague, colleagueName } from '../../parts/colleagues.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done, Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'
import { isLastAdministrator, peoplePlaces, readPeople, type Whose, whoseAt } from './whose.ts'

const dayMs = 86_400_000

/** Screen 14: who works for a party, and the quarterly review; one of them, with what an administrator can do. */
export const people = new Hono<DeskEnv>()
for (const place of peoplePlaces) {
  people.get(place, (visit) => list(visit))
  people.post(`${place}/review`, review())
  people.get(`${place}/:user`, (visit, next) => (visit.req.param('user') === 'invite' ? next() : one(visit)))
}

async function list(visit: Visit, problem?: Problem) {
  const [words, me, whose] = [visit.get('words'), visit.get('me'), whoseAt(visit)]
  if (!whose) return trouble(visit, 'trouble.notFound', 404)
  const told = await readPeople(visit, whose)
  const keeps = me.role === 'administrator'
  const done = [...personActionNames, 'invite', 'review'].find((action) => action === visit.req.query('done'))
  const own = whose.party === me.party
  const heads = ['name', 'role', 'state', 'reviewed', 'standIn'] as const
  return page(
    visit,
    {
      title: words('people.title'),
      back: own ? '/desk/settings' : `/desk/settings/posts/${whose.party}`,
      failed: problem !== undefined,
      status: problem ? 409 : 200,
    },
    <>
      <Done words={words} text={done && words.code('action', done)} />
      <Refused words={words} problem={problem} />
      <h1 class="govuk-heading-l">
        {own ? words('people.title') : words('people.ofPost', { name: partyName(words, whose.party) })}
      </h1>
      {told.people.length === 0 ? (
        <p class="govuk-inset-text">{words('people.empty')}</p>
      ) : (
        <Table
          caption={words('people.caption')}
          heads={heads.map((head) => words(`people.${head}`))}
          rows={told.people.map((person) => [
            <Name words={words} whose={whose} person={person} keeps={keeps} />,
            words.code('role', person.role),
            <State words={words} person={person} />,
            person.reviewed ? words.day(words.dayOf(person.reviewed)) : words('people.notReviewed'),
            standInOf(words, told, person),
          ])}
        />
      )}
      {keeps ? (
        <a class="govuk-button" href={`${whose.address}/invite`}>
          {words('people.do.invite')}
        </a>
      ) : (
        <p class="govuk-inset-text">{words('people.readOnly')}</p>
      )}
      <p class="govuk-body">{words('people.kept')}</p>
      {told.people.length > 0 ? (
        <Review words={words} me={me} whose={whose} told={told} keeps={keeps} />
      ) : null}
    </>,
  )
}

function Name(props: { words: Words; whose: Whose; person: Colleague; keeps: boolean }) {
  const { words, whose, person, keeps } = props
  const name = colleagueName(words, person)
  if (!keeps) return <>{name}</>
  return (
    <>
      <a class="govuk-link" href={`${whose.address}/${person.user}`}>
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

/** Never by colour alone: the tag says it in words. */
function State({ words, person: { enabled } }: { words: Words; person: Colleague }) {
  return (
    <strong class={`govuk-tag govuk-tag--${enabled ? 'green' : 'grey'}`}>
      {words.code('enabled', String(enabled))}
    </strong>
  )
}

function standInOf(words: Words, { people: all }: People, { standIn }: Colleague): string {
  if (!standIn) return ''
  const who = all.find(({ user }) => user === standIn.user)
  return words('people.standsIn', {
    name: who ? colleagueName(words, who) : standIn.user,
    from: words.day(standIn.from),
    until: words.day(standIn.until),
  })
}

/** What is due of the quarterly review, and its one press: on the list as it stands above, or not at all. */
function Review(props: { words: Words; me: Me; whose: Whose; told: People; keeps: boolean }) {
  const { words, me, whose, told, keeps } = props
  const { reviewed, overdue, version } = told
  const fresh = told.people.filter((person) => !person.reviewed).length
  const again = reviewed && new Date(Date.parse(reviewed) + reviewDays * dayMs).toISOString()
  return (
    <section>
      <h2 class="govuk-heading-m">{words('people.reviewTitle')}</h2>
      {overdue ? <p class="govuk-inset-text">{words('people.overdue')}</p> : null}
      <p class="govuk-body">
        {reviewed && again
          ? words('people.reviewedAt', {
              at: words.day(words.dayOf(reviewed)),
              day: words.day(words.dayOf(again)),
            })
          : words('people.neverReviewed')}{' '}
        {reviewed && fresh > 0 ? words.count('people.unreviewed', fresh) : null}
      </p>
      {keeps ? (
        <form method="post" action={`${whose.address}/review`} class="no-print">
          <Sending me={me} version={version} />
          <p class="govuk-body">{words('people.about.review')}</p>
          <Button kind="secondary">{words('people.do.review')}</Button>
        </form>
      ) : null}
    </section>
  )
}

function review(): Handler<DeskEnv> {
  return async (visit) => {
    const whose = whoseAt(visit)
    if (!whose) return trouble(visit, 'trouble.notFound', 404)
    const { once, version } = await postedIn(visit)
    try {
      await visit
        .get('me')
        .api.post([...whose.path, 'review'], peopleChanged, { body: {}, key: once, version })
      return visit.redirect(`${whose.address}?done=review`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      // What has changed is not what was looked at: the list as it is now stands below, to be looked at again.
      return list(visit, error.problem)
    }
  }
}

/** What an administrator can do with one of the people from how it stands. */
function actionsFor({ enabled, user }: Colleague, me: Me): PersonAction[] {
  if (!enabled) return ['enable', 'forget']
  return ['role', 'stand-in', ...(user === me.user ? [] : ['reset-factor' as const]), 'disable']
}

async function one(visit: Visit) {
  const [words, me, whose] = [visit.get('words'), visit.get('me'), whoseAt(visit)]
  if (!whose) return trouble(visit, 'trouble.notFound', 404)
  if (me.role !== 'administrator') return trouble(visit, 'people.notYours', 403)
  const told = await readPeople(visit, whose)
  const person = told.people.find(({ user }) => user === visit.req.param('user'))
  if (!person) return trouble(visit, 'trouble.notFound', 404)
  const facts: [string, string][] = [
    [words('people.role'), words.code('role', person.role)],
    [words('people.state'), words.code('enabled', String(person.enabled))],
    ...(person.signIn ? [[words('people.signIn'), person.signIn] satisfies [string, string]] : []),
    ...(person.standIn
      ? [[words('people.standIn'), standInOf(words, told, person)] satisfies [string, string]]
      : []),
  ]
  return page(
    visit,
    { title: words('people.one'), back: whose.address },
    <>
      <h1 class="govuk-heading-l">{colleagueName(words, person)}</h1>
      <dl class="facts">
        {facts.map(([term, text]) => (
          <div>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {isLastAdministrator(told, person.user) ? <p class="govuk-inset-text">{words('people.last')}</p> : null}
      {person.user === me.user ? <p class="govuk-body">{words('people.you')}</p> : null}
      <h2 class="govuk-heading-m">{words('people.deeds')}</h2>
      <dl class="govuk-summary-list">
        {actionsFor(person, me).map((action) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">
              <a class="govuk-link" href={`${whose.address}/${person.user}/${action}`}>
                {words(`people.do.${action}`)}
              </a>
            </dt>
            <dd class="govuk-summary-list__value">{words(`people.about.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </>,
  )
}
