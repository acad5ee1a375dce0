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
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { exceptFor, type FormAttempt, isOutdated, outcomeWithConflict, submit } from '../../form/submit.ts'
import { formShape, type Validation, validate } from '../../form/validate.ts'
import { type Colleague, colleagueName } from '../../parts/colleagues.ts'
import { confirmPage } from '../../parts/confirm.tsx'
import { errorPage, notFound } from '../../parts/error-page.tsx'
import { RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { isLastAdministrator, type RosterPages, readPeople, rosterIn, rosterPaths } from './roster.ts'

/** An action that has a form of its own. The review has none: it stands on the list. */
type FormAction = Exclude<PeopleAction, 'review'>

/** What an administrator does with somebody on the list, and the invitation of one more: a form each, from the contract. */
export const actions = new Hono<DeskEnv>()
for (const path of rosterPaths)
  for (const address of [`${path}/invite`, `${path}/:user/:action`]) {
    actions.get(address, (context) => actionPage(context))
    actions.post(address, submitAction)
  }

/** The button that ends a stand-in. It sends an empty body, which names nobody. It stands on a page of its own, which asks. */
const backField = 'back'
const endQuery = 'end'
const standInField = ['standIn', 'user']

interface ActionTarget {
  roster: RosterPages
  action: FormAction
  /** Whom the action is about. An invitation is about nobody yet. */
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
  const { me } = context.var
  const target = targetIn(context)
  if (!target) return notFound(context)
  const { roster, action, user } = target
  return submit(context, {
    messages: context.var.messages.about(action),
    validate: (formData) => validateAction(context, action, formData),
    send: (body, { key, version }) => {
      const path = user === undefined ? [...roster.path, action] : [...roster.path, user, action]
      return me.api.post(path, peopleChanged, { body, key, version })
    },
    // A password is shown once, on this page: no address and no session holds it.
    done: (changed) =>
      changed.account ? passwordPage(context, roster, changed) : `${roster.address}?done=${action}`,
    show: (attempt) => actionPage(context, attempt),
    onRefusal: exceptFor('not-found', 'not-your-role'),
  })
}

/** Checks an action. A stand-in is named, or ended by the button that says so. */
function validateAction(context: DeskContext, action: FormAction, formData: FormDataMap): Validation {
  if (fieldValue(formData, backField) !== '') return { content: {}, errors: [] }
  const messages = context.var.messages.about(action)
  const { content, errors } = validate(messages, schemaOf(action), formData)
  if (action !== 'stand-in' || fieldValue(formData, standInField.join('.')) !== '') return { content, errors }
  const text = messages('form.needed', { field: messages.field(standInField) })
  return { content, errors: [{ id: standInField.join('-'), text }, ...errors] }
}

async function actionPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const target = targetIn(context)
  if (!target) return notFound(context)
  if (me.role !== 'administrator') return errorPage(context, 'people.notYours', 403)
  const { roster, action, user } = target
  const list = await readPeople(context, roster)
  const person = list.people.find((person) => person.user === user)
  if (user !== undefined && !person) return notFound(context)
  const { errors = [], problem } = attempt
  if (action === 'stand-in' && person?.standIn && context.req.query(endQuery) && !problem)
    return confirmPage(context, {
      title: messages('people.endAsk'),
      text: messages('people.endText', { name: colleagueName(messages, person, list.people) }),
      button: messages('people.backButton'),
      back: `${roster.address}/${person.user}/stand-in`,
      version: list.version,
      children: <input type="hidden" name={backField} value="yes" />,
    })
  const title = messages(`people.do.${action}`)
  return page(
    context,
    {
      title,
      back: user === undefined ? roster.address : `${roster.address}/${user}`,
      hasForm: true,
      ...outcomeWithConflict(attempt),
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {isOutdated(problem) && mayBeDoneTwice.includes(action) ? (
        <p class="govuk-inset-text">{messages('people.twice')}</p>
      ) : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      {person ? <p class="govuk-body-l">{colleagueName(messages, person, list.people)}</p> : null}
      <p class="govuk-body">{messages(`people.about.${action}`)}</p>
      {endsLast(list, person, action) ? <p class="govuk-inset-text">{messages('people.last')}</p> : null}
      <ActionForm context={context} action={action} list={list} person={person} attempt={attempt} />
    </>,
  )
}

/** Actions that make a password: done again on another version, they make one more. */
const mayBeDoneTwice: readonly FormAction[] = ['invite', 'reset-factor']
const warned: readonly FormAction[] = ['disable', 'forget']

interface ActionFormProps {
  context: DeskContext
  action: FormAction
  list: People
  person: Colleague | undefined
  attempt: FormAttempt
}

function ActionForm({ context, action, list, person, attempt }: ActionFormProps) {
  const { messages, me } = context.var
  const others = list.people
    .filter(({ enabled, user }) => enabled && user !== person?.user)
    .map((other) => [other.user, colleagueName(messages, other, list.people)] as const)
  const isAlone = action === 'stand-in' && others.length === 0
  const shape = formShape(schemaOf(action))
  const { formData, errors = [], idempotencyKey } = attempt
  return (
    <>
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
            <Button {...(warned.includes(action) ? { kind: 'warning' } : {})}>
              {messages(`people.do.${action}`)}
            </Button>
          </>
        )}
      </form>
      {action === 'stand-in' && person?.standIn ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`?${endQuery}=yes`}>
            {messages('people.backButton')}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** Whether an action would take the party its last administrator. It is refused, and the page says so beforehand. */
function endsLast(list: People, person: Colleague | undefined, action: FormAction): boolean {
  return (
    (action === 'disable' || action === 'role') &&
    person !== undefined &&
    isLastAdministrator(list, person.user)
  )
}

/** The name and password with which a user signs in for the first time. */
function passwordPage(context: DeskContext, roster: RosterPages, { account, people }: PeopleChanged) {
  const { messages } = context.var
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
