import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { openedAnswer } from '../../../../schemas/api/answers.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import { sections } from '../../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { memberAt } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { differingFields, onlyFields } from '../../parts/differing-fields.ts'
import { notFound } from '../../parts/error-page.tsx'
import { OpeningReason, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnPart } from '../../return/return-head.tsx'

/** The classes that each part of a return opens, if the party reads them. Dangers come with every contact and every leg. */
const classesOf: Readonly<Partial<Record<ReturnPart, readonly SectionClass[]>>> = {
  people: ['safety', 'contacts', 'identity', 'protection', 'care', 'talk', 'note'],
  travel: ['safety', 'travel', 'case'],
  documents: ['identity', 'decision'],
}

type OpenedSections = z.infer<typeof openedAnswer>['sections']

/** Masked until the user gives a reason. Then the sealed sections are shown, and the return's owners see that they were. */
export const openingScreen = new Hono<DeskEnv>()
  .get('/returns/:ret/:part{(?:people|travel|documents)}', (context) => {
    const part = partIn(context)
    return part ? maskedPage(context, part) : notFound(context)
  })
  .post('/returns/:ret/:part{(?:people|travel|documents)}', (context) => {
    const { messages, me } = context.var
    const part = partIn(context)
    if (!part) return notFound(context)
    const classes = classesIn(context, part)
    return submit(context, {
      messages,
      validate: (formData) => validateOpening(messages, classes, formData),
      send: (body) =>
        Promise.all([
          fetchReturn(context),
          me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
        ]),
      done: ([seen, { sections: opened }]) =>
        page(
          context,
          { title: messages(`return.part.${part}`), back: `/desk/returns/${seen.ret}` },
          <>
            <h1 class="govuk-heading-l">{messages(`return.part.${part}`)}</h1>
            <ReturnHead messages={messages} seen={seen} part={part} />
            <Sections context={context} opened={opened} classes={classes} ret={seen.ret} />
          </>,
        ),
      show: (attempt) => maskedPage(context, part, attempt),
      onRefusal: noRefusalHere,
    })
  })

type OpenablePart = 'people' | 'travel' | 'documents'

function partIn(context: DeskContext): OpenablePart | undefined {
  const part = context.req.param('part')
  return part === 'people' || part === 'travel' || part === 'documents' ? part : undefined
}

function classesIn(context: DeskContext, part: OpenablePart): SectionClass[] {
  const own = openable(context.var.me.kind)
  return (classesOf[part] ?? []).filter((cls) => own.includes(cls))
}

async function maskedPage(context: DeskContext, part: OpenablePart, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [] } = attempt
  const seen = await fetchReturn(context)
  const classes = classesIn(context, part)
  return page(
    context,
    { title: messages(`return.part.${part}`), back: `/desk/returns/${seen.ret}`, ...outcomeOf(attempt) },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages(`return.part.${part}`)}</h1>
      <ReturnHead messages={messages} seen={seen} part={part} />
      {classes.length === 0 || seen.membership === 'ended' ? (
        <p class="govuk-inset-text">{messages('show.unreadable')}</p>
      ) : (
        <form method="post" action={currentAddress(context)} novalidate>
          <HiddenFields me={me} />
          <p class="govuk-body">{messages('show.masked')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {classes.map((cls) => (
              <li>{messages.code('class', cls)}</li>
            ))}
          </ul>
          <OpeningReason messages={messages} formData={formData} errors={errors} />
          <Button>{messages('show.show')}</Button>
        </form>
      )}
    </>,
  )
}

/** Whether a section says that somebody is in danger, or who must not know. Only then its frame warns. */
function isDanger({ cls, content }: OpenedSections[number]): boolean {
  if (cls !== 'safety') return false
  const safety = sections.safety.safety.safeParse(content)
  // What an older contract has written is shown as a danger: nobody knows that it is none.
  if (!safety.success) return true
  const { dangers, mustNotKnow, guardianSuspected } = safety.data
  return dangers.length + mustNotKnow.length > 0 || guardianSuspected === true
}

/** What stood before a section was put right: the fields that differ, and whose words they were. */
function Before(props: {
  messages: Messages
  cls: SectionClass
  slot: string
  content: unknown
  before: NonNullable<OpenedSections[number]['before']>
}) {
  const { messages, cls, slot, content, before } = props
  const differing = differingFields(before.content, content)
  const missing = differing.filter((field) => memberAt(before.content, [field]) === undefined)
  if (differing.length === 0) return null
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        {messages('show.before-change', {
          fields: differing.map((field) => messages.field([cls, slot, field])).join(', '),
        })}
      </summary>
      <div class="govuk-details__text">
        <p class="quiet">
          {messages('show.recordedBy', { who: partyName(messages, before.by), n: before.seq + 1 })}
        </p>
        <Content messages={messages} cls={cls} slot={slot} content={onlyFields(before.content, differing)} />
        {missing.map((field) => (
          <p class="govuk-body">
            {messages.field([cls, slot, field])}: {messages('filing.empty')}
          </p>
        ))}
      </div>
    </details>
  )
}

/** The opened sections, class by class in the order of the part. Who must not know stands above everything else. */
function Sections(props: {
  context: DeskContext
  opened: OpenedSections
  classes: readonly SectionClass[]
  ret: string
}) {
  const { context, opened, classes, ret } = props
  const { messages } = context.var
  return (
    <>
      {classes.map((cls) => {
        const own = opened.filter((section) => section.cls === cls)
        return (
          <section class={own.some(isDanger) ? 'danger' : 'sheet'}>
            <h2 class="govuk-heading-m">{messages.code('class', cls)}</h2>
            {own.length === 0 ? <p class="govuk-body">{messages('show.nothing')}</p> : null}
            {own.map(({ slot, content, by, seq, at, before }) => (
              <>
                <h3 class="govuk-heading-s">{messages.slot(cls, slot)}</h3>
                <p class="quiet">
                  {messages('show.recordedBy', { who: partyName(messages, by), n: seq + 1 })}
                  {at ? `, ${messages.instant(at)}` : ''}
                </p>
                <Content messages={messages} cls={cls} slot={slot} content={content} />
                {before ? <Before {...{ messages, cls, slot, content, before }} /> : null}
              </>
            ))}
          </section>
        )
      })}
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/returns/${ret}/do/amend`}>
          {messages.code('command', 'amend')}
        </a>
      </p>
    </>
  )
}
