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
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import { type Colleague, colleagueName } from '../../parts/colleagues.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { isLastAdministrator, type Roster, readPeople, rosterIn, rosterPaths } from './roster.ts'

/** A deed that has a form of its own: the review stands on the list that it is of. */
type FormAction = Exclude<PeopleAction, 'review'>

/** What an administrator does with somebody on the list, or to have one more: a form each, made from the contract. */
export const actions = new Hono<DeskEnv>()
for (const place of rosterPaths)
  for (const path of [`${place}/invite`, `${place}/:user/:action`]) {
    actions.get(path, (context) => actionPage(context, {}))
    actions.post(path, submitAction)
  }

/** The button by which a stand-in ends: an empty form names nobody, and ends nothing. */
const backField = 'back'
const standInField = ['standIn', 'user']

interface ActionTarget {
  roster: Roster
  action: FormAction
  /** Whom it is about; nobody of an invitation. */
  user: string | undefined
}

function targetIn(context: DeskContext): ActionTarget | undefined {
  const roster = rosterIn(context)
  const { user, action: name } = context.req.param()
  if (!roster) return undefined
  if (name === undefined) return { roster, action: 'invite', user: undefined }
  const action = personActionNames.find((personActionName) => personActionName === name)
  return action && { roster, action, user }
}

const schemaOf = (action: FormAction) => (action === 'invite' ? listActions.invite : personActions[action])

async function submitAction(context: DeskContext) {
  const [messages, me, target] = [context.get('messages'), context.get('me'), targetIn(context)]
  if (!target) return errorPage(context, 'trouble.notFound', 404)
  const { roster, action, user } = target
  const about = messages.about(action)
  const { formData, idempotencyKey, version, again } = await readSubmission(context)
  if (again) return actionPage(context, { formData: again, idempotencyKey })
  const { content, errors } = validate(about, schemaOf(action), formData)
  const isBack = fieldValue(formData, backField) !== ''
  if (action === 'stand-in' && !isBack && fieldValue(formData, standInField.join('.')) === '')
    errors.unshift({
      id: standInField.join('-'),
      text: messages('form.needed', { field: about.field(standInField) }),
    })
  if (errors.length > 0 && !isBack) return actionPage(context, { formData, errors, idempotencyKey })
  try {
    const path = user === undefined ? [...roster.path, action] : [...roster.path, user, action]
    const body = isBack ? {} : content
    const changed = await me.api.post(path, peopleChanged, { body, key: idempotencyKey, version })
    // A password is told once, on this page: no address and no session holds it.
    return changed.account
      ? password(context, roster, changed)
      : context.redirect(`${roster.address}?done=${action}`, 303)
  } catch (error) {
    if (!isApiRefusal(error)) throw error
    const { problem } = error
    if (problem.code === 'not-found' || problem.code === 'not-your-role') throw error
    return actionPage(context, { formData, problem, errors: errorsFrom(about, problem.fields ?? []) })
  }
}

interface Shown {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
}

async function actionPage(context: DeskContext, { formData, errors = [], problem, idempotencyKey }: Shown) {
  const [messages, me, target] = [context.get('messages'), context.get('me'), targetIn(context)]
  if (!target) return errorPage(context, 'trouble.notFound', 404)
  if (me.role !== 'administrator') return errorPage(context, 'people.notYours', 403)
  const { roster, action, user } = target
  const list = await readPeople(context, roster)
  const person = list.people.find((person) => person.user === user)
  if (user !== undefined && !person) return errorPage(context, 'trouble.notFound', 404)
  const shape = formShape(schemaOf(action))
  const others = list.people
    .filter((person) => person.enabled && person.user !== user)
    .map((person) => [person.user, colleagueName(messages, person)] as const)
  const failed = errors.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-lost' || problem?.code === 'version-stale'
  const isAlone = action === 'stand-in' && others.length === 0
  const title = messages(`people.do.${action}`)
  return page(
    context,
    {
      title,
      back: user === undefined ? roster.address : `${roster.address}/${user}`,
      failed,
      hasForm: true,
      status: lost ? 409 : failed ? 422 : 200,
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {lost && (action === 'invite' || action === 'reset-factor') ? (
        <p class="govuk-inset-text">{messages('people.twice')}</p>
      ) : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      {person ? <p class="govuk-body-l">{colleagueName(messages, person)}</p> : null}
      <p class="govuk-body">{messages(`people.about.${action}`)}</p>
      {endsLast(list, person, action) ? <p class="govuk-inset-text">{messages('people.last')}</p> : null}
      {isAlone ? <p class="govuk-inset-text">{messages('people.noStandIn')}</p> : null}
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={list.version} />
        {isAlone ? null : (
          <>
            <Fields
              state={{
                messages: messages.about(action),
                formData: formData ?? new Map(person ? formEntriesOf(shape, person, []) : []),
                errors,
                unframed: 'standIn',
                choices: new Map([[standInField.join('.'), others]]),
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
            {messages('people.backButton')}
          </Button>
        ) : null}
      </form>
    </>,
  )
}

/** Whether a deed would take the party its last administrator: it is refused, and the page says so beforehand. */
function endsLast(list: People, person: Colleague | undefined, action: FormAction): boolean {
  return (
    (action === 'disable' || action === 'role') &&
    person !== undefined &&
    isLastAdministrator(list, person.user)
  )
}

/** What somebody signs in with for the first time. */
function password(context: DeskContext, roster: Roster, { account, people }: PeopleChanged) {
  const messages = context.get('messages')
  const signIn = people.find(({ user }) => user === account?.user)?.signIn
  return page(
    context,
    { title: messages('people.password') },
    <>
      <h1 class="govuk-heading-l">{messages('people.password')}</h1>
      <p class="govuk-body">{messages('people.passwordText')}</p>
      <dl class="facts no-print">
        {signIn ? (
          <div>
            <dt>{messages('people.signIn')}</dt>
            <dd>{signIn}</dd>
          </div>
        ) : null}
        <div>
          <dt>{messages('people.passwordIs')}</dt>
          <dd>
            <code>{account?.password}</code>
          </dd>
        </div>
      </dl>
      <a class="govuk-button" href={roster.address}>
        {messages('people.toList')}
      </a>
    </>,
  )
}
