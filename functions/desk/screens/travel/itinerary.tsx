import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import type { DeskContext, DeskEnv, SignedIn } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { OpeningReason, reasonField, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { commandAddress } from '../../return/command-pages.ts'
import { PaperLinks } from '../../return/paper-links.tsx'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { ChangeButton, changePage } from './change-itinerary.tsx'
import { membershipBefore } from './closed-gates.ts'
import { Journey } from './journey.tsx'

/** The classes that a journey is shown with. Who must not know comes first; the papers are compared with its days. */
const classes: readonly SectionClass[] = ['safety', 'travel', 'case', 'identity']

/** The commands about a journey, in the order in which they come up. */
const journeyCommands: readonly CommandName[] = [
  'plan-travel',
  'attest',
  'confirm-travel',
  'clear-to-leave',
  'depart',
  'report-way',
  'arrive',
]
/** Before these commands the page says what is missing. */
const gated = ['confirm-travel', 'clear-to-leave'] as const

type Sections = z.infer<typeof openedAnswer>['sections']

/** Screen 9: the journey, masked until the user gives a reason; what is missing before it; what can be done about it. */
export const itinerary = new Hono<DeskEnv>()
  .get('/returns/:ret/itinerary', (context) => maskedPage(context))
  .post('/returns/:ret/itinerary', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate: (formData) => validateOpening(messages, classesOf(me), formData),
      send: (body) =>
        Promise.all([
          fetchReturn(context),
          me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
        ]),
      done: ([seen, opened], { formData }) =>
        fieldValue(formData, buttonField) === 'change'
          ? changePage(context, seen, opened)
          : openedPage(context, seen, opened.sections, fieldValue(formData, reasonField)),
      show: (attempt) => maskedPage(context, attempt),
      onRefusal: noRefusalHere,
    })
  })

/** The button that opens the journey to change it, beside the one that shows it. */
const buttonField = 'do'

const classesOf = ({ kind }: SignedIn) => classes.filter((cls) => openable(kind).includes(cls))

const headOf = ({ messages }: DeskContext['var'], { ret }: ReturnView) => ({
  title: messages('travel.itinerary'),
  back: `/desk/returns/${ret}`,
})

async function maskedPage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [] } = attempt
  const seen = await fetchReturn(context)
  const reads = classesOf(me).includes('travel') && seen.membership === 'on'
  return page(
    context,
    { ...headOf(context.var, seen), ...outcomeOf(attempt) },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('travel.itinerary')}</h1>
      <ReturnHead messages={messages} seen={seen} part="travel" />
      <GatesBefore messages={messages} seen={seen} />
      <JourneyCommands messages={messages} seen={seen} />
      <PaperLinks messages={messages} me={me} seen={seen} only="travel-sheet" />
      {reads ? (
        <form method="post" action={`/desk/returns/${seen.ret}/itinerary`} novalidate>
          <HiddenFields me={me} />
          <h2 class="govuk-heading-m">{messages('travel.legs')}</h2>
          <p class="govuk-body">{messages('travel.masked')}</p>
          <OpeningReason messages={messages} formData={formData} errors={errors} />
          <div class="govuk-button-group">
            <Button>{messages('show.show')}</Button>
            {seen.commands.includes('change-travel') ? (
              <Button kind="secondary" name={buttonField} value="change">
                {messages.code('command', 'change-travel')}
              </Button>
            ) : null}
          </div>
        </form>
      ) : (
        <p class="govuk-inset-text">{messages('show.unreadable')}</p>
      )}
    </>,
  )
}

function openedPage(context: DeskContext, seen: ReturnView, sections: Sections, reason: string) {
  const { messages, me } = context.var
  return page(
    context,
    headOf(context.var, seen),
    <>
      <h1 class="govuk-heading-l">{messages('travel.itinerary')}</h1>
      <ReturnHead messages={messages} seen={seen} part="travel" />
      <section class="danger">
        <h2 class="govuk-heading-m">{messages.code('class', 'safety')}</h2>
        {sections
          .filter(({ cls }) => cls === 'safety')
          .map(({ cls, slot, content }) => (
            <Content messages={messages} cls={cls} slot={slot} content={content} />
          ))}
      </section>
      <Journey messages={messages} seen={seen} sections={sections} />
      <ChangeButton context={context} seen={seen} reason={reason} />
      <GatesBefore messages={messages} seen={seen} />
      <JourneyCommands messages={messages} seen={seen} />
      <PaperLinks messages={messages} me={me} seen={seen} only="travel-sheet" />
    </>,
  )
}

/** The gates before leaving: those that are known to be missing, with their owners, and how many only the data can tell. */
function GatesBefore({ messages, seen }: { messages: Messages; seen: ReturnView }) {
  const command = gated.find((command) => seen.commands.includes(command))
  if (!command) return null
  const all = membershipBefore(command, seen)
  const missing = all.filter(({ membership }) => membership === 'missing')
  const sealed = all.filter(({ membership }) => membership === 'sealed').length
  return (
    <section>
      <h2 class="govuk-heading-m">
        {messages('travel.before', { what: messages.code('command', command) })}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {missing.map(({ gate, owner }) => (
          <li>
            {messages('act.gate', {
              gate: messages.code('gate', gate),
              owner: messages.code('party', owner),
            })}
          </li>
        ))}
      </ul>
      {missing.length === 0 ? <p class="govuk-body">{messages('travel.noneMissing')}</p> : null}
      <p class="govuk-body">{messages.count('travel.sealed', sealed)}</p>
    </section>
  )
}

function JourneyCommands({ messages, seen }: { messages: Messages; seen: ReturnView }) {
  const own = journeyCommands.filter((doing) => seen.commands.includes(doing))
  if (own.length === 0) return null
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{messages('return.commands')}</h2>
      <ul class="govuk-list">
        {own.map((name) => (
          <li>
            <a class="govuk-link" href={commandAddress(seen.ret, name)}>
              {messages.code('command', name)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
