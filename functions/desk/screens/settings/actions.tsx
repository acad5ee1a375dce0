import { Hono } from 'hono'
import {
  listActions,
  type People,
  type PeopleAction,
  type PeopleChanged,
  peopleChanged,
  personActionNames,
  personActions,
} from '../../../../schemas/api/people.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedAt, typedFrom } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy, judge } from '../../form/validate.ts'
import { type Colleague, colleagueName } from '../../parts/colleagues.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { isLastAdministrator, peoplePlaces, readPeople, type Whose, whoseAt } from './whose.ts'

/** A deed that has a form of its own: the review stands on the list that it is of. */
type FormAction = Exclude<PeopleAction, 'review'>

/** What an administrator does with somebody on the list, or to have one more: a form each, made from the contract. */
export const actions = new Hono<DeskEnv>()
for (const place of peoplePlaces)
  for (const path of [`${place}/invite`, `${place}/:user/:action`]) {
    actions.get(path, (visit) => shown(visit, {}))
    actions.post(path, done)
  }

/** The button by which a stand-in ends: an empty form names nobody, and ends nothing. */
const backField = 'back'
const standInField = ['standIn', 'user']

interface Asked {
  whose: Whose
  action: FormAction
  /** Whom it is about; nobody of an invitation. */
  user: string | undefined
}

function askedIn(visit: Visit): Asked | undefined {
  const whose = whoseAt(visit)
  const { user, action: name } = visit.req.param()
  if (!whose) return undefined
  if (name === undefined) return { whose, action: 'invite', user: undefined }
  const action = personActionNames.find((personActionName) => personActionName === name)
  return action && { whose, action, user }
}

const schemaOf = (action: FormAction) => (action === 'invite' ? listActions.invite : personActions[action])

async function done(visit: Visit) {
  const [words, me, asked] = [visit.get('words'), visit.get('me'), askedIn(visit)]
  if (!asked) return trouble(visit, 'trouble.notFound', 404)
  const { whose, action, user } = asked
  const about = words.about(action)
  const { typed, once, version, rows } = await postedIn(visit)
  if (rows) return shown(visit, { typed: rows, once })
  const { content, wrongs } = judge(about, schemaOf(action), typed)
  const isBack = typedAt(typed, backField) !== ''
  if (action === 'stand-in' && !isBack && typedAt(typed, standInField.join('.')) === '')
    wrongs.unshift({
      id: standInField.join('-'),
      text: words('form.needed', { field: about.field(standInField) }),
    })
  if (wrongs.length > 0 && !isBack) return shown(visit, { typed, wrongs, once })
  try {
    const path = user === undefined ? [...whose.path, action] : [...whose.path, user, action]
    const body = isBack ? {} : content
    const changed = await me.api.post(path, peopleChanged, { body, key: once, version })
    // A password is told once, on this page: no address and no session holds it.
    return changed.account
      ? password(visit, whose, changed)
      : visit.redirect(`${whose.address}?done=${action}`, 303)
  } catch (error) {
    if (!isApiRefusal(error)) throw error
    const { problem } = error
    if (problem.code === 'not-found' || problem.code === 'not-your-role') throw error
    return shown(visit, { typed, problem, wrongs: wrongsFrom(about, problem.fields ?? []) })
  }
}

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
}

async function shown(visit: Visit, { typed, wrongs = [], problem, once }: Shown) {
  const [words, me, asked] = [visit.get('words'), visit.get('me'), askedIn(visit)]
  if (!asked) return trouble(visit, 'trouble.notFound', 404)
  if (me.role !== 'administrator') return trouble(visit, 'people.notYours', 403)
  const { whose, action, user } = asked
  const told = await readPeople(visit, whose)
  const person = told.people.find((person) => person.user === user)
  if (user !== undefined && !person) return trouble(visit, 'trouble.notFound', 404)
  const shape = askedBy(schemaOf(action))
  const others = told.people
    .filter((person) => person.enabled && person.user !== user)
    .map((person) => [person.user, colleagueName(words, person)] as const)
  const failed = wrongs.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  const isAlone = action === 'stand-in' && others.length === 0
  const title = words(`people.do.${action}`)
  return page(
    visit,
    {
      title,
      back: user === undefined ? whose.address : `${whose.address}/${user}`,
      failed,
      typed: true,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <Refused words={words} problem={problem} />
      {lost && (action === 'invite' || action === 'reset-factor') ? (
        <p class="govuk-inset-text">{words('people.twice')}</p>
      ) : null}
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{title}</h1>
      {person ? <p class="govuk-body-l">{colleagueName(words, person)}</p> : null}
      <p class="govuk-body">{words(`people.about.${action}`)}</p>
      {endsLast(told, person, action) ? <p class="govuk-inset-text">{words('people.last')}</p> : null}
      {isAlone ? <p class="govuk-inset-text">{words('people.noStandIn')}</p> : null}
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} once={once} version={told.version} />
        {isAlone ? null : (
          <>
            <Fields
              asking={{
                words: words.about(action),
                typed: typed ?? new Map(person ? typedFrom(shape, person, []) : []),
                wrongs,
                flat: 'standIn',
                targets: new Map([[standInField.join('.'), others]]),
              }}
              shape={shape}
              path={[]}
            />
            <Button {...(action === 'disable' || action === 'forget' ? { kind: 'warning' as const } : {})}>
              {title}
            </Button>
          </>
        )}
        {action === 'stand-in' && person?.standIn ? (
          <Button kind="secondary" name={backField} value="yes">
            {words('people.backButton')}
          </Button>
        ) : null}
      </form>
    </>,
  )
}

/** Whether a deed would take the party its last administrator: it is refused, and the page says so beforehand. */
function endsLast(told: People, person: Colleague | undefined, action: FormAction): boolean {
  return (
    (action === 'disable' || action === 'role') &&
    person !== undefined &&
    isLastAdministrator(told, person.user)
  )
}

/** What somebody signs in with for the first time. */
function password(visit: Visit, whose: Whose, { account, people }: PeopleChanged) {
  const words = visit.get('words')
  const signIn = people.find(({ user }) => user === account?.user)?.signIn
  return page(
    visit,
    { title: words('people.password') },
    <>
      <h1 class="govuk-heading-l">{words('people.password')}</h1>
      <p class="govuk-body">{words('people.passwordText')}</p>
      <dl class="facts no-print">
        {signIn ? (
          <div>
            <dt>{words('people.signIn')}</dt>
            <dd>{signIn}</dd>
          </div>
        ) : null}
        <div>
          <dt>{words('people.passwordIs')}</dt>
          <dd>
            <code>{account?.password}</code>
          </dd>
        </div>
      </dl>
      <a class="govuk-button" href={whose.address}>
        {words('people.toList')}
      </a>
    </>,
  )
}
