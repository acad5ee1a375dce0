import { Hono } from 'hono'
import {
  listDeeds,
  type People,
  type PeopleChanged,
  type PeopleDeed,
  peopleChanged,
  personDeedNames,
  personDeeds,
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
type FormDeed = Exclude<PeopleDeed, 'review'>

/** What an administrator does with somebody on the list, or to have one more: a form each, made from the contract. */
export const deeds = new Hono<DeskEnv>()
for (const place of peoplePlaces)
  for (const path of [`${place}/invite`, `${place}/:user/:deed`]) {
    deeds.get(path, (visit) => shown(visit, {}))
    deeds.post(path, done)
  }

/** The button by which a stand-in ends: an empty form names nobody, and ends nothing. */
const backField = 'back'
const standInField = ['standIn', 'user']

interface Asked {
  whose: Whose
  deed: FormDeed
  /** Whom it is about; nobody of an invitation. */
  user: string | undefined
}

function askedIn(visit: Visit): Asked | undefined {
  const whose = whoseAt(visit)
  const { user, deed: name } = visit.req.param()
  if (!whose) return undefined
  if (name === undefined) return { whose, deed: 'invite', user: undefined }
  const deed = personDeedNames.find((one) => one === name)
  return deed && { whose, deed, user }
}

const schemaOf = (deed: FormDeed) => (deed === 'invite' ? listDeeds.invite : personDeeds[deed])

async function done(visit: Visit) {
  const [words, me, asked] = [visit.get('words'), visit.get('me'), askedIn(visit)]
  if (!asked) return trouble(visit, 'trouble.notFound', 404)
  const { whose, deed, user } = asked
  const about = words.about(deed)
  const { typed, once, version, rows } = await postedIn(visit)
  if (rows) return shown(visit, { typed: rows, once })
  const { content, wrongs } = judge(about, schemaOf(deed), typed)
  const isBack = typedAt(typed, backField) !== ''
  if (deed === 'stand-in' && !isBack && typedAt(typed, standInField.join('.')) === '')
    wrongs.unshift({
      id: standInField.join('-'),
      text: words('form.needed', { field: about.field(standInField) }),
    })
  if (wrongs.length > 0 && !isBack) return shown(visit, { typed, wrongs, once })
  try {
    const path = user === undefined ? [...whose.path, deed] : [...whose.path, user, deed]
    const body = isBack ? {} : content
    const changed = await me.api.post(path, peopleChanged, { body, key: once, version })
    // A password is told once, on this page: no address and no session holds it.
    return changed.account
      ? password(visit, whose, changed)
      : visit.redirect(`${whose.address}?done=${deed}`, 303)
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
  const { whose, deed, user } = asked
  const told = await readPeople(visit, whose)
  const person = told.people.find((one) => one.user === user)
  if (user !== undefined && !person) return trouble(visit, 'trouble.notFound', 404)
  const shape = askedBy(schemaOf(deed))
  const others = told.people
    .filter((one) => one.enabled && one.user !== user)
    .map((one) => [one.user, colleagueName(words, one)] as const)
  const failed = wrongs.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  const isAlone = deed === 'stand-in' && others.length === 0
  const title = words(`people.do.${deed}`)
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
      {lost && (deed === 'invite' || deed === 'reset-factor') ? (
        <p class="govuk-inset-text">{words('people.twice')}</p>
      ) : null}
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{title}</h1>
      {person ? <p class="govuk-body-l">{colleagueName(words, person)}</p> : null}
      <p class="govuk-body">{words(`people.about.${deed}`)}</p>
      {endsLast(told, person, deed) ? <p class="govuk-inset-text">{words('people.last')}</p> : null}
      {isAlone ? <p class="govuk-inset-text">{words('people.noStandIn')}</p> : null}
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} once={once} version={told.version} />
        {isAlone ? null : (
          <>
            <Fields
              asking={{
                words: words.about(deed),
                typed: typed ?? new Map(person ? typedFrom(shape, person, []) : []),
                wrongs,
                flat: 'standIn',
                targets: new Map([[standInField.join('.'), others]]),
              }}
              shape={shape}
              path={[]}
            />
            <Button {...(deed === 'disable' || deed === 'forget' ? { kind: 'warning' as const } : {})}>
              {title}
            </Button>
          </>
        )}
        {deed === 'stand-in' && person?.standIn ? (
          <Button kind="secondary" name={backField} value="yes">
            {words('people.backButton')}
          </Button>
        ) : null}
      </form>
    </>,
  )
}

/** Whether a deed would take the party its last administrator: it is refused, and the page says so beforehand. */
function endsLast(told: People, person: Colleague | undefined, deed: FormDeed): boolean {
  return (
    (deed === 'disable' || deed === 'role') && person !== undefined && isLastAdministrator(told, person.user)
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
