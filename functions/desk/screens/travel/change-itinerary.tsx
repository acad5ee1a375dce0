import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { type DeskContext, type DeskEnv, pageFormId, type SignedIn } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import { formShape } from '../../form/validate.ts'
import { notFound } from '../../parts/error-page.tsx'
import { OpeningReason, reasonField, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { commandAddress } from '../../return/command-pages.ts'
import { sectionsOf } from '../../return/legs.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { ItineraryFields } from './itinerary-fields.tsx'

const command = 'change-travel'
const classes: readonly SectionClass[] = ['travel']

/** Changing the journey: a reason first, then the form with the plan as it stands. Nobody types a plan a second time. */
export const changeItinerary = new Hono<DeskEnv>()
  .get('/returns/:ret/itinerary/change', (context) => reasonPage(context))
  .post('/returns/:ret/itinerary/change', (context) => {
    const { messages, me } = context.var
    if (!mayChange(me)) return notFound(context)
    return submit(context, {
      messages,
      validate: (formData) => validateOpening(messages, classes, formData),
      send: (body) =>
        Promise.all([
          fetchReturn(context),
          me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
        ]),
      done: ([seen, { sections, version }]) => changePage(context, seen, { sections, version }),
      show: (attempt) => reasonPage(context, attempt),
      onRefusal: noRefusalHere,
    })
  })

const mayChange = ({ kind }: Pick<SignedIn, 'kind'>) => openable(kind).includes('travel')

async function reasonPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [] } = attempt
  if (!mayChange(me)) return notFound(context)
  const seen = await fetchReturn(context)
  const title = messages.code('command', command)
  return page(
    context,
    { title, back: `/desk/returns/${seen.ret}/itinerary`, ...outcomeOf(attempt) },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} part="travel" />
      {seen.commands.includes(command) ? (
        <form method="post" action={commandAddress(seen.ret, command)} novalidate>
          <HiddenFields me={me} />
          <p class="govuk-body">{messages('travel.openFirst')}</p>
          <OpeningReason messages={messages} formData={formData} errors={errors} />
          <Button>{messages('travel.openPlan')}</Button>
        </form>
      ) : (
        <p class="govuk-inset-text">{messages('travel.notNow')}</p>
      )}
    </>,
  )
}

type Opened = Pick<z.infer<typeof openedAnswer>, 'sections' | 'version'>

/** The present plan in the form of the command that changes it. */
export function changePage(context: DeskContext, seen: ReturnView, { sections, version }: Opened) {
  const { me } = context.var
  const messages = context.var.messages.about(command)
  const shape = formShape(bodyOf(command, me.kind))
  const plan = sectionsOf(sections, 'travel', 'itinerary').at(-1)
  const formData = new Map(formEntriesOf(shape, plan && { travel: plan.content }, []))
  const title = messages.code('command', command)
  return page(
    context,
    { title, back: `/desk/returns/${seen.ret}/itinerary`, hasForm: true },
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} part="travel" />
      <form id={pageFormId} method="post" action={`/desk/returns/${seen.ret}/do/${command}`} novalidate>
        <HiddenFields me={me} version={version} />
        <ItineraryFields state={{ messages, formData, errors: [], unframed: 'travel' }} shape={shape} />
        <Button>{messages('form.send')}</Button>
      </form>
    </>,
  )
}

/** Beside a journey that is shown: the way to change it, with the reason that was given to show it. */
export function ChangeButton(props: { context: DeskContext; seen: ReturnView; reason: string }) {
  const { context, seen, reason } = props
  const { messages, me } = context.var
  if (!seen.commands.includes(command)) return null
  return (
    <form method="post" action={commandAddress(seen.ret, command)} class="no-print">
      <HiddenFields me={me} />
      <input type="hidden" name={reasonField} value={reason} />
      <Button kind="secondary">{messages.code('command', command)}</Button>
    </form>
  )
}
