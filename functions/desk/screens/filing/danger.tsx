import { Hono } from 'hono'
import { filedAnswer, reference } from '../../../../schemas/api/answers.ts'
import { safetySlots } from '../../../../schemas/sections/protection.ts'
import { category } from '../../../../schemas/values/codes.ts'
import { draftId, instant, requestId } from '../../../../schemas/values/texts.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { CallFirst } from '../../filing/call-first.tsx'
import { type Draft, draftById, draftOriginOf } from '../../filing/draft.ts'
import { personsIn } from '../../filing/progress.ts'
import {
  basisAnswers,
  basisField,
  fieldOnUrgentPage,
  urgentFields,
  urgentFormData,
  validateUrgent,
  waysFor,
} from '../../filing/urgent-filing.ts'
import { Button } from '../../form/button.tsx'
import { Select } from '../../form/choices.tsx'
import { Input, NamedCodeInput } from '../../form/controls.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { fieldValue, nameOf } from '../../form/form-data.ts'
import type { FormState } from '../../form/form-group.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Path } from '../../form/shape.ts'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { notFound } from '../../parts/error-page.tsx'
import { mayFile } from '../../parts/navigation.ts'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'

/** The most children that a filing takes. */
const mostChildren = 20

/** Danger today: whom to call, the few fields that have to be known, and one button that sends. */
export const danger = new Hono<DeskEnv>()
  .get('/danger', async (context) =>
    mayFile(context.var.me) ? dangerPage(context, await draftAsked(context)) : notFound(context),
  )
  .post('/danger', async (context) => {
    const { messages, me } = context.var
    if (!mayFile(me)) return notFound(context)
    const draft = await draftAsked(context)
    const about = messages.about('file')
    return submit(context, {
      messages: about,
      validate: (formData) =>
        validateUrgent(
          about,
          me,
          urgentFormData(me, formData, draft?.formData ?? new Map(), todayIn(context)),
        ),
      send: (person, { key, version }) => {
        const sent = draft && { draft: draft.draft, version: version ?? draft.version }
        const body = {
          ...(draft ? draftOriginOf(draft.formData) : {}),
          ...(sent ? { draft: sent } : {}),
          persons: [person],
        }
        return me.api.post(['requests'], filedAnswer, { body, key })
      },
      done: ({ request, returns: [filed] }) =>
        `/desk/danger/sent?${new URLSearchParams({
          request,
          ret: filed?.ret ?? '',
          reference: filed?.reference ?? '',
          at: new Date().toISOString(),
        })}`,
      show: (attempt) => dangerPage(context, draft, attempt),
      fieldOnPage: fieldOnUrgentPage,
    })
  })
  .get('/danger/sent', (context) => sentPage(context))

const todayIn = (context: DeskContext) => context.var.messages.dayOf(new Date().toISOString())

/** The draft that goes on here, if its address was given and it is about one person. */
async function draftAsked(context: DeskContext): Promise<Draft | undefined> {
  const id = draftId.safeParse(context.req.query('draft')).data
  const draft = id && (await draftById(context.var.me, id))
  return draft && personsIn(draft.formData) === 1 ? draft : undefined
}

function dangerPage(context: DeskContext, draft: Draft | undefined, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { errors = [], problem, idempotencyKey } = attempt
  const about = messages.about('file')
  const state: FormState = {
    messages: about,
    formData: attempt.formData ?? draft?.formData ?? new Map(),
    errors,
  }
  return page(
    context,
    { title: messages('danger.title'), back: '/desk', hasForm: true, ...outcomeOf(attempt) },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('danger.title')}</h1>
      <p class="send-state send-state--not">{messages('danger.notSent')}</p>
      <section class="danger">
        <CallFirst messages={messages} />
      </section>
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={draft?.version} />
        <Warnings messages={about} problem={problem} formData={state.formData} />
        <UrgentFields state={state} context={context} />
        <Button kind="warning">{messages('danger.send')}</Button>
      </form>
      <p class="govuk-body">{messages('danger.later')}</p>
    </>,
  )
}

function UrgentFields({ state, context }: { state: FormState; context: DeskContext }) {
  const { messages } = state
  const ways = waysFor(context.var.me)
  const line = { kind: 'line', most: 60, optional: false } as const
  const choose = (path: Path, values: readonly string[]) => (
    <Select
      state={state}
      shape={{ kind: 'choice', values, optional: false }}
      path={path}
      values={values.map((value) => [value, messages.value(path, value)])}
    />
  )
  const basis = fieldValue(state.formData, nameOf(basisField)) || basisAnswers[0]
  const plain = context.var.messages
  return (
    <>
      {ways.length > 1 ? choose(urgentFields.wayIn, ways) : null}
      {choose(urgentFields.category, category.options)}
      <NamedCodeInput
        state={state}
        shape={{ kind: 'country', optional: false }}
        path={urgentFields.country}
      />
      <Input state={state} shape={line} path={urgentFields.place} />
      <Input state={state} shape={{ ...line, optional: true }} path={urgentFields.family} />
      <Input state={state} shape={{ ...line, optional: true }} path={urgentFields.given} />
      <Input
        state={state}
        shape={{ kind: 'number', first: 0, least: 0, most: 120, optional: false }}
        path={urgentFields.aged}
      />
      <Input
        state={state}
        shape={{ kind: 'number', first: 0, least: 0, most: mostChildren, optional: true }}
        path={urgentFields.childrenAlong}
      />
      {choose(urgentFields.danger, safetySlots.safety.shape.dangers.def.element.options)}
      <Input state={state} shape={{ kind: 'line', most: 500, optional: true }} path={urgentFields.safeWay} />
      <Select
        state={{ ...state, messages: plain }}
        shape={{ kind: 'choice', values: basisAnswers, optional: false }}
        path={basisField}
        values={basisAnswers.map((answer) => [answer, plain(`danger.basis.${answer}`)])}
        chosen={basis}
      />
    </>
  )
}

/** After sending: when, under which reference, and what can be added. Nothing of the person stands in the address. */
function sentPage(context: DeskContext) {
  const { messages } = context.var
  const query = (name: string) => context.req.query(name)
  const [at, named] = [instant.safeParse(query('at')), reference.safeParse(query('reference'))]
  const request = requestId.safeParse(query('request'))
  if (!at.success || !named.success || !request.success) return notFound(context)
  const ret = query('ret') ?? ''
  const links: readonly (readonly [string, string])[] = [
    [`/desk/returns/${encodeURIComponent(ret)}/do/amend`, messages('danger.complete')],
    [`/desk/returns/${encodeURIComponent(ret)}/do/agree`, messages('danger.agree')],
    [`/desk/requests/${request.data}?sent=${named.data}`, messages('danger.confirmation')],
  ]
  return page(
    context,
    { title: messages('request.sent'), back: '/desk' },
    <>
      <h1 class="govuk-heading-l">{messages('danger.title')}</h1>
      <p class="send-state" role="status">
        {messages('danger.sent', { at: messages.clock(at.data), reference: named.data })}
      </p>
      <section class="danger">
        <CallFirst messages={messages} />
      </section>
      <h2 class="govuk-heading-m">{messages('danger.then')}</h2>
      <ul class="govuk-list">
        {links.map(([href, text]) => (
          <li>
            <a class="govuk-link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </>,
  )
}
